using System.Reflection;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>Tracks sequences that a wrapped object gives piece by piece.</summary>
internal static class TrackedEnumerable
{
    private static readonly MethodInfo Wrapping = typeof(TrackedEnumerable).GetMethod(nameof(Wrap), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>How a result of this type is wrapped; null if it is no <see cref="IAsyncEnumerable{T}"/>.</summary>
    public static Func<object, TrackedCalls, object>? Of(Type returned) =>
        returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
            ? Wrapping.MakeGenericMethod(returned.GetGenericArguments()).CreateDelegate<Func<object, TrackedCalls, object>>()
            : null;

    private static TrackedEnumerable<T> Wrap<T>(object sequence, TrackedCalls calls) => new TrackedEnumerable<T>((IAsyncEnumerable<T>)sequence, calls);
}

/// <summary>A sequence whose every step is a point at which an ended invocation stops; the clock waits for a step that takes real time.</summary>
internal sealed class TrackedEnumerable<T>(IAsyncEnumerable<T> real, TrackedCalls calls) : IAsyncEnumerable<T>
{
    /// <inheritdoc/>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Steps(real.GetAsyncEnumerator(cancellationToken), calls);

    private sealed class Steps(IAsyncEnumerator<T> real, TrackedCalls calls) : IAsyncEnumerator<T>
    {
        public T Current => real.Current;

        public ValueTask<bool> MoveNextAsync() =>
            calls.BeginQuiet() is { } call ? new(call.RunAsync(() => real.MoveNextAsync().AsTask())) : real.MoveNextAsync();

        public ValueTask DisposeAsync() => real.DisposeAsync();
    }
}
