namespace AtLeastOnce.Runtime;

/// <summary>What happens to the number of attempts when a stream's batch becomes smaller.</summary>
public enum AttemptCount
{
    /// <summary>It starts again: the smaller batch has all of its MaximumRetryAttempts.</summary>
    StartsAgain,

    /// <summary>It is kept, without the invocation that made the batch smaller.</summary>
    IsKept,
}

/// <summary>How large a stream's batches become. AWS promises any size from 1 to the batch size (B-5).</summary>
public enum StreamBatchSizes
{
    /// <summary>As large as the batch size and what was read allow.</summary>
    AsLargeAsPossible,

    /// <summary>A size drawn from the seed, from 1 to the largest possible.</summary>
    Drawn,
}

/// <content>Streams.</content>
public sealed partial record LambdaTestHostOptions
{
    /// <summary>How often a shard of a Kinesis stream is polled (B-30); 1 ms or more. Default 1 s.</summary>
    public TimeSpan StreamPollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a shard of a table's stream is polled (B-30); 1 ms or more. Default 250 ms.</summary>
    public TimeSpan TablePollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long after its put a record can be polled for the first time; zero or more. Default zero: with the next poll.</summary>
    public TimeSpan StreamReadLatency { get; init; }

    /// <summary>How long after its put a record is pushed to a consumer with enhanced fan-out (B-30); zero or more. Default 70 ms.</summary>
    public TimeSpan EnhancedFanOutLatency { get; init; } = TimeSpan.FromMilliseconds(70);

    /// <summary>How large a stream's batches become (B-5). Default: as large as possible.</summary>
    public StreamBatchSizes StreamBatchSizes { get; init; }

    /// <summary>The first wait before a stream's failed batch is tried again; it doubles each time (R-26a; the times are not documented); 1 ms or more. Default 1 s.</summary>
    public TimeSpan StreamRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before a stream's failed batch is tried again (R-26a); not shorter than the first. Default 60 s.</summary>
    public TimeSpan MaximumStreamRetryDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether the poller waits <see cref="StreamRetryDelay"/> as well before it goes on with a part of a failed batch: the rest after a partial failure, or a half
    /// (R-28; not documented). Default false: at once.
    /// </summary>
    public bool WaitBeforeSmallerBatch { get; init; }

    /// <summary>The attempts of the rest of a batch after a partial failure that moved the checkpoint (R-24; two readings fit the recordings). Default: they start again.</summary>
    public AttemptCount AttemptsAfterProgress { get; init; }

    /// <summary>The attempts of the two parts of a split batch (R-29b; not documented). Default: they start again.</summary>
    public AttemptCount AttemptsAfterBisect { get; init; }

    /// <summary>Whether the first part of a split batch of odd size is the larger one (R-29b; not documented). Default false.</summary>
    public bool BisectLargerPartFirst { get; init; }

    /// <summary>
    /// Whether a batch whose first record is reported as failed is split like one that failed as a whole (R-19, R-28; not documented). If not, all of it is tried
    /// again. Default true.
    /// </summary>
    public bool BisectWithoutProgress { get; init; } = true;

    /// <summary>How long after it is made a mapping with LATEST still misses records (B-43); zero or more. Default zero.</summary>
    public TimeSpan StartingPositionDelay { get; init; }

    /// <summary>How long after its end a tumbling window is kept open if no later record comes (W-9: "up to 2 minutes"); zero or more. Default 2 min.</summary>
    public TimeSpan TumblingWindowIdleWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether <c>"state": null</c> in the response of a windowed batch counts as a state, an empty one (W-3; not documented). Default false: as missing.</summary>
    public bool NullWindowStateIsState { get; init; }

    /// <summary>Whether <c>payload</c> in an S3 destination's object is JSON itself. Default false: a text that holds JSON, as the guide describes it.</summary>
    public bool DestinationPayloadIsObject { get; init; }

    /// <summary>How long a shard of a table's stream takes records before a child follows it (B-40: "about 4 hours"); more than zero, or null (the default) for ever.</summary>
    public TimeSpan? TableShardLifetime { get; init; }

    private void CheckStreams()
    {
        var least = TimeSpan.FromMilliseconds(1);
        NotLess(StreamPollInterval, least, nameof(StreamPollInterval));
        NotLess(TablePollInterval, least, nameof(TablePollInterval));
        NotLess(StreamReadLatency, TimeSpan.Zero, nameof(StreamReadLatency));
        NotLess(EnhancedFanOutLatency, TimeSpan.Zero, nameof(EnhancedFanOutLatency));
        NotLess(StreamRetryDelay, least, nameof(StreamRetryDelay));
        NotLess(MaximumStreamRetryDelay, StreamRetryDelay, nameof(MaximumStreamRetryDelay));
        NotLess(StartingPositionDelay, TimeSpan.Zero, nameof(StartingPositionDelay));
        NotLess(TumblingWindowIdleWait, TimeSpan.Zero, nameof(TumblingWindowIdleWait));
        NotLess(TableShardLifetime ?? least, least, nameof(TableShardLifetime));
    }
}
