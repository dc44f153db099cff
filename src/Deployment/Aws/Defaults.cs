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
