using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>How one mapping reads a stream: a reader for each shard, and what became of each record (section 9.2).</summary>
internal sealed class StreamReading
{
    private readonly List<ShardReader> readers = [];
    private readonly EventSourceMappingOptions mapping;

    /// <summary>Makes a reading that has not begun.</summary>
    public StreamReading(StreamLog log, EventSourceMappingOptions mapping, Faults faults)
    {
        (Log, this.mapping, Faults) = (log, mapping, faults);
        Function = mapping.Function.Runner!;
        Settings = StreamSettings.Of(mapping);
        Ledger = new(log.Simulation);
        Writer = log.Source.WriterFor(mapping);
        Response = new(Settings.ReportsFailures, Options.ScalarResponses);
        var reads = log.Source.ReadsOf(Options);
        Reads = mapping.Consumer is null ? reads : reads with { IsPushed = true, Latency = Options.EnhancedFanOutLatency };
        Discards = new(this, Simulation.Choices.GuidText(IdKind.Mapping, mapping.Ordinal));
    }

    public StreamLog Log { get; }

    public EventSourceMappingOptions Mapping => mapping;

    public Faults Faults { get; }

    public FunctionRunner Function { get; }

    public StreamSettings Settings { get; }

    public ReadingLedger Ledger { get; }

    public StreamEventWriter Writer { get; }

    public BatchResponse Response { get; }

    public StreamReads Reads { get; }

    /// <summary>Where records go that are given up.</summary>
    public Discards Discards { get; }

    public IReadOnlyList<ShardReader> Readers => readers;

    public Simulation Simulation => Log.Simulation;

    public LambdaTestHostOptions Options => Simulation.Options;

    public TimeSpan Time => TimeSpan.FromTicks(Simulation.Scheduler.Now);

    /// <summary>Begins to read.</summary>
    public void Start()
    {
        foreach (var record in Log.All)
            Ledger.Add(record, FateOnArrival(record));
        foreach (var shard in Log.Shards)
            readers.Add(new(this, shard));
        StartReaders();
    }

    /// <summary>A record arrived.</summary>
    public void Arrived(StreamRecord record)
    {
        Ledger.Add(record, FateOnArrival(record));
        readers[record.Shard.Ordinal].Arrived();
    }

    /// <summary>A shard began, and its parents ended.</summary>
    public void ShardOpened(StreamShard shard)
    {
        readers.Add(new(this, shard));
        foreach (var parent in shard.Parents)
            readers[parent.Ordinal].Ended();
        StartReaders();
    }

    /// <summary>Retention has ended for the records of a shard from a position on up to its <see cref="StreamShard.Trimmed"/>.</summary>
    public void Trimmed(StreamShard shard, int first)
    {
        // What is in an invocation is judged by that; its poller looks again before it tries once more.
        Expire(shard, shard.Records.Skip(first).Take(shard.Trimmed - first).Where(record => Ledger.FateOf(record) == RecordFate.Waiting));
        readers[shard.Ordinal].MoveCheckpoint();
    }

    /// <summary>Records are past retention: gone without a trace (B-42, R-37).</summary>
    public void Expire(StreamShard shard, IEnumerable<StreamRecord> records)
    {
        List<RecordReference> expired = [];
        foreach (var record in records)
        {
            Ledger.SetFate(record, RecordFate.Expired);
            expired.Add(record.Reference);
        }

        if (expired.Count > 0 && Simulation.History.IsTaken)
            Simulation.History.Add(new RecordsExpired(Time, Log.Source.Label, shard.Id, Settings.Mapping, expired, Log.Source.Retention));
    }

    /// <summary>A shard was read to its end: its children can be read (B-40).</summary>
    public void StartReaders()
    {
        foreach (var reader in readers)
        {
            if (!reader.IsStarted && reader.Shard.Parents.All(parent => readers[parent.Ordinal].IsDone))
                reader.Start();
        }
    }

    /// <summary>The records as they are delivered now, each with how often.</summary>
    public IReadOnlyList<Delivery> DeliveriesOf(IReadOnlyList<StreamRecord> records) =>
        [.. records.Select(record => new Delivery(record.Reference, Ledger.DeliveriesOf(record)))];

    private RecordFate FateOnArrival(StreamRecord record)
    {
        var isBefore = mapping.StartingPosition switch
        {
            StartingPosition.Latest => record.Number <= mapping.RecordsBefore || record.ArrivedAt < mapping.MadeAt + Options.StartingPositionDelay.Ticks,
            StartingPosition.AtTimestamp => record.ApproximateArrival < mapping.StartingPositionTimestamp,
            _ => false,
        };
        return isBefore ? RecordFate.BeforeStart : RecordFate.Waiting;
    }
}
