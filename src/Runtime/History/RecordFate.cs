namespace AtLeastOnce.Runtime;

/// <summary>What became of a record.</summary>
public enum RecordFate
{
    /// <summary>In the source, for a receive or read to come: visible, or delayed until it is (B-21). Of a stream also: waiting for its next attempt.</summary>
    Waiting,

    /// <summary>Received, and neither deleted nor visible again yet (B-16). Of a stream: in an invocation that is under way.</summary>
    InFlight,

    /// <summary>Deleted, or passed by the checkpoint, after an invocation that succeeded for it (S-2, S-3, R-20). Acknowledged is not processed: compare with the effects.</summary>
    Acknowledged,

    /// <summary>Deleted, or passed by the checkpoint, although the response named it as failed: the response was not read (R-15, R-20a). Lost.</summary>
    AcknowledgedAlthoughReported,

    /// <summary>Moved to the dead-letter queue (S-23).</summary>
    DeadLettered,

    /// <summary>Its retention period was over (S-21, B-42). Lost.</summary>
    Expired,

    /// <summary>Deleted or passed over by the poller because no filter of the mapping matched (F-2 to F-4).</summary>
    Filtered,

    /// <summary>Deleted by the handler or the test itself (S-5).</summary>
    DeletedByHandler,

    /// <summary>Accepted by a FIFO queue as a duplicate, and never delivered (S-45).</summary>
    Deduplicated,

    /// <summary>Given up, and told to a destination or a function's dead-letter queue .</summary>
    DiscardedToDestination,

    /// <summary>Given up without a trace. Lost.</summary>
    Discarded,

    /// <summary>In the stream before the mapping began to read there (B-43).</summary>
    BeforeStart,
}

/// <summary>Words for fates.</summary>
internal static class RecordFates
{
    /// <summary>All fates, in the order in which a ledger lists them.</summary>
    public static IReadOnlyList<RecordFate> All { get; } =
    [
        RecordFate.Acknowledged,
        RecordFate.AcknowledgedAlthoughReported,
        RecordFate.DeadLettered,
        RecordFate.Expired,
        RecordFate.Filtered,
        RecordFate.DeletedByHandler,
        RecordFate.Deduplicated,
        RecordFate.DiscardedToDestination,
        RecordFate.Discarded,
        RecordFate.BeforeStart,
        RecordFate.InFlight,
        RecordFate.Waiting,
    ];

    /// <summary>The fate in words.</summary>
    public static string Words(this RecordFate fate) =>
        fate switch
        {
            RecordFate.Waiting => "waiting",
            RecordFate.InFlight => "in flight",
            RecordFate.Acknowledged => "acknowledged",
            RecordFate.AcknowledgedAlthoughReported => "acknowledged although reported as failed",
            RecordFate.DeadLettered => "dead-lettered",
            RecordFate.Expired => "expired",
            RecordFate.Filtered => "filtered",
            RecordFate.DeletedByHandler => "deleted by the handler",
            RecordFate.Deduplicated => "deduplicated",
            RecordFate.DiscardedToDestination => "discarded to a destination",
            RecordFate.Discarded => "discarded",
            RecordFate.BeforeStart => "before the starting position",
            _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, null),
        };

    /// <summary>Whether nobody will ever see the record again although nobody wanted that.</summary>
    public static bool IsLost(this RecordFate fate) => fate is RecordFate.AcknowledgedAlthoughReported or RecordFate.Expired or RecordFate.Discarded;
}
