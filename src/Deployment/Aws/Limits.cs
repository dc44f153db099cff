namespace AtLeastOnce.Deployment.Aws;

/// <summary>The least and the most that AWS accepts, both inclusive.</summary>
/// <param name="Least">The least value.</param>
/// <param name="Most">The most.</param>
internal readonly record struct Bounds(int Least, int Most)
{
    /// <summary>Whether the value is accepted.</summary>
    public bool Contains(int value) => Least <= value && value <= Most;
}

/// <summary>What AWS accepts. Durations are seconds.</summary>
internal static class Limits
{
    /// <summary>Characters of a source's ARN (P-1).</summary>
    public const int SourceArnLength = 10_000;

    /// <summary>Characters by which a mapping may name its function, an ARN included (P-2).</summary>
    public const int FunctionNameLength = 256;

    /// <summary>A mapping's batch size, for every source (P-4).</summary>
    public static Bounds BatchSize { get; } = new(1, 10_000);

    /// <summary>The batch size above which a queue's mapping needs a batching window (P-20); also all that one receive returns (S-30).</summary>
    public const int SqsBatchSizeWithoutWindow = 10;

    /// <summary>A mapping's batching window, in seconds (P-5).</summary>
    public static Bounds BatchingWindow { get; } = new(0, 300);

    /// <summary>Filters a mapping may have, unless the account's quota was raised (P-6).</summary>
    public const int Filters = 5;

    /// <summary>Filters a mapping may have at most (P-6).</summary>
    public const int FiltersWithRaisedQuota = 10;

    /// <summary>Characters of a filter pattern (P-6).</summary>
    public const int FilterPatternLength = 4096;

    /// <summary>Response types a mapping may have (P-8).</summary>
    public const int FunctionResponseTypes = 1;

    /// <summary>A mapping's own limit of concurrent invocations (P-9).</summary>
    public static Bounds MaximumConcurrency { get; } = new(2, 1000);

    /// <summary>The least pollers of a queue's mapping in provisioned mode (P-10).</summary>
    public static Bounds SqsMinimumPollers { get; } = new(2, 200);

    /// <summary>The most pollers of a queue's mapping in provisioned mode; the API's range, as the guide's is narrower (P-11).</summary>
    public static Bounds SqsMaximumPollers { get; } = new(2, 10_000);

    /// <summary>A queue's visibility timeout, in seconds: up to twelve hours (S-20).</summary>
    public static Bounds VisibilityTimeout { get; } = new(0, 43_200);

    /// <summary>How long a queue keeps a message, in seconds: a minute to fourteen days (S-21).</summary>
    public static Bounds MessageRetentionPeriod { get; } = new(60, 14 * 24 * 60 * 60);

    /// <summary>A queue's delay of a sent message, in seconds: up to a quarter of an hour (B-21).</summary>
    public static Bounds DelaySeconds { get; } = new(0, 900);

    /// <summary>Seconds that an invocation may take at most.</summary>
    public static Bounds FunctionTimeout { get; } = new(1, 900);

    /// <summary>How long a receive may wait for a message, in seconds (S-29).</summary>
    public static Bounds ReceiveMessageWaitTime { get; } = new(0, 20);

    /// <summary>Receives before a message goes to the dead-letter queue (S-22).</summary>
    public static Bounds MaxReceiveCount { get; } = new(1, 1000);

    /// <summary>Event pollers of a Kafka mapping in provisioned mode, at least (P-10).</summary>
    public static Bounds KafkaMinimumPollers { get; } = new(1, 200);

    /// <summary>Event pollers of a Kafka mapping in provisioned mode, at most (P-11).</summary>
    public static Bounds KafkaMaximumPollers { get; } = new(1, 10_000);

    /// <summary>Concurrent batches a shard (P-15).</summary>
    public static Bounds ParallelizationFactor { get; } = new(1, 10);

    /// <summary>How often a stream's failed batch is tried again, -1 without end (P-17).</summary>
    public static Bounds MaximumRetryAttempts { get; } = new(-1, 10_000);

    /// <summary>
    /// Seconds after which a stream's record is given up, -1 never; from 0 up to <see cref="LeastRecordAge"/> is refused all the same (P-18, P-25).
    /// </summary>
    public static Bounds MaximumRecordAge { get; } = new(-1, 604_800);

    /// <summary>The shortest age at which a stream's record can be given up, in seconds (P-18).</summary>
    public const int LeastRecordAge = 60;

    /// <summary>A stream's tumbling window, in seconds (P-19b).</summary>
    public static Bounds TumblingWindow { get; } = new(0, 900);

    /// <summary>Characters of a destination's ARN (P-19).</summary>
    public const int DestinationLength = 350;

    /// <summary>Hours for which a Kinesis stream may keep a record: up to 365 days (B-42).</summary>
    public static Bounds KinesisRetentionHours { get; } = new(24, 8760);

    /// <summary>How often a failed asynchronous invocation is run again.</summary>
    public static Bounds AsynchronousRetries { get; } = new(0, 2);

    /// <summary>Seconds for which an event of an asynchronous invocation is kept.</summary>
    public static Bounds AsynchronousEventAge { get; } = new(60, 21_600);

    /// <summary>Characters of a queue's name, <c>.fifo</c> included.</summary>
    public const int QueueNameLength = 80;
}
