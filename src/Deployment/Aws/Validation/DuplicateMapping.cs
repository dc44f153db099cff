using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Validation;

/// <summary>Lambda refuses a second mapping from one source to one function, or to one version or alias of it (P-32, P-33).</summary>
internal static class DuplicateMapping
{
    /// <summary>The rule by which a source's second mapping is refused.</summary>
    public static string RuleOf(EventSourceKind source) => source == EventSourceKind.Sqs ? "P-32" : "P-33";

    /// <summary>AWS's text.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="arn">Its ARN.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="uuid">The id of the mapping that there is already.</param>
    public static string Message(EventSourceKind source, string arn, string function, string uuid) =>
        source == EventSourceKind.Sqs
            ? $"An event source mapping with SQS arn (\" {arn} \") and function (\" {function} \") already exists. {Remedy(uuid)}"
            : $"The event source arn (\" {arn} \") and function (\" {function} \") provided mapping already exists. {Remedy(uuid)}";

    private static string Remedy(string uuid) => $"Please update or delete the existing mapping with UUID {uuid}";

    /// <summary>The refusal of a mapping, or null.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="earlier">The mappings before it. One that is deployed under another condition may not be there.</param>
    public static Refusal? Validate(EventSourceMapping mapping, IEnumerable<EventSourceMapping> earlier)
    {
        var twin = earlier.FirstOrDefault(other =>
            (other.Condition is null || other.Condition == mapping.Condition)
            && other.Kind == mapping.Kind
            && mapping.Kind is EventSourceKind.Sqs or EventSourceKind.Kinesis or EventSourceKind.DynamoDb
            && other.Source.IsSameAs(mapping.Source)
            && other.Function.IsSameAs(mapping.Function)
            && AreOneConsumer(other.Consumer, mapping.Consumer)
        );
        return twin is null
            ? null
            : new(
                RuleOf(mapping.Kind),
                ErrorTypes.ResourceConflictException,
                Message(mapping.Kind, mapping.Source.ToString(), mapping.Function.ToString(), $"of '{twin.DisplayName}'"),
                "EventSourceArn",
                mapping.Source.Place
            )
            {
                IsRecordedText = false,
            };
    }

    private static bool AreOneConsumer(Setting<ResourceLink> one, Setting<ResourceLink> other) =>
        (one.IsMissing && other.IsMissing) || (one.Single() is { } first && other.Single() is { } second && first.IsSameAs(second));
}
