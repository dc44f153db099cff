using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws;

/// <summary>What AWS does when a setting is left out. Durations are seconds.</summary>
internal static class Defaults
{
    /// <summary>A function's timeout, in seconds.</summary>
    public const int FunctionTimeout = 3;

    /// <summary>A function's memory, in MB.</summary>
    public const int FunctionMemorySize = 128;

    /// <summary>A function's package type.</summary>
    public const string PackageType = "Zip";

    /// <summary>A queue's visibility timeout, in seconds (S-20).</summary>
    public const int VisibilityTimeout = 30;

    /// <summary>How long a queue keeps a message, in seconds: four days (S-21).</summary>
    public const int MessageRetentionPeriod = 4 * 24 * 60 * 60;

    /// <summary>A queue's delay of a sent message, in seconds (B-21).</summary>
    public const int DelaySeconds = 0;

    /// <summary>How long a receive waits for a message, in seconds (S-29).</summary>
    public const int ReceiveMessageWaitTime = 0;

    /// <summary>Records a batch of an SQS queue (P-4).</summary>
    public const int SqsBatchSize = 10;

    /// <summary>Records a batch of every other source (P-4).</summary>
    public const int OtherBatchSize = 100;

    /// <summary>Seconds a queue's or stream's mapping waits for a batch to fill (P-5).</summary>
    public const int BatchingWindow = 0;

    /// <summary>Within what a FIFO queue's deduplication id is unique (S-46).</summary>
    public const string DeduplicationScope = "queue";

    /// <summary>To what a FIFO queue's limit of throughput applies (S-46).</summary>
    public const string FifoThroughputLimit = "perQueue";

    /// <summary>Concurrent batches a shard (P-15).</summary>
    public const int ParallelizationFactor = 1;

    /// <summary>Whether a failed batch of a stream is split in two (P-16).</summary>
    public const bool BisectBatchOnFunctionError = false;

    /// <summary>How a stream's mapping says that retries (P-17) or record age (P-18) have no limit.</summary>
    public const int Unlimited = -1;

    /// <summary>How often a failed batch of a stream is tried again: without end (P-17).</summary>
    public const int MaximumRetryAttempts = Unlimited;

    /// <summary>Seconds after which a stream's record is given up: never (P-18).</summary>
    public const int MaximumRecordAge = Unlimited;

    /// <summary>Seconds of a stream's tumbling window: none (P-19b).</summary>
    public const int TumblingWindow = 0;

    /// <summary>Hours for which a Kinesis stream keeps a record (B-42).</summary>
    public const int KinesisRetentionHours = 24;

    /// <summary>Seconds for which a DynamoDB stream keeps a record; it cannot be set (B-42).</summary>
    public const int DynamoDbStreamRetention = 24 * 60 * 60;

    /// <summary>How often a failed asynchronous invocation is run again.</summary>
    public const int AsynchronousRetries = 2;

    /// <summary>Seconds for which an event of an asynchronous invocation is kept: six hours.</summary>
    public const int AsynchronousEventAge = 6 * 60 * 60;

    /// <summary>The qualifier of a function's unpublished code.</summary>
    public const string LatestQualifier = "$LATEST";

    /// <summary>What the filter policy of a topic's subscription looks at.</summary>
    public const string FilterPolicyScope = "MessageAttributes";

    /// <summary>How often EventBridge and its scheduler deliver an event again that the target did not take.</summary>
    public const int EventBridgeRetries = 185;

    /// <summary>Seconds for which EventBridge and its scheduler try to deliver an event: a day.</summary>
    public const int EventBridgeEventAge = 24 * 60 * 60;

    /// <summary>Whether a source is a stream, whose mappings have settings of their own.</summary>
    public static bool IsStream(EventSourceKind kind) => kind is EventSourceKind.Kinesis or EventSourceKind.DynamoDb;

    /// <summary>How often a trigger's event is delivered again, or null where it cannot be set.</summary>
    public static int? DeliveryRetriesOf(TriggerKind kind) => kind is TriggerKind.EventBridge or TriggerKind.Schedule ? EventBridgeRetries : null;

    /// <summary>Seconds for which it is tried to deliver a trigger's event, or null where it cannot be set.</summary>
    public static int? DeliveryAgeOf(TriggerKind kind) => kind is TriggerKind.EventBridge or TriggerKind.Schedule ? EventBridgeEventAge : null;

    /// <summary>Records a batch (P-4), or null where the source is unknown.</summary>
    public static int? BatchSizeOf(EventSourceKind kind) =>
        kind switch
        {
            EventSourceKind.Sqs => SqsBatchSize,
            EventSourceKind.Unknown => null,
            _ => OtherBatchSize,
        };

    /// <summary>Seconds a mapping waits for a batch to fill (P-5), or null where the source is unknown or the default is half a second.</summary>
    public static int? BatchingWindowOf(EventSourceKind kind) =>
        kind switch
        {
            EventSourceKind.Sqs or EventSourceKind.Kinesis or EventSourceKind.DynamoDb => BatchingWindow,
            _ => null,
        };
}
