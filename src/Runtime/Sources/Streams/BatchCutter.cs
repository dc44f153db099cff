namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>Takes away from a batch, before each attempt, what must not be tried any more.</summary>
internal static class BatchCutter
{
    /// <summary>False if nothing is left to invoke with.</summary>
    public static bool TryPrepare(ShardLane lane)
    {
        var (reading, current) = (lane.Reading, lane.Current!);
        if (current.IsFinal)
            return TryPrepareFinal(lane);
        current.Records.RemoveAll(reading.Ledger.IsFinished);
        var past = current.Records.TakeWhile(reading.Log.IsPast).ToArray();
        reading.Expire(lane.Shard, past);
        current.Records.RemoveRange(0, past.Length);
        CutOld(lane, current);
        return current.Records.Count > 0;
    }

    // the oldest are in front.
    private static void CutOld(ShardLane lane, PendingBatch current)
    {
        var reading = lane.Reading;
        if (reading.Settings.MaximumRecordAge is not { } most)
            return;
        var now = reading.Simulation.Scheduler.Now;
        List<StreamRecord> old = [.. current.Records.TakeWhile(record => now - record.Stamp > most.Ticks)];
        if (old.Count == 0)
            return;
        reading.Discards.Add(lane, old, new TooOld());
        current.Records.RemoveRange(0, old.Count);
        lane.Reader.MoveCheckpoint();
    }

    // W-6: a failing final invocation holds the shard up, until the records that made the state would be gone too.
    private static bool TryPrepareFinal(ShardLane lane)
    {
        var reading = lane.Reading;
        if (reading.Simulation.Scheduler.Now < lane.Window!.EndsAt + reading.Log.Source.Retention.Ticks)
            return true;
        lane.AbandonWindow();
        return false;
    }
}
