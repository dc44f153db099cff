namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>A batch of a shard from its first attempt until all of its records are finished.</summary>
internal sealed class PendingBatch(IEnumerable<StreamRecord> records)
{
    /// <summary>The records that are left of it.</summary>
    public List<StreamRecord> Records { get; } = [.. records];

    /// <summary>Invocations that count towards MaximumRetryAttempts .</summary>
    public int Attempts { get; set; }

    /// <summary>Failures in a row, for the growing wait (R-26a).</summary>
    public int Failures { get; set; }

    /// <summary>Attempts in a row that were throttled.</summary>
    public int Throttles { get; set; }

    /// <summary>The number of the last invocation's request; 0 if there was none.</summary>
    public long Request { get; set; }

    /// <summary>The batch ends a tumbling window, and has no records (W-5).</summary>
    public bool IsFinal { get; init; }

    /// <summary>A fault has it delivered again although it succeeded.</summary>
    public bool WasRepeated { get; set; }

    /// <summary>The wait before the next attempt: it doubles with each failure up to the longest (R-26a).</summary>
    public static long Delay(int earlier, TimeSpan first, TimeSpan longest)
    {
        var delay = first.Ticks;
        for (var i = 0; i < earlier && delay < longest.Ticks; i++)
            delay = Math.Min(delay * 2, longest.Ticks);
        return Math.Min(delay, longest.Ticks);
    }
}
