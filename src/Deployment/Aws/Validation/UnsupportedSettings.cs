using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Validation;

/// <summary>What Lambda refuses because the mapping's source has no such setting (P-40); sections 1.1's column of sources says which have.</summary>
internal static class UnsupportedSettings
{
    /// <summary>The refusals.</summary>
    public static IEnumerable<Refusal?> Validate(EventSourceMapping mapping) =>
        mapping.Kind switch
        {
            EventSourceKind.Sqs =>
            [
                Unsupported("StartingPositionTimestamp", mapping.StartingPositionTimestamp),
                Unsupported("BisectBatchOnFunctionError", mapping.BisectBatchOnFunctionError),
                Unsupported("MaximumRecordAgeInSeconds", mapping.MaximumRecordAge),
                Unsupported("MaximumRetryAttempts", mapping.MaximumRetryAttempts),
                Unsupported("ParallelizationFactor", mapping.ParallelizationFactor),
                Unsupported("TumblingWindowInSeconds", mapping.TumblingWindow),
                Unsupported("DestinationConfig", mapping.OnFailure),
            ],
            EventSourceKind.Kinesis => OfQueues(mapping),
            EventSourceKind.DynamoDb => [.. OfQueues(mapping), Unsupported("StartingPositionTimestamp", mapping.StartingPositionTimestamp)],
            _ => [],
        };

    /// <summary>Whether a setting is there, whatever its value. A branch without it is not refused.</summary>
    public static bool IsSet<T>(Setting<T> setting) => setting.State == SettingState.Known && !setting.MayBeMissing;

    private static IEnumerable<Refusal?> OfQueues(EventSourceMapping mapping) =>
        [
            Unsupported("ScalingConfig", mapping.MaximumConcurrency),
            Unsupported("ProvisionedPollerConfig", mapping.MinimumPollers) ?? Unsupported("ProvisionedPollerConfig", mapping.MaximumPollers),
        ];

    private static Refusal? Unsupported<T>(string property, Setting<T> setting) =>
        !IsSet(setting)
            ? null
            : new(
                "P-40",
                ErrorTypes.InvalidParameterValueException,
                $"Unsupported '{property}' parameter for given event source mapping type.",
                property,
                setting.KeyPlace
            )
            {
                IsRecordedText = false,
            };
}
