using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>Reads one shard for one mapping: polls, filters, deals the records out to the lanes, and keeps the checkpoint (sections 2.3 and 9.2).</summary>
internal sealed class ShardReader : IScheduled
{
    private readonly ShardLane[] lanes;
    private readonly List<RecordReference> read = [];
    private readonly List<RecordReference> filtered = [];
    private int next;
    private long pollAt = -1;
    private long lastPoll = -1;

    /// <summary>Makes a reader that has not begun.</summary>
    public ShardReader(StreamReading reading, StreamShard shard)
    {
        (Reading, Shard) = (reading, shard);
        lanes = [.. Enumerable.Range(0, reading.Settings.ParallelizationFactor).Select(_ => new ShardLane(this))];
    }

    public StreamReading Reading { get; }

    public StreamShard Shard { get; }

    public bool IsStarted { get; private set; }

    /// <summary>Every record before it is finished .</summary>
    public int Checkpoint { get; private set; }

    /// <summary>No record will be read any more.</summary>
    public bool IsExhausted => !Shard.IsOpen && next == Shard.Records.Count;

    /// <summary>The shard is read to its end, and everything in it is finished (B-40).</summary>
    public bool IsDone => IsExhausted && Checkpoint == Shard.Records.Count && Array.TrueForAll(lanes, lane => lane.IsIdle);

    private long Now => Reading.Simulation.Scheduler.Now;

    private ReadingLedger Ledger => Reading.Ledger;

    /// <summary>Begins to read at the mapping's starting position, or in a child shard at its first record.</summary>
    public void Start()
    {
        IsStarted = true;
        while (Checkpoint < Shard.Records.Count && Ledger.FateOf(Shard.Records[Checkpoint]) == RecordFate.BeforeStart)
            Checkpoint++;
        next = Checkpoint;
        SchedulePoll();
        CheckEnd();
    }

    /// <summary>A record arrived in the shard.</summary>
    public void Arrived()
    {
        if (IsStarted)
            SchedulePoll();
    }

    /// <summary>The shard takes no more records.</summary>
    public void Ended()
    {
        if (!IsStarted)
            return;
        foreach (var lane in lanes)
            lane.Advance();
        CheckEnd();
    }

    /// <summary>Whether a record that arrived before that time has not been read.</summary>
    public bool HasUnreadBefore(long time) => next < Shard.Records.Count && Shard.Records[next].Stamp < time;

    /// <summary>Records that are neither finished nor lost sight of, counted where they are.</summary>
    public int CountUnfinished() => Shard.Records.Skip(next).Count(record => !Ledger.IsFinished(record)) + lanes.Sum(lane => lane.CountUnfinished());

    /// <summary>The checkpoint moves past what is finished, and never past anything else (B-34).</summary>
    public void MoveCheckpoint()
    {
        if (!IsStarted)
            return;
        var before = Checkpoint;
        while (Checkpoint < Shard.Records.Count && Ledger.IsFinished(Shard.Records[Checkpoint]))
            Checkpoint++;
        next = Math.Max(next, Checkpoint);
        if (Checkpoint > before && Reading.Simulation.History.IsTaken)
        {
            var last = Shard.Records[Checkpoint - 1].Reference;
            Reading.Simulation.History.Add(new CheckpointMoved(Reading.Time, Reading.Log.Source.Label, Shard.Id, Reading.Settings.Mapping, last));
        }
    }

    /// <summary>Looks whether the shard is read to its end, so that its children can be read.</summary>
    public void CheckEnd()
    {
        if (IsStarted && IsDone)
            Reading.StartReaders();
    }

    /// <inheritdoc/>
    public void Due(long token)
    {
        if (token != pollAt)
            return;
        (pollAt, lastPoll) = (-1, Now);
        Read();
        SchedulePoll();
        foreach (var lane in lanes)
            lane.Advance();
        CheckEnd();
    }

    // Polls that find nothing are left out: the next one that finds something is at its place in the rhythm.
    private void SchedulePoll()
    {
        if (next >= Shard.Records.Count)
            return;
        var readable = Math.Max(Now, Shard.Records[next].ArrivedAt + Reading.Reads.Latency.Ticks);
        if (!Reading.Reads.IsPushed)
        {
            var interval = Reading.Reads.Interval.Ticks;
            readable = (readable + interval - 1) / interval * interval;
            if (readable <= lastPoll)
                readable = lastPoll + interval;
        }

        if (readable == pollAt)
            return;
        pollAt = readable;
        Reading.Simulation.Scheduler.At(readable, this, readable);
    }

    private void Read()
    {
        var history = Reading.Simulation.History;
        var (count, bytes) = (0, 0L);
        read.Clear();
        filtered.Clear();
        for (; next < Shard.Records.Count; next++)
        {
            var record = Shard.Records[next];
            bytes += record.ReadSize;
            if (record.ArrivedAt + Reading.Reads.Latency.Ticks > Now || count == Reading.Reads.MostRecords || (count > 0 && bytes > Reading.Reads.MostBytes))
                break;
            count++;
            if (Ledger.IsFinished(record))
                continue;
            var passes = Reading.Settings.Filters is not { Patterns.Count: > 0 } criteria || Reading.Log.Source.Passes(criteria, record, Reading.Writer);
            if (!passes)
                Ledger.SetFate(record, RecordFate.Filtered);
            if (passes || Reading.Options.FilteredMessagesUseBatchSlots)
                lanes[lanes.Length == 1 ? 0 : record.OrderHash % lanes.Length].Take(record);
            if (history.IsTaken)
                (passes ? read : filtered).Add(record.Reference);
        }

        if (read.Count > 0)
            history.Add(new RecordsRead(Reading.Time, Reading.Log.Source.Label, Shard.Id, Reading.Settings.Mapping, [.. read]));
        if (filtered.Count > 0)
            history.Add(new RecordsFiltered(Reading.Time, Reading.Log.Source.Label, Shard.Id, Reading.Settings.Mapping, [.. filtered]));
        MoveCheckpoint();
    }
}
