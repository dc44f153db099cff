using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>
/// One of a shard's concurrent batches: the records of a part of its keys, one batch at a time, in order (B-32 to B-34). A batch that fails is tried again in
/// place, and blocks what is behind it.
/// </summary>
internal sealed class ShardLane : IScheduled
{
    private readonly StreamBatch batch;
    private readonly BatchFormer former;

    // What a split left for later, the next part on top.
    private readonly Stack<PendingBatch> parts = new();
    private LaneState state;
    private long step;
    private long previousEnd;

    /// <summary>Makes a lane of a shard's reader.</summary>
    public ShardLane(ShardReader reader)
    {
        Reader = reader;
        batch = new(this);
        former = new(reader);
    }

    private enum LaneState
    {
        Free,
        Gathering,
        Waiting,
        Invoking,
    }

    public ShardReader Reader { get; }

    public StreamReading Reading => Reader.Reading;

    public StreamShard Shard => Reader.Shard;

    /// <summary>The batch that is worked on.</summary>
    public PendingBatch? Current { get; private set; }

    /// <summary>The tumbling window that is open, or null.</summary>
    public TumblingWindow? Window => former.Window;

    /// <summary>What the event of the batch has beside its records.</summary>
    public WindowFrame? Frame => Window is null ? null : new(Window, Shard.Id, Current!.IsFinal);

    /// <summary>Nothing is left to do.</summary>
    public bool IsIdle => Current is null && parts.Count == 0 && former.IsEmpty;

    private long Now => Reading.Simulation.Scheduler.Now;

    private ReadingLedger Ledger => Reading.Ledger;

    private StreamSettings Settings => Reading.Settings;

    private LambdaTestHostOptions Options => Reading.Options;

    /// <summary>A record was read.</summary>
    public void Take(StreamRecord record) => former.Add(record);

    /// <summary>Records that are neither finished nor lost sight of.</summary>
    public int CountUnfinished() =>
        former.CountUnfinished() + parts.Append(Current).OfType<PendingBatch>().Sum(part => part.Records.Count(record => !Ledger.IsFinished(record)));

    /// <summary>Goes on as far as possible: the batch that is left, or the next one.</summary>
    public void Advance()
    {
        if (state is LaneState.Invoking or LaneState.Waiting)
            return;
        while (Current is not null || TryNext())
        {
            if (BatchCutter.TryPrepare(this))
            {
                Invoke();
                return;
            }

            // All of it has expired or was too old.
            Current = null;
            Reader.MoveCheckpoint();
        }
    }

    /// <summary>The window that its final invocation could not close is given up.</summary>
    public void AbandonWindow() => former.CloseWindow(isAbandoned: true);

    /// <inheritdoc/>
    public void Due(long token)
    {
        if (token != step)
            return;
        if (state == LaneState.Gathering)
            former.IsOverdue = true;
        state = LaneState.Free;
        Advance();
        Reader.CheckEnd();
    }

    /// <summary>The invocation is over.</summary>
    public void Completed(BatchOutcome outcome, bool isFunctionError, string? newState)
    {
        state = LaneState.Free;
        previousEnd = Now;
        var finished = outcome.Kind switch
        {
            BatchOutcomeKind.Success => Current!.Records.Count,
            BatchOutcomeKind.PartialFailure => outcome.FailedIndexes[0],
            _ => 0,
        };
        var isSuccess = outcome.Kind == BatchOutcomeKind.Success;
        if (isSuccess && Repeats())
            Release(Current!.Records);
        else if (isSuccess || finished > 0)
            Progress(outcome, finished, newState);
        else
            Fail(isFunctionError, mayBisect: outcome.Kind != BatchOutcomeKind.PartialFailure || Options.BisectWithoutProgress);
        Reader.MoveCheckpoint();
        Advance();
        Reader.CheckEnd();
    }

    private bool TryNext()
    {
        if (parts.TryPop(out var part))
        {
            Current = part;
            return true;
        }

        var (next, wakeAt) = former.Next(previousEnd);
        Current = next;
        state = former.IsEmptyOfRecords || wakeAt is null ? LaneState.Free : LaneState.Gathering;
        if (next is not null || wakeAt is not { } at)
            return next is not null;
        Reading.Simulation.Scheduler.At(at, this, ++step);
        return false;
    }

