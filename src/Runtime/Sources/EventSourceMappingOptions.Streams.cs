using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime;

/// <summary>Where a mapping begins to read a stream (P-13).</summary>
public enum StartingPosition
{
    /// <summary>At the oldest record that the stream still has (B-37).</summary>
    TrimHorizon,

    /// <summary>After the last record that was there when the mapping was made (B-43).</summary>
    Latest,

    /// <summary>At the first record from <see cref="EventSourceMappingOptions.StartingPositionTimestamp"/> on. Not for DynamoDB (P-29).</summary>
    AtTimestamp,
}

/// <content>What only mappings of Kinesis and DynamoDB streams have; set on a queue's mapping, AWS refuses it (P-26, P-40).</content>
public sealed partial class EventSourceMappingOptions
{
    private StartingPosition? startingPosition;
    private DateTimeOffset? startingPositionTimestamp;
    private int? parallelizationFactor;
    private int? maximumRetryAttempts;
    private TimeSpan? maximumRecordAge;
    private bool? bisectBatchOnFunctionError;
    private TimeSpan? tumblingWindow;
    private IDestination? onFailure;
    private string? consumer;
    private Simulation? simulation;

    /// <summary>Where reading begins (P-13). A stream's mapping must set it (P-27).</summary>
    public StartingPosition? StartingPosition
    {
        get => startingPosition;
        set => Set(ref startingPosition, value);
    }

    /// <summary>The time to begin at; only with <see cref="StartingPosition.AtTimestamp"/>, and not in the future (P-14).</summary>
    public DateTimeOffset? StartingPositionTimestamp
    {
        get => startingPositionTimestamp;
        set => Set(ref startingPositionTimestamp, value);
    }

    /// <summary>
    /// Concurrent batches of a shard, 1 to 10 (P-15). Above 1 the order holds for each Kinesis partition key or DynamoDB item only (B-33). Default 1.
    /// </summary>
    public int ParallelizationFactor
    {
        get => parallelizationFactor ?? 1;
        set => Set(ref parallelizationFactor, value);
    }

    /// <summary>
    /// How often a failed batch is tried again before it is discarded, 0 to 10,000; -1 (the default) until its records expire, which blocks the shard that long
    ///
    /// </summary>
    public int MaximumRetryAttempts
    {
        get => maximumRetryAttempts ?? -1;
        set => Set(ref maximumRetryAttempts, value);
    }

    /// <summary>The age above which a record is discarded, whole seconds from 60 s to 7 days; null (the default) for never (P-18, R-33).</summary>
    public TimeSpan? MaximumRecordAge
    {
        get => maximumRecordAge;
        set => Set(ref maximumRecordAge, value);
    }

    /// <summary>Whether a failed batch is split in two, which uses up no retry. Default false.</summary>
    public bool BisectBatchOnFunctionError
    {
        get => bisectBatchOnFunctionError ?? false;
        set => Set(ref bisectBatchOnFunctionError, value);
    }

    /// <summary>The length of tumbling windows, whole seconds up to 15 min (W-1); zero (the default) for none.</summary>
    public TimeSpan TumblingWindow
    {
        get => tumblingWindow ?? TimeSpan.Zero;
        set => Set(ref tumblingWindow, value);
    }

    /// <summary>
    /// Where Lambda tells of discarded records: a standard <see cref="SqsQueue"/>, an <see cref="SnsTopic"/> or an <see cref="S3Bucket"/>. It comes into the
    /// host with the mapping. Null (the default) for nowhere.
    /// </summary>
    public IDestination? OnFailure
    {
        get => onFailure;
        set
        {
            Set(ref onFailure, value);
            WhyDestinationFails = null;
            if (simulation is not null)
                value?.Join(simulation);
        }
    }

    /// <summary>
    /// The name of a Kinesis consumer with enhanced fan-out, through which the mapping reads: records are pushed to it and not polled for (B-30). AWS takes the
    /// consumer's ARN as the mapping's source, and events show it. Null (the default) for the stream's shared throughput.
    /// </summary>
    public string? Consumer
    {
        get => consumer;
        set => Set(ref consumer, value);
    }

    /// <summary>Why nothing can be sent to <see cref="OnFailure"/> (R-36); null where it can.</summary>
    internal string? WhyDestinationFails { get; set; }

    internal int? GivenParallelizationFactor => parallelizationFactor;

    internal int? GivenMaximumRetryAttempts => maximumRetryAttempts;

    internal bool? GivenBisectBatchOnFunctionError => bisectBatchOnFunctionError;

    internal TimeSpan? GivenTumblingWindow => tumblingWindow;

    /// <summary>The records that the source had when the mapping was made.</summary>
    internal long RecordsBefore { get; }

    /// <summary>When the mapping was made.</summary>
    internal long MadeAt { get; private set; }

    /// <summary>The mapping's position in its host.</summary>
    internal int Ordinal { get; set; }

    /// <summary>The mapping belongs to a host from now on, and its destination with it.</summary>
    internal void Join(Simulation joined)
    {
        simulation = joined;
        MadeAt = joined.CallerNow;
        onFailure?.Join(joined);
    }
}

/// <summary>AWS's names of starting positions.</summary>
internal static class StartingPositions
{
    /// <summary>The name in the API.</summary>
    public static string ToAws(this StartingPosition position) =>
        position switch
        {
            StartingPosition.TrimHorizon => "TRIM_HORIZON",
            StartingPosition.Latest => "LATEST",
            StartingPosition.AtTimestamp => "AT_TIMESTAMP",
            _ => $"{position}",
        };
}
