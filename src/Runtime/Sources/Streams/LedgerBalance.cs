namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>
/// Checks a reading's books: the counts kept along the way, the fates one by one, the records where the readers hold them, and the checkpoints are four independent
/// tellings of the same story.
/// </summary>
internal static class LedgerBalance
{
    /// <summary>Throws if they differ.</summary>
    /// <exception cref="EsmConsistencyException">They do.</exception>
    public static void Check(StreamReading reading, string name, IReadOnlyDictionary<RecordFate, long> counts)
    {
        foreach (var fate in RecordFates.All)
        {
            if (reading.Ledger[fate] != counts[fate])
                throw new EsmConsistencyException($"'{name}': {reading.Ledger[fate]} records were counted as {fate.Words()}, but {counts[fate]} are.");
        }

        var unfinished = counts[RecordFate.Waiting] + counts[RecordFate.InFlight];
        var held = reading.Readers.Sum(reader => reader.CountUnfinished());
        if (unfinished != held)
            throw new EsmConsistencyException($"'{name}': {unfinished} records wait or are in flight, but the readers hold {held}.");
        foreach (var reader in reading.Readers.Where(reader => reader.IsStarted))
            CheckCheckpoint(reading, reader, name);
    }

    private static void CheckCheckpoint(StreamReading reading, ShardReader reader, string name)
    {
        var records = reader.Shard.Records;
        var first = records.FindIndex(record => !reading.Ledger.IsFinished(record));
        var expected = first < 0 ? records.Count : first;
        if (reader.Checkpoint > expected)
        {
            throw new EsmConsistencyException(
                $"'{name}': the checkpoint of {reader.Shard.Id} is at {reader.Checkpoint}, but record {expected} is not finished."
            );
        }
    }
}