    private void Invoke()
    {
        var current = Current!;
        foreach (var record in current.Records)
            Ledger.CountDelivery(record, 1);
        state = LaneState.Invoking;
        step++;
        if (Reading.Function.TryInvoke(batch) is not { } throttled)
        {
            current.Attempts++;
            current.Throttles = 0;
            current.Request = Reading.Simulation.Invocations;
            return;
        }

        // the code did not run, so no attempt is used up.
        foreach (var record in current.Records)
            Ledger.CountDelivery(record, -1);
        var delay = PendingBatch.Delay(current.Throttles++, Options.ThrottleRetryDelay, Options.MaximumThrottleRetryDelay);
        Wait(delay);
        if (!Reading.Simulation.History.IsTaken)
            return;
        RecordReference[] records = [.. current.Records.Select(record => record.Reference)];
        Reading.Simulation.History.Add(
            new InvocationThrottled(Reading.Time, Reading.Function.Label, Settings.Mapping, records, throttled, TimeSpan.FromTicks(Now + delay))
        );
    }

    private void Wait(long delay)
    {
        state = LaneState.Waiting;
        Reading.Simulation.Scheduler.At(Now + delay, this, ++step);
    }

    /// <summary>A fault: the checkpoint of a batch that succeeded is lost (B-7).</summary>
    private bool Repeats()
    {
        var current = Current!;
        if (current.IsFinal || current.WasRepeated || !Reading.Faults.Replays(() => Reading.DeliveriesOf(current.Records)))
            return false;
        (current.WasRepeated, current.Attempts, current.Failures) = (true, 0, 0);
        if (Reading.Simulation.History.IsTaken)
        {
            RecordReference[] records = [.. current.Records.Select(record => record.Reference)];
            Reading.Simulation.History.Add(new CheckpointLost(Reading.Time, Reading.Log.Source.Label, Shard.Id, Settings.Mapping, records));
        }

        return true;
    }

    /// <summary>The first records are finished; the rest, if there is one, is a batch of its own .</summary>
    private void Progress(BatchOutcome outcome, int finished, string? newState)
    {
        var current = Current!;
        var ignored = outcome.IgnoredReports.ToHashSet();
        for (var i = 0; i < finished; i++)
            Ledger.SetFate(current.Records[i], ignored.Contains(i) ? RecordFate.AcknowledgedAlthoughReported : RecordFate.Acknowledged);
        if (current.IsFinal)
            former.CloseWindow(isAbandoned: false);
        else if (newState is not null)
            Window!.HandOn(newState);
        current.Records.RemoveRange(0, finished);
        if (current.Records.Count == 0)
        {
            Current = null;
            return;
        }

        Release(current.Records);
        current.Failures = 0;
        current.Attempts = Options.AttemptsAfterProgress == AttemptCount.StartsAgain ? 0 : current.Attempts - 1;
        WaitBeforeSmallerBatch();
    }

    private void Fail(bool isFunctionError, bool mayBisect)
    {
        var current = Current!;
        Release(current.Records);
        if (Settings.Bisects && mayBisect && current.Records.Count > 1)
        {
            Split(current);
            return;
        }

        // W-6: a final invocation has no record to be discarded, and is tried until it works.
        if (Settings.MaximumRetryAttempts >= 0 && current.Attempts > Settings.MaximumRetryAttempts && !current.IsFinal)
        {
            Reading.Discards.Add(this, current.Records, new RetriesExhausted(isFunctionError));
            Current = null;
            return;
        }

        Wait(PendingBatch.Delay(current.Failures++, Options.StreamRetryDelay, Options.MaximumStreamRetryDelay));
    }

    /// <summary>R-27, R-29b: the first part is finished before the second, as the order of the shard demands.</summary>
    private void Split(PendingBatch whole)
    {
        var first = (whole.Records.Count + (Options.BisectLargerPartFirst ? 1 : 0)) / 2;
        var attempts = Options.AttemptsAfterBisect == AttemptCount.StartsAgain ? 0 : whole.Attempts - 1;
        parts.Push(new(whole.Records.Skip(first)) { Attempts = attempts });
        Current = new(whole.Records.Take(first)) { Attempts = attempts };
        if (Reading.Simulation.History.IsTaken)
        {
            IReadOnlyList<RecordReference>[] halves = [References(Current), References(parts.Peek())];
            Reading.Simulation.History.Add(new BatchBisected(Reading.Time, Reading.Log.Source.Label, Shard.Id, Settings.Mapping, halves[0], halves[1]));
        }

        WaitBeforeSmallerBatch();

        static IReadOnlyList<RecordReference> References(PendingBatch part) => [.. part.Records.Select(record => record.Reference)];
    }

    private void WaitBeforeSmallerBatch()
    {
        if (Options.WaitBeforeSmallerBatch)
            Wait(Options.StreamRetryDelay.Ticks);
    }

    private void Release(List<StreamRecord> records)
    {
        foreach (var record in records)
            Ledger.SetFate(record, RecordFate.Waiting);
    }
}
