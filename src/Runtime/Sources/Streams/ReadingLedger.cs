using System.Runtime.InteropServices;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>What became of each record of a stream for one mapping.</summary>
internal sealed class ReadingLedger(Simulation simulation)
{
    // A list a shard, as each shard is read in order.
    private readonly List<List<Entry>> shards = [];
    private readonly long[] counts = new long[RecordFates.All.Count];

    private record struct Entry(RecordFate Fate, int Deliveries);

    /// <summary>How many records ended, or are now, that way.</summary>
    public long this[RecordFate fate] => counts[(int)fate];

    /// <summary>Whether nothing more will happen to a record with such a fate.</summary>
    public static bool IsFinal(RecordFate fate) => fate is not (RecordFate.Waiting or RecordFate.InFlight);

    /// <summary>The next record of a shard arrived.</summary>
    public void Add(StreamRecord record, RecordFate fate)
    {
        while (shards.Count <= record.Shard.Ordinal)
            shards.Add([]);
        shards[record.Shard.Ordinal].Add(new(fate, 0));
        counts[(int)fate]++;
        if (!IsFinal(fate))
            simulation.ActiveWork++;
    }

    public RecordFate FateOf(StreamRecord record) => EntryOf(record).Fate;

    public int DeliveriesOf(StreamRecord record) => EntryOf(record).Deliveries;

    /// <summary>Whether nothing more will happen to the record.</summary>
    public bool IsFinished(StreamRecord record) => IsFinal(FateOf(record));

    /// <summary>The record was given to an invocation, or, if that did not begin, was not.</summary>
    public void CountDelivery(StreamRecord record, int change)
    {
        EntryOf(record).Deliveries += change;
        SetFate(record, change > 0 ? RecordFate.InFlight : RecordFate.Waiting);
    }

    /// <summary>Something became of the record.</summary>
    public void SetFate(StreamRecord record, RecordFate fate)
    {
        ref var entry = ref EntryOf(record);
        if (IsFinal(entry.Fate))
            throw new EsmConsistencyException($"Record {record.Number} is {entry.Fate.Words()}, and cannot become {fate.Words()}.");
        counts[(int)entry.Fate]--;
        counts[(int)fate]++;
        entry.Fate = fate;
        if (IsFinal(fate))
            simulation.ActiveWork--;
    }

    private ref Entry EntryOf(StreamRecord record) => ref CollectionsMarshal.AsSpan(shards[record.Shard.Ordinal])[record.Index];
}
