using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>The shards of a stream and their records, as long as retention keeps them. All of it under the scheduler's gate.</summary>
internal sealed class StreamLog(Simulation simulation, StreamSource source) : IScheduled
{
    private readonly List<StreamShard> shards = [];
    private readonly List<StreamRecord> all = [];
    private readonly List<StreamReading> readings = [];
    private long wakeAt = long.MaxValue;

    public Simulation Simulation { get; } = simulation;

    public StreamSource Source { get; } = source;

    /// <summary>Every shard that there ever was, parents before children.</summary>
    public IReadOnlyList<StreamShard> Shards => shards;

    /// <summary>Every record that ever arrived, in that order.</summary>
    public IReadOnlyList<StreamRecord> All => all;

    /// <summary>The readings of the mappings, of each its own (P-36).</summary>
    public IReadOnlyList<StreamReading> Readings => readings;

    private long Now => Simulation.Scheduler.Now;

    /// <summary>Whether retention has ended for a record (B-42).</summary>
    public bool IsPast(StreamRecord record) => record.ArrivedAt + Source.Retention.Ticks <= Now;

    /// <summary>A shard begins.</summary>
    public StreamShard Open(string id, HashRange range, params StreamShard[] parents)
    {
        var shard = new StreamShard(this, id, parents, range, Simulation.CallerNow);
        shards.Add(shard);
        foreach (var parent in parents)
            parent.IsOpen = false;
        foreach (var reading in readings)
            reading.ShardOpened(shard);
        return shard;
    }

    /// <summary>Where the next record of a shard will be.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="resolution">What the time that events show is a multiple of.</param>
    public RecordPosition Next(StreamShard shard, TimeSpan resolution)
    {
        // The order of a shard is the order of arrival, even if the clocks of two invocations differ.
        var arrivedAt = Math.Max(Simulation.CallerNow, shard.Records is [.., var last] ? last.ArrivedAt : 0);
        var stamp = arrivedAt - ((Simulation.StartTicks + arrivedAt) % resolution.Ticks);
        return new(all.Count + 1, shard.Records.Count, arrivedAt, stamp);
    }

    /// <summary>A record arrives.</summary>
    public void Append(StreamRecord record)
    {
        all.Add(record);
        record.Shard.Records.Add(record);
        if (Simulation.History.IsTaken)
        {
            Simulation.History.Add(
                new RecordPut(TimeSpan.FromTicks(record.ArrivedAt), Source.Label, record.ShardId, record.Reference) { Kind = Source.Kind.ToLowerInvariant() }
            );
        }

        foreach (var reading in readings)
            reading.Arrived(record);
        Wake();
    }

    /// <summary>A mapping begins to read.</summary>
    public void Add(StreamReading reading)
    {
        readings.Add(reading);
        reading.Start();
        Wake();
    }

    /// <summary>Sets the next wake-up, after a record arrived or the retention period was changed.</summary>
    public void Wake()
    {
        if (readings.Count == 0)
            return;
        var next = long.MaxValue;
        foreach (var shard in shards)
        {
            if (shard.Trimmed < shard.Records.Count)
                next = Math.Min(next, shard.Records[shard.Trimmed].ArrivedAt + Source.Retention.Ticks);
        }

        if (next >= wakeAt)
            return;
        wakeAt = next;
        Simulation.Scheduler.At(next, this, next);
    }

    /// <summary>The retention of some records is over (B-42).</summary>
    public void Due(long token)
    {
        if (token != wakeAt)
            return;
        wakeAt = long.MaxValue;
        foreach (var shard in shards)
        {
            var first = shard.Trimmed;
            while (shard.Trimmed < shard.Records.Count && IsPast(shard.Records[shard.Trimmed]))
                shard.Trimmed++;
            if (shard.Trimmed == first)
                continue;
            foreach (var reading in readings)
                reading.Trimmed(shard, first);
        }

        Wake();
    }
}
