namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>Runs a batch processor before the handler's own body. The real attribute is woven in at compile time; this one only declares.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class BatchProcessorAttribute : Attribute
{
    public Type BatchProcessor { get; set; }
    public Type BatchProcessorProvider { get; set; }
    public Type RecordHandler { get; set; }
    public Type RecordHandlerProvider { get; set; }
    public BatchProcessorErrorHandlingPolicy ErrorHandlingPolicy { get; set; }
    public bool BatchParallelProcessingEnabled { get; set; }
    public int MaxDegreeOfParallelism { get; set; } = 1;
    public bool ThrowOnFullBatchFailure { get; set; } = true;
}
