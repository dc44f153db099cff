using AtLeastOnce.Deployment.Aws;

namespace AtLeastOnce.Deployment.Model;

/// <summary>What an event source mapping reads from.</summary>
internal enum EventSourceKind
{
    /// <summary>Cannot be known from the file.</summary>
    Unknown,

    /// <summary>An SQS queue, standard or FIFO.</summary>
    Sqs,

    /// <summary>A Kinesis data stream.</summary>
    Kinesis,

    /// <summary>A DynamoDB table's stream.</summary>
    DynamoDb,

    /// <summary>Kafka, Amazon MQ or DocumentDB.</summary>
    Other,
}

/// <summary>The filters of a mapping; a record passes when one of them matches (F-1).</summary>
/// <param name="Patterns">The pattern texts, in the order written.</param>
internal sealed record DeclaredFilters(IReadOnlyList<Setting<string>> Patterns);

/// <summary>An event source mapping: what reads a queue or stream and invokes a function with batches of records.</summary>
/// <param name="logicalId">The name by which the file knows it; of a SAM event the id that SAM generates, function id and event name.</param>
/// <param name="kind">What it reads from.</param>
internal sealed class EventSourceMapping(string logicalId, EventSourceKind kind) : Resource(logicalId)
{
    /// <summary>The response type by which a mapping listens to a batch's failures (P-8).</summary>
    public const string ReportBatchItemFailuresType = "ReportBatchItemFailures";

    /// <summary>The name to call it by: the SAM event's name, or the logical id.</summary>
    public string DisplayName { get; init; } = logicalId;

    /// <summary>What it reads from.</summary>
    public EventSourceKind Kind { get; } = kind;

    /// <summary>Whether it is written as an event of its function (SAM) and not as a resource of its own.</summary>
    public bool IsFunctionEvent { get; init; }

    /// <summary>Whether the Amazon.Lambda.Annotations generator owns it: the build rewrites it from the attribute and the return type .</summary>
    public bool IsGeneratedByAnnotations { get; init; }

    /// <summary>The queue, stream or table.</summary>
    public ResourceLink Source { get; init; } = ResourceLink.Unknown("no source is given");

    /// <summary>The stream's consumer through which it reads with throughput of its own (enhanced fan-out, B-30); missing for shared throughput.</summary>
    public Setting<ResourceLink> Consumer { get; init; } = Setting<ResourceLink>.Missing();

    /// <summary>The function it invokes.</summary>
    public ResourceLink Function { get; init; } = ResourceLink.Unknown("no function is given");

    /// <summary>Whether it polls (P-3).</summary>
    public Setting<bool> Enabled { get; init; } = Setting<bool>.Default(true);

    /// <summary>Whether it surely does not poll.</summary>
    public bool IsOff => Enabled.All(enabled => !enabled);

    /// <summary>The most records a batch holds (P-4).</summary>
    public Setting<int> BatchSize { get; init; } = Defaults.BatchSizeOf(kind) is { } size ? Setting<int>.Default(size) : Setting<int>.Missing();

    /// <summary>Seconds that it may wait for a batch to fill (P-5); missing where the default is half a second.</summary>
    public Setting<int> MaximumBatchingWindow { get; init; } =
        Defaults.BatchingWindowOf(kind) is { } window ? Setting<int>.Default(window) : Setting<int>.Missing();

    /// <summary>The response types as written (P-8).</summary>
    public Setting<IReadOnlyList<string>> FunctionResponseTypes { get; init; } = Setting<IReadOnlyList<string>>.Default([]);

    /// <summary>Whether the mapping reads the failures that the function's response reports (rule 1 of section 0.4).</summary>
    public Setting<bool> ReportBatchItemFailures => FunctionResponseTypes.Select(types => types.Contains(ReportBatchItemFailuresType));

    /// <summary>The filters (P-6).</summary>
    public Setting<DeclaredFilters> Filters { get; init; } = Setting<DeclaredFilters>.Missing();

    /// <summary>The most concurrent invocations the mapping makes (P-9); missing when it has no limit of its own.</summary>
    public Setting<int> MaximumConcurrency { get; init; } = Setting<int>.Missing();

    /// <summary>The least event pollers of provisioned mode (P-10).</summary>
    public Setting<int> MinimumPollers { get; init; } = Setting<int>.Missing();

    /// <summary>The most event pollers of provisioned mode (P-11).</summary>
    public Setting<int> MaximumPollers { get; init; } = Setting<int>.Missing();

    /// <summary>Where reading a stream starts: <c>TRIM_HORIZON</c>, <c>LATEST</c> or <c>AT_TIMESTAMP</c> (P-13); not for SQS.</summary>
    public Setting<string> StartingPosition { get; init; } = Setting<string>.Missing();

    /// <summary>The time from which <c>AT_TIMESTAMP</c> reads, in seconds since 1970-01-01T00:00:00Z (P-14).</summary>
    public Setting<double> StartingPositionTimestamp { get; init; } = Setting<double>.Missing();

    /// <summary>Concurrent batches a shard (P-15); not for SQS.</summary>
    public Setting<int> ParallelizationFactor { get; init; } = OfStream(kind, Defaults.ParallelizationFactor);

    /// <summary>Whether a failed batch is split in two (P-16); not for SQS.</summary>
    public Setting<bool> BisectBatchOnFunctionError { get; init; } = OfStream(kind, Defaults.BisectBatchOnFunctionError);

    /// <summary>How often a failed batch is tried again, -1 without end (P-17); not for SQS.</summary>
    public Setting<int> MaximumRetryAttempts { get; init; } = OfStream(kind, Defaults.MaximumRetryAttempts);

    /// <summary>Seconds after which a record is given up, -1 never (P-18); not for SQS.</summary>
    public Setting<int> MaximumRecordAge { get; init; } = OfStream(kind, Defaults.MaximumRecordAge);

    /// <summary>Whether a stream's mapping surely tries a failed batch again until its records expire .</summary>
    public bool IsUnlimited => MaximumRetryAttempts.All(count => count == Defaults.Unlimited) && MaximumRecordAge.All(seconds => seconds == Defaults.Unlimited);

    /// <summary>Seconds of a tumbling window, 0 for none (P-19b); not for SQS.</summary>
    public Setting<int> TumblingWindow { get; init; } = OfStream(kind, Defaults.TumblingWindow);

    /// <summary>Where records go that are given up (P-19); not for SQS.</summary>
    public Setting<ResourceLink> OnFailure { get; init; } = Setting<ResourceLink>.Missing();

    /// <summary>Refused for every mapping (P-39).</summary>
    public Setting<ResourceLink> OnSuccess { get; init; } = Setting<ResourceLink>.Missing();

    private static Setting<T> OfStream<T>(EventSourceKind kind, T documentedDefault) =>
        Defaults.IsStream(kind) ? Setting<T>.Default(documentedDefault) : Setting<T>.Missing();
}
