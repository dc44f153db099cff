using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws;

/// <summary>What holds when a setting is left out, where a framework between the file and AWS has its own mind. Durations are seconds.</summary>
internal sealed class FrameworkDefaults
{
    private readonly int? streamBatchSize;
    private readonly string? startingPosition;

    private FrameworkDefaults(int functionTimeout, int functionMemorySize, int? streamBatchSize, string? startingPosition)
    {
        (FunctionTimeout, FunctionMemorySize) = (functionTimeout, functionMemorySize);
        (this.streamBatchSize, this.startingPosition) = (streamBatchSize, startingPosition);
    }

    /// <summary>CloudFormation and SAM leave it to AWS .</summary>
    public static FrameworkDefaults CloudFormation { get; } = new(Aws.Defaults.FunctionTimeout, Aws.Defaults.FunctionMemorySize, null, null);

    /// <summary>What the Serverless Framework writes by itself; batches of a queue have AWS's own size.</summary>
    public static FrameworkDefaults Serverless { get; } = new(functionTimeout: 6, functionMemorySize: 1024, streamBatchSize: 10, "TRIM_HORIZON");

    /// <summary>A function's timeout, in seconds.</summary>
    public int FunctionTimeout { get; }

    /// <summary>A function's memory, in MB.</summary>
    public int FunctionMemorySize { get; }

    /// <summary>Records a batch, or null where the source is unknown.</summary>
    public int? BatchSizeOf(EventSourceKind kind) => Aws.Defaults.IsStream(kind) && streamBatchSize is { } size ? size : Aws.Defaults.BatchSizeOf(kind);

    /// <summary>Where reading a stream starts, or null where it has to be written.</summary>
    public string? StartingPositionOf(EventSourceKind kind) => Aws.Defaults.IsStream(kind) ? startingPosition : null;
}
