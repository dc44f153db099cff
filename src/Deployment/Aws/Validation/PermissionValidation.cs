using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Validation;

/// <summary>Something that a mapping needs and that its function's role does not allow.</summary>
/// <param name="Action">The action: <c>sqs:ReceiveMessage</c>.</param>
/// <param name="Target">The source or destination.</param>
/// <param name="IsOfSource">
/// Whether it is about the source, so that Lambda refuses the mapping (P-44); else records are lost that should be delivered (G-78).
/// </param>
internal sealed record MissingPermission(string Action, ResourceLink Target, bool IsOfSource);

/// <summary>What the execution role of a mapping's function must allow (P-44, G-77, G-78).</summary>
internal static class PermissionValidation
{
    // Only what a mapping cannot do without; AWS's own policies allow more.
    private static readonly string[] OfQueue = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
    private static readonly string[] OfStream = ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator"];
    private static readonly string[] OfTable = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];

    /// <summary>The actions by which a mapping reads a source; none for a source that is not known.</summary>
    public static IReadOnlyList<string> ReadingActions(EventSourceKind source) =>
        source switch
        {
            EventSourceKind.Sqs => OfQueue,
            EventSourceKind.Kinesis => OfStream,
            EventSourceKind.DynamoDb => OfTable,
            _ => [],
        };

    /// <summary>The action by which a record is sent to a destination, or null if it is not known what the destination is.</summary>
    /// <param name="link">The destination.</param>
    /// <param name="target">The resource of the model that it leads to, if it is one.</param>
    public static string? SendingAction(ResourceLink link, Resource? target) =>
        (target, link.Literal?.Split(':')) switch
        {
            (Queue, _) or (_, ["arn", _, "sqs", ..]) => "sqs:SendMessage",
            (Topic, _) or (_, ["arn", _, "sns", ..]) => "sns:Publish",
            (Bucket, _) or (_, ["arn", _, "s3", ..]) => "s3:PutObject",
            _ => null,
        };

    /// <summary>What the role certainly does not allow; nothing when the role is not known.</summary>
    /// <param name="model">The model.</param>
    /// <param name="mapping">A mapping of it.</param>
    public static IReadOnlyList<MissingPermission> Missing(DeploymentModel model, EventSourceMapping mapping)
    {
        if (model.FunctionOf(mapping) is not { } function || model.RoleOf(function) is not { } role)
            return [];

        // What a consumer with throughput of its own needs beside kinesis:SubscribeToShard is not documented.
        var reading = mapping.Consumer.IsMissing ? ReadingActions(mapping.Kind) : [];
        var needs = reading.Select(action => new MissingPermission(action, mapping.Source, true));
        if (mapping.Kind != EventSourceKind.Sqs && mapping.OnFailure.Single() is { } destination)
        {
            var action = SendingAction(destination, model.Target(destination));
            needs = action is null ? needs : needs.Append(new(action, destination, false));
        }

        return [.. needs.Where(need => role.MayDo(need.Action, need.Target) == Grant.NotAllowed)];
    }

    /// <summary>How Lambda refuses a mapping whose role may not read the source (P-44); only the text about queues is from the field.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="permission">What the role does not allow.</param>
    public static Refusal Refused(EventSourceKind source, MissingPermission permission)
    {
        var action = permission.Action.Substring(permission.Action.IndexOf(':') + 1);
        var service = source switch
        {
            EventSourceKind.Kinesis => "Kinesis",
            EventSourceKind.DynamoDb => "DynamoDB",
            _ => "SQS",
        };
        return new(
            "P-44",
            ErrorTypes.InvalidParameterValueException,
            $"The provided execution role does not have permissions to call {action} on {service}",
            "FunctionName",
            permission.Target.Place
        )
        {
            IsRecordedText = source == EventSourceKind.Sqs,
        };
    }
}
