using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Validation;

/// <summary>What Lambda refuses of a mapping of a Kinesis or DynamoDB stream (sections 1.1 and 1.2).</summary>
internal static class StreamMappingValidation
{
    /// <summary>P-25's text.</summary>
    public const string RecordAgeOutOfRange = "MaximumRecordAgeInSeconds must be either -1 (forever) or between 60 and 604800 (inclusive)";

    private const string AtTimestamp = "AT_TIMESTAMP";

    private static readonly string[] StartingPositions = ["LATEST", AtTimestamp, "TRIM_HORIZON"];

    /// <summary>Lambda refuses a stream's mapping without a starting position (P-27).</summary>
    public static Refusal? ValidateHasStartingPosition(EventSourceMapping mapping) =>
        !mapping.StartingPosition.IsMissing
            ? null
            : Refused(
                "P-27",
                "StartingPosition",
                "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
                mapping.StartingPosition.Place
            );

    /// <summary>What is refused; nothing for other sources. Without P-27, which is <see cref="ValidateHasStartingPosition"/>.</summary>
    public static IEnumerable<Refusal?> Validate(EventSourceMapping mapping)
    {
        if (mapping.Kind is not (EventSourceKind.Kinesis or EventSourceKind.DynamoDb))
            yield break;
        yield return StartingPosition(mapping);
        yield return QueueOnly("ScalingConfig", mapping.MaximumConcurrency);
        yield return ModelConstraints.OutOfRange("P-15", "ParallelizationFactor", mapping.ParallelizationFactor, Limits.ParallelizationFactor);
        yield return ModelConstraints.OutOfRange("P-17", "MaximumRetryAttempts", mapping.MaximumRetryAttempts, Limits.MaximumRetryAttempts);
        yield return ModelConstraints.OutOfRange("P-18", "MaximumRecordAgeInSeconds", mapping.MaximumRecordAge, Limits.MaximumRecordAge);
        yield return ModelConstraints.OutOfRange("P-19b", "TumblingWindowInSeconds", mapping.TumblingWindow, Limits.TumblingWindow);
        yield return RecordAge(mapping.MaximumRecordAge);
        yield return WindowAndFactor(mapping);
        yield return TextFilter(mapping);
    }

    private static Refusal? StartingPosition(EventSourceMapping mapping)
    {
        const string Property = "StartingPosition";
        var position = mapping.StartingPosition;
        if (position.All(name => !StartingPositions.Contains(name)))
        {
            var constraint = $"Member must satisfy enum value set: [{string.Join(", ", StartingPositions)}]";
            return ModelConstraints.Of("P-28", Property, position.Values[0].Value, constraint, position.Place) with
            {
                IsRecordedText = true,
                RestsOnParameter = position.RestsOnParameter,
            };
        }

        return mapping.Kind == EventSourceKind.DynamoDb && position.All(name => name == AtTimestamp)
            ? Refused("P-29", Property, $"Unsupported starting position for arn type: {mapping.Source}", position.Place) with
            {
                IsRecordedText = mapping.Source.Literal is not null,
                RestsOnParameter = position.RestsOnParameter,
            }
            : null;
    }

    private static Refusal? QueueOnly<T>(string property, Setting<T> setting) =>
        setting.State != SettingState.Known || setting.MayBeMissing
            ? null
            : Refused("P-40", property, $"Unsupported '{property}' parameter for given event source mapping type.", setting.KeyPlace) with
            {
                IsRecordedText = false,
            };

    private static Refusal? RecordAge(Setting<int> age) =>
        age.All(seconds => seconds is >= 0 and < Limits.LeastRecordAge)
            ? Refused("P-25", "MaximumRecordAgeInSeconds", RecordAgeOutOfRange, age.Place) with
            {
                RestsOnParameter = age.RestsOnParameter,
            }
            : null;

    // W-11: the text is not recorded.
    private static Refusal? WindowAndFactor(EventSourceMapping mapping) =>
        mapping.TumblingWindow.All(seconds => seconds > 0) && mapping.ParallelizationFactor.All(factor => factor > 1)
            ? Refused(
                "W-11",
                "ParallelizationFactor",
                "ParallelizationFactor must be 1 when TumblingWindowInSeconds is greater than 0.",
                mapping.ParallelizationFactor.Place
            ) with
            {
                IsRecordedText = false,
                RestsOnParameter = mapping.TumblingWindow.RestsOnParameter ?? mapping.ParallelizationFactor.RestsOnParameter,
            }
            : null;

    // F-7, F-10: what a stream's record carries is filtered as JSON only.
    private static Refusal? TextFilter(EventSourceMapping mapping)
    {
        var field = mapping.Kind == EventSourceKind.Kinesis ? PatternMatcher.Data : "dynamodb";
        if (mapping.Filters.Single() is not { } declared)
            return null;
        for (var i = 0; i < declared.Patterns.Count; i++)
        {
            var pattern = declared.Patterns[i];
            if (!pattern.All(text => FilterPattern.TryParse(text, out var parsed, out _) && parsed.TestsAsText(field)))
                continue;
            return Refused("F-7", FormattableString.Invariant($"FilterCriteria.Filters[{i}].Pattern"), FilterPatternError.Message, pattern.Place) with
            {
                IsRecordedText = false,
                RestsOnParameter = pattern.RestsOnParameter,
            };
        }

        return null;
    }

    private static Refusal Refused(string ruleId, string property, string message, Place place) =>
        new(ruleId, ErrorTypes.InvalidParameterValueException, message, property, place);
}
