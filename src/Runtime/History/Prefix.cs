using System.Collections;

namespace AtLeastOnce.Runtime.History;

/// <summary>The first elements of a list that only ever grows: a snapshot that copies nothing.</summary>
internal sealed class Prefix<T>(List<T> list) : IReadOnlyList<T>
{
    /// <inheritdoc/>
    public int Count { get; } = list.Count;

    /// <inheritdoc/>
    public T this[int index] => (uint)index < (uint)Count ? list[index] : throw new ArgumentOutOfRangeException(nameof(index), index, null);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return list[i];
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
