using System.Text;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Readers.Terraform.Resources;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Deployments.Pulumi;

/// <summary>
/// What the resources of Pulumi's provider for AWS are for Terraform's, which it is made of: the same types and attributes under other names.
/// </summary>
internal static class PulumiTypes
{
    /// <summary>The namespace of the provider's types.</summary>
    public const string Provider = "Pulumi.Aws";

    /// <summary>The type from which every resource derives.</summary>
    public const string Resource = "Pulumi.Resource";

    private static readonly Dictionary<string, string> TypesByName = new(StringComparer.Ordinal)
    {
        ["Lambda.Function"] = TerraformTypes.LambdaFunction,
        ["Lambda.Alias"] = TerraformTypes.LambdaAlias,
        ["Lambda.Permission"] = TerraformTypes.LambdaPermission,
        ["Lambda.EventSourceMapping"] = TerraformTypes.EventSourceMapping,
        ["Lambda.FunctionEventInvokeConfig"] = TerraformTypes.EventInvokeConfig,
        ["Sqs.Queue"] = TerraformTypes.SqsQueue,
        ["Sqs.RedrivePolicy"] = TerraformTypes.QueueRedrivePolicy,
        ["Sqs.RedriveAllowPolicy"] = TerraformTypes.QueueRedriveAllowPolicy,
        ["Kinesis.Stream"] = TerraformTypes.KinesisStream,
        ["Kinesis.StreamConsumer"] = TerraformTypes.KinesisStreamConsumer,
        ["DynamoDB.Table"] = TerraformTypes.DynamoDbTable,
        ["Sns.Topic"] = TerraformTypes.SnsTopic,
        ["Sns.TopicSubscription"] = TerraformTypes.SnsSubscription,
        ["S3.Bucket"] = TerraformTypes.S3Bucket,
        ["S3.BucketV2"] = TerraformTypes.S3Bucket,
        ["S3.BucketNotification"] = TerraformTypes.S3BucketNotification,
        ["CloudWatch.EventRule"] = TerraformTypes.EventRule,
        ["CloudWatch.EventTarget"] = TerraformTypes.EventTarget,
        ["CloudWatch.EventBus"] = TerraformTypes.EventBus,
        ["Scheduler.Schedule"] = TerraformTypes.Schedule,
        ["Iam.Role"] = TerraformTypes.IamRole,
        ["Iam.RolePolicy"] = TerraformTypes.IamRolePolicy,
        ["Iam.Policy"] = TerraformTypes.IamPolicy,
        ["Iam.PolicyAttachment"] = TerraformTypes.IamPolicyAttachment,
        ["Iam.RolePolicyAttachment"] = TerraformTypes.IamRolePolicyAttachment,
        ["DocDB.Cluster"] = "aws_docdb_cluster",
    };

    // What Pulumi calls otherwise than Terraform: names that would be the class's own, lists in the plural, and names of resources.
    private static readonly Dictionary<(string Type, string Property), string> AttributesByName = new()
    {
        [(TerraformTypes.LambdaFunction, "Name")] = "function_name",
        [(TerraformTypes.LambdaFunction, "Commands")] = "command",
        [(TerraformTypes.LambdaPermission, "Function")] = "function_name",
        [(TerraformTypes.EventSourceMapping, "Filters")] = "filter",
        [(TerraformTypes.EventSourceMapping, "SourceAccessConfigurations")] = "source_access_configuration",
        [(TerraformTypes.QueueRedrivePolicy, "RedrivePolicyName")] = "redrive_policy",
        [(TerraformTypes.QueueRedriveAllowPolicy, "RedriveAllowPolicyName")] = "redrive_allow_policy",
        [(TerraformTypes.SnsSubscription, "Topic")] = "topic_arn",
        [(TerraformTypes.S3Bucket, "BucketName")] = "bucket",
        [(TerraformTypes.S3BucketNotification, "LambdaFunctions")] = "lambda_function",
        [(TerraformTypes.S3BucketNotification, "Queues")] = "queue",
        [(TerraformTypes.IamRole, "InlinePolicies")] = "inline_policy",
        [(TerraformTypes.IamPolicy, "PolicyDocument")] = "policy",
    };

    // Attributes that are JSON, and are looked into.
    private static readonly HashSet<string> Documents = new(StringComparer.Ordinal)
    {
        "redrive_policy",
        "redrive_allow_policy",
        "filter_policy",
        "event_pattern",
        "policy",
    };

    /// <summary>Terraform's type of a resource; null for what is no resource of the provider.</summary>
    public static string? TerraformTypeOf(ITypeSymbol? type)
    {
        if (type is null || !type.IsIn(Provider) || !type.IsOrDerivesFrom("Pulumi.CustomResource"))
            return null;
        var name = type.ToDisplayString().Substring(Provider.Length + 1);
        return TypesByName.TryGetValue(name, out var known) ? known : "aws_" + Snake(name.Replace(".", ""));
    }

    /// <summary>Terraform's name of a property.</summary>
    /// <param name="terraformType">The type of its resource.</param>
    /// <param name="property">The property, of the resource or of an object in it.</param>
    public static string AttributeOf(string terraformType, string property) =>
        AttributesByName.TryGetValue((terraformType, property), out var attribute) ? attribute : Snake(property);

    /// <summary>Whether an attribute is JSON that is looked into.</summary>
    public static bool IsDocument(string attribute) => Documents.Contains(attribute);

    /// <summary>Whether an object is a part of a resource's arguments.</summary>
    public static bool IsArguments(ITypeSymbol? type) => type.IsOrDerivesFrom("Pulumi.ResourceArgs");

    /// <summary>The runtime that a member of <c>Lambda.Runtime</c> stands for; null for one that is not known.</summary>
    public static string? RuntimeOf(ISymbol member) =>
        !member.ContainingType.Is(Provider + ".Lambda.Runtime") ? null
        : member.Name.StartsWith("Dotnet", StringComparison.Ordinal) && member.Name.Skip("Dotnet".Length).All(char.IsDigit) ? member.Name.ToLowerInvariant()
        : member.Name switch
        {
            "Custom" => "provided",
            "CustomAL2" => "provided.al2",
            "CustomAL2023" => "provided.al2023",
            _ => null,
        };

    // VisibilityTimeoutSeconds -> visibility_timeout_seconds, S3Bucket -> s3_bucket
    private static string Snake(string name)
    {
        var result = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var isStart = char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (isStart)
                result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }
}
