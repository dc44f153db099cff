namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>The records that were read and are in no batch yet, first in, first out.</summary>
internal sealed class RecordBuffer
{
    private readonly List<StreamRecord> records = [];
    private int head;

    public int Count => records.Count - head;

    public StreamRecord First => records[head];

    public StreamRecord this[int index] => records[head + index];

    public void Add(StreamRecord record) => records.Add(record);

    /// <summary>Takes records away from the front.</summary>
    public void Remove(int count)
    {
        head += count;
        var isWorthIt = head == records.Count || (head >= 1024 && head >= records.Count / 2);
        if (!isWorthIt)
            return;
        records.RemoveRange(0, head);
        head = 0;
    }
}
