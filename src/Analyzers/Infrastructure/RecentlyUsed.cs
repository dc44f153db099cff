using System.Collections.Concurrent;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>
/// What has been computed of late. Rules ask for the facts of one file one after the other, and then never again: keeping those of a whole project alive would cost a build
/// more than they did. A value that has gone is computed again, and is the same. No lock is held while one is computed, and what fails or is cancelled leaves nothing behind.
/// </summary>
/// <param name="capacity">How many values are surely kept; at most twice as many are.</param>
/// <param name="comparer">Compares keys.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity, IEqualityComparer<TKey> comparer)
    where TKey : notnull
{
    private Generation current = new(comparer, null);

    /// <summary>The value of a key, where it has been asked for of late.</summary>
    public bool TryGet(TKey key, out TValue value) => Volatile.Read(ref current).Values.TryGetValue(key, out value);

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="compute">Computes it where it is not, or no longer, known.</param>
    public TValue Of(TKey key, Func<TKey, TValue> compute)
    {
        var generation = Volatile.Read(ref current);
        if (generation.Values.TryGetValue(key, out var known))
            return known;
        var value = generation.Previous is { } previous && previous.TryGetValue(key, out var old) ? old : compute(key);
        return Keep(key, value);
    }

    private TValue Keep(TKey key, TValue value)
    {
        var generation = Volatile.Read(ref current);
        if (generation.Grow() > capacity)
        {
            Interlocked.CompareExchange(ref current, new(comparer, generation.Values), generation);
            generation = Volatile.Read(ref current);
        }

        return generation.Values.GetOrAdd(key, value);
    }

    private sealed class Generation(IEqualityComparer<TKey> comparer, ConcurrentDictionary<TKey, TValue>? previous)
    {
        // One that takes the place of another is made for a value.
        private int count = previous is null ? 0 : 1;

        public ConcurrentDictionary<TKey, TValue> Values { get; } = new(comparer);

        public ConcurrentDictionary<TKey, TValue>? Previous { get; } = previous;

        // Counting what the dictionary holds would lock all of it.
        public int Grow() => Interlocked.Increment(ref count);
    }
}
