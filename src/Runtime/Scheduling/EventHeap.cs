namespace AtLeastOnce.Runtime.Scheduling;

/// <summary>Something that wants to be called at a virtual time.</summary>
internal interface IScheduled
{
    /// <summary>Called under the scheduler's gate when the time has come.</summary>
    /// <param name="token">What was given when the call was scheduled; targets use it to recognise calls that are out of date.</param>
    void Due(long token);
}

/// <summary>What happens next in virtual time: a binary heap ordered by time, then by the order of scheduling. Entries are never removed, only outdated.</summary>
internal sealed class EventHeap
{
    private Entry[] entries = new Entry[64];
    private long sequence;

    /// <summary>A scheduled call.</summary>
    internal readonly record struct Entry(long Time, long Sequence, IScheduled Target, long Token)
    {
        public bool IsBefore(in Entry other) => Time != other.Time ? Time < other.Time : Sequence < other.Sequence;
    }

    public int Count { get; private set; }

    public ref readonly Entry Next => ref entries[0];

    public void Push(long time, IScheduled target, long token)
    {
        if (Count == entries.Length)
            Array.Resize(ref entries, Count * 2);
        var entry = new Entry(time, sequence++, target, token);
        var index = Count++;
        while (index > 0)
        {
            var parent = (index - 1) >> 1;
            if (!entry.IsBefore(entries[parent]))
                break;
            entries[index] = entries[parent];
            index = parent;
        }

        entries[index] = entry;
    }

    public Entry Pop()
    {
        var first = entries[0];
        var last = entries[--Count];
        entries[Count] = default;
        if (Count == 0)
            return first;
        var index = 0;
        while (true)
        {
            var child = (index << 1) + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && entries[child + 1].IsBefore(entries[child]))
                child++;
            if (!entries[child].IsBefore(last))
                break;
            entries[index] = entries[child];
            index = child;
        }

        entries[index] = last;
        return first;
    }
}
