using AtLeastOnce.Deployment.Aws.Filters;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>What a mapping of a stream was set to.</summary>
internal sealed record StreamSettings(
    string Mapping,
    int BatchSize,
    TimeSpan Window,
    bool ReportsFailures,
    FilterCriteria? Filters,
    int ParallelizationFactor,
    int MaximumRetryAttempts,
    TimeSpan? MaximumRecordAge,
    bool Bisects,
    TimeSpan TumblingWindow,
    IDestination? OnFailure,
    string? WhyDestinationFails
)
{
    /// <summary>The settings of a mapping.</summary>
    public static StreamSettings Of(EventSourceMappingOptions mapping) =>
        new(
            mapping.Name,
            mapping.BatchSize,
            mapping.BatchingWindow,
            mapping.ReportBatchItemFailures,
            MappingValidation.Filters(mapping),
            mapping.ParallelizationFactor,
            mapping.MaximumRetryAttempts,
            mapping.MaximumRecordAge is { } age && age >= TimeSpan.Zero ? age : null,
            mapping.BisectBatchOnFunctionError,
            mapping.TumblingWindow,
            mapping.OnFailure,
            mapping.WhyDestinationFails
        );
}
