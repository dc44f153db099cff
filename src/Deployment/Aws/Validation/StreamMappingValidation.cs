using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Validation;

/// <summary>What Lambda refuses of the settings that only streams have (sections 1.1 and 1.2).</summary>
internal static class StreamMappingValidation
{
    /// <summary>The position that reads from a time on.</summary>
    public const string AtTimestamp = "AT_TIMESTAMP";

    /// <summary>P-25's text.</summary>
    public const string RecordAge = "MaximumRecordAgeInSeconds must be either -1 (forever) or between 60 and 604800 (inclusive)";

    // In the order of AWS's own message.
    private static readonly string[] Positions = ["LATEST", AtTimestamp, "TRIM_HORIZON"];

    /// <summary>A stream wants a position to start from (P-27), one that there is (P-28) and that it supports (P-29).</summary>
    public static IEnumerable<Refusal> StartingPosition(EventSourceMapping mapping)
    {
        const string Property = "StartingPosition";
        var position = mapping.StartingPosition;
        if (position.IsMissing && Defaults.IsStream(mapping.Kind))
        {
            yield return ModelConstraints.Missing("P-27", Property, position.Place);
        }

        if (position.All(name => !Positions.Contains(name)))
        {
            yield return ModelConstraints.Of(
                "P-28",
                Property,
                position.Values[0].Value,
                $"Member must satisfy enum value set: [{string.Join(", ", Positions)}]",
                position.Place
            ) with
            {
                IsRecordedText = true,
                RestsOnParameter = position.RestsOnParameter,
            };
        }

        if (mapping.Kind == EventSourceKind.DynamoDb && position.All(name => name == AtTimestamp))
        {
            yield return new(
                "P-29",
                ErrorTypes.InvalidParameterValueException,
                $"Unsupported starting position for arn type: {mapping.Source.Literal ?? "${" + mapping.Source + ".StreamArn}"}",
                Property,
                position.Place
            )
            {
                IsRecordedText = mapping.Source.Literal is not null,
                RestsOnParameter = position.RestsOnParameter,
            };
        }
    }

    /// <summary>Numbers out of their range (P-15, P-17, P-18, P-19b, P-25), and a destination that is too long (P-19).</summary>
    public static IEnumerable<Refusal?> Ranges(EventSourceMapping mapping)
    {
        yield return ModelConstraints.OutOfRange("P-15", "ParallelizationFactor", mapping.ParallelizationFactor, Limits.ParallelizationFactor);
        yield return ModelConstraints.OutOfRange("P-17", "MaximumRetryAttempts", mapping.MaximumRetryAttempts, Limits.MaximumRetryAttempts);
        yield return ModelConstraints.OutOfRange("P-18", "MaximumRecordAgeInSeconds", mapping.MaximumRecordAge, Limits.MaximumRecordAge);
        yield return BriefRecordAge(mapping.MaximumRecordAge);
        yield return ModelConstraints.OutOfRange("P-19b", "TumblingWindowInSeconds", mapping.TumblingWindow, Limits.TumblingWindow);
        if (mapping.OnFailure.All(link => link.Literal is { Length: > Limits.DestinationLength }))
        {
            yield return ModelConstraints.Of(
                "P-19",
                "DestinationConfig.OnFailure.Destination",
                mapping.OnFailure.Values[0].Value.Literal!,
                FormattableString.Invariant($"Member must have length less than or equal to {Limits.DestinationLength}"),
                mapping.OnFailure.Place
            ) with
            {
                RestsOnParameter = mapping.OnFailure.RestsOnParameter,
            };
        }
    }

    /// <summary>Settings that do not go together: a tumbling window with parallel batches (W-11), and a pattern that takes the data for text (F-7, F-10).</summary>
    public static IEnumerable<Refusal?> Combinations(EventSourceMapping mapping)
    {
        if (!Defaults.IsStream(mapping.Kind))
            yield break;
        yield return WindowAndFactor(mapping);
        yield return TextFilter(mapping);
    }

    /// <summary>A FIFO queue or topic takes no discarded records (R-48).</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="target">Its destination, if it is known.</param>
    public static Refusal? Destination(EventSourceMapping mapping, Resource? target)
    {
        if (mapping.Kind == EventSourceKind.Sqs || mapping.OnFailure.Single() is not { } link)
            return null;
        var isFifo = target switch
        {
            Queue queue => queue.IsFifo,
            Topic topic => topic.IsFifo,
            _ => mapping.OnFailure.Select(destination => destination.Literal?.EndsWith(".fifo", StringComparison.Ordinal) == true),
        };
        return !isFifo.All(fifo => fifo)
            ? null
            : new(
                "R-48",
                ErrorTypes.InvalidParameterValueException,
                "FIFO queues and FIFO topics are not supported as on-failure destinations.",
                "DestinationConfig.OnFailure.Destination",
                link.Place.IsNone ? mapping.OnFailure.Place : link.Place
            )
            {
                IsRecordedText = false,
                RestsOnParameter = mapping.OnFailure.RestsOnParameter ?? isFifo.RestsOnParameter,
            };
    }

    /// <summary>A table without a stream has nothing to read (P-43).</summary>
    public static Refusal? TableStream(EventSourceMapping mapping, Table table) =>
        !table.StreamViewType.IsMissing
            ? null
            : new(
                "P-43",
                ErrorTypes.InvalidParameterValueException,
                "Stream not found: ${" + table.LogicalId + ".StreamArn}",
                "EventSourceArn",
                mapping.Source.Place
            )
            {
                IsRecordedText = false,
            };

    private static Refusal? BriefRecordAge(Setting<int> age) =>
        !age.All(seconds => seconds is >= 0 and < Limits.LeastRecordAge)
            ? null
            : new("P-25", ErrorTypes.InvalidParameterValueException, RecordAge, "MaximumRecordAgeInSeconds", age.Place)
            {
                RestsOnParameter = age.RestsOnParameter,
            };

    // W-11: the text is not recorded.
    private static Refusal? WindowAndFactor(EventSourceMapping mapping) =>
        mapping.TumblingWindow.All(seconds => seconds > 0) && mapping.ParallelizationFactor.All(factor => factor > 1)
            ? new(
                "W-11",
                ErrorTypes.InvalidParameterValueException,
                "ParallelizationFactor must be 1 when TumblingWindowInSeconds is greater than 0.",
                "ParallelizationFactor",
                mapping.ParallelizationFactor.Place
            )
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
            return new(
                "F-7",
                ErrorTypes.InvalidParameterValueException,
                FilterPatternError.Message,
                FormattableString.Invariant($"FilterCriteria.Filters[{i}].Pattern"),
                pattern.Place
            )
            {
                IsRecordedText = false,
                RestsOnParameter = pattern.RestsOnParameter,
            };
        }

        return null;
    }
}
