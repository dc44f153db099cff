namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>How a batch is processed.</summary>
public class ProcessingOptions
{
    public CancellationToken? CancellationToken { get; init; }
    public int? MaxDegreeOfParallelism { get; init; }
    public BatchProcessorErrorHandlingPolicy? ErrorHandlingPolicy { get; init; }
    public bool BatchParallelProcessingEnabled { get; init; }
    public bool ThrowOnFullBatchFailure { get; init; } = true;
}

/// <summary>Whether the records after a failed one are processed.</summary>
public enum BatchProcessorErrorHandlingPolicy
{
    DeriveFromEvent,
    ContinueOnBatchItemFailure,
    StopOnFirstBatchItemFailure,
}
