using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>Forms a lane's batches from what was read: batch size, batching window, the 6 MB of an event (B-1), and tumbling windows (section 2.4).</summary>
internal sealed class BatchFormer(ShardReader reader)
{
    private readonly RecordBuffer buffer = new();
    private long? gatherUntil;

    /// <summary>The tumbling window that is open, or null.</summary>
    public TumblingWindow? Window { get; private set; }

    /// <summary>The batching window is over.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>Neither a record nor an open window is left.</summary>
    public bool IsEmpty => IsEmptyOfRecords && Window is null;

    /// <summary>No record is left.</summary>
    public bool IsEmptyOfRecords => buffer.Count == 0;

    private StreamReading Reading => reader.Reading;

    private StreamSettings Settings => Reading.Settings;

    private Simulation Simulation => Reading.Simulation;

    private long Now => Simulation.Scheduler.Now;

    private bool HasWindows => Settings.TumblingWindow > TimeSpan.Zero;

    /// <summary>A record was read.</summary>
    public void Add(StreamRecord record) => buffer.Add(record);

    /// <summary>Records that are neither finished nor lost sight of.</summary>
    public int CountUnfinished() => Enumerable.Range(0, buffer.Count).Count(i => !Reading.Ledger.IsFinished(buffer[i]));

    /// <summary>The next batch; or when to ask again, null if only when more was read.</summary>
    /// <param name="previousEnd">When the previous invocation ended: the batching window begins then (B-6).</param>
    public (PendingBatch? Batch, long? WakeAt) Next(long previousEnd)
    {
        while (true)
        {
            DropFinished();
            if (Window is not null && MustClose())
                return (new([]) { IsFinal = true }, null);
            if (IsEmptyOfRecords)
                return (null, Window is null || reader.HasUnreadBefore(Window.EndsAt) ? null : Math.Max(Now, ClosesAt));
            if (HasWindows && Window is null)
                OpenWindow();
            var (count, isFull) = Largest();
            if (!isFull && GatheringUntil(previousEnd) is { } until)
                return (null, until);
            (gatherUntil, IsOverdue) = (null, false);
            var batch = Take(count);
            if (batch.Records.Count > 0)
                return (batch, null);
        }
    }

    /// <summary>The final invocation succeeded, or is given up.</summary>
    public void CloseWindow(bool isAbandoned)
    {
        var window = Window!;
        Window = null;
        Simulation.ActiveWork--;
        if (Simulation.History.IsTaken)
        {
            Simulation.History.Add(
                new WindowClosed(
                    Reading.Time,
                    Reading.Log.Source.Label,
                    reader.Shard.Id,
                    Settings.Mapping,
                    window.Start,
                    window.End,
                    window.IsTerminatedEarly,
                    isAbandoned
                )
            );
        }
    }

    private long ClosesAt => Window!.EndsAt + Reading.Options.TumblingWindowIdleWait.Ticks;

    // W-4, W-8, W-9: a record of a later window, the shard's end or a long silence ends a window.
    private bool MustClose()
    {
        if (Window!.IsTerminatedEarly)
            return true;
        if (!IsEmptyOfRecords)
            return !Window.Contains(buffer.First);
        if (reader.HasUnreadBefore(Window.EndsAt))
            return false;
        return reader.IsExhausted || Now >= ClosesAt;
    }

    private void OpenWindow()
    {
        Window = TumblingWindow.Of(buffer.First, Settings.TumblingWindow, Simulation);
        Simulation.ActiveWork++;
    }

    /// <summary>Until when a batch that is not full waits for more; null if it does not.</summary>
    private long? GatheringUntil(long previousEnd)
    {
        if (IsOverdue || Settings.Window == TimeSpan.Zero)
            return null;
        var window = Settings.Window.Ticks;
        gatherUntil ??= previousEnd + window > Now ? previousEnd + window : Now + window;
        return gatherUntil > Now ? gatherUntil : null;
    }

    private void DropFinished()
    {
        // What a filter removed stays, where it uses up a slot of the batch (F-18).
        while (buffer.Count > 0 && Reading.Ledger.FateOf(buffer.First) is var fate && ReadingLedger.IsFinal(fate) && !UsesSlot(fate))
            buffer.Remove(1);
        if (IsEmptyOfRecords)
            (gatherUntil, IsOverdue) = (null, false);
    }

    private bool UsesSlot(RecordFate fate) => fate == RecordFate.Filtered && Reading.Options.FilteredMessagesUseBatchSlots;

    /// <summary>How many records, from the first on, the batch can take at most, and whether no more could come to it.</summary>
    private (int Count, bool IsFull) Largest()
    {
        var count = 0;
        while (count < buffer.Count && count < Settings.BatchSize)
        {
            if (Window?.Contains(buffer[count]) == false)
                return (Reading.Writer.Fitting(buffer, count, Window?.State), true);
            count++;
        }

        var fitting = Reading.Writer.Fitting(buffer, count, Window?.State);
        return (fitting, fitting < count || count == Settings.BatchSize);
    }

    private PendingBatch Take(int most)
    {
        var count = Reading.Options.StreamBatchSizes == StreamBatchSizes.Drawn ? 1 + Simulation.Choices.Below(most, ChoicePoint.BatchSize) : most;
        var batch = new PendingBatch(Enumerable.Range(0, count).Select(i => buffer[i]).Where(record => !Reading.Ledger.IsFinished(record)));
        buffer.Remove(count);
        return batch;
    }
}
