using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using static AtLeastOnce.Deployment.Readers.Terraform.Resources.PropertyRule;

namespace AtLeastOnce.Deployment.Readers.Terraform.Resources;

/// <summary>What the resource types of Terraform's provider are for AWS. What is left out of them has AWS's own defaults.</summary>
internal static class TerraformSchema
{
    // What is no type that is read keeps its name: a link may lead to it.
    private const string UnreadPrefix = "AWS::Terraform::";

    private static readonly Dictionary<string, TerraformType> ByName = new TerraformType[]
    {
        new(
            TerraformTypes.LambdaFunction,
            ResourceTypes.LambdaFunction,
            [
                Attribute("function_name", "FunctionName"),
                Attribute("handler", "Handler"),
                Attribute("runtime", "Runtime"),
                Attribute("package_type", "PackageType"),
                Attribute("filename", "Code"),
                Attribute("timeout", "Timeout"),
                Attribute("memory_size", "MemorySize"),
                Converted("reserved_concurrent_executions", "ReservedConcurrentExecutions", Conversions.ToReserved),
                Attribute("role", "Role"),
                Block("environment", "Environment", Attribute("variables", "Variables")),
                Block("image_config", "ImageConfig", Attribute("command", "Command")),
                Block("dead_letter_config", "DeadLetterConfig", Attribute("target_arn", "TargetArn")),
            ]
        )
        {
            Identities = new Dictionary<string, string>(TerraformType.NameIsId("function_name")) { ["qualified_arn"] = "Arn" },
            Defaults = new Dictionary<string, string> { ["timeout"] = Text(Defaults.FunctionTimeout), ["memory_size"] = Text(Defaults.FunctionMemorySize) },
        },
        new(TerraformTypes.LambdaAlias, ResourceTypes.LambdaAlias, [Attribute("name", "Name"), Attribute("function_name", "FunctionName")])
        {
            Identities = new Dictionary<string, string> { ["arn"] = "Arn", ["id"] = "Arn" },
        },
        new(TerraformTypes.LambdaPermission, ResourceTypes.LambdaPermission, [Attribute("function_name", "FunctionName")]),
        new(
            TerraformTypes.EventSourceMapping,
            ResourceTypes.LambdaEventSourceMapping,
            [
                Attribute("event_source_arn", "EventSourceArn"),
                Attribute("function_name", "FunctionName"),
                Attribute("enabled", "Enabled"),
                Attribute("batch_size", "BatchSize"),
                Attribute("maximum_batching_window_in_seconds", "MaximumBatchingWindowInSeconds"),
                Attribute("function_response_types", "FunctionResponseTypes"),
                Block("filter_criteria", "FilterCriteria", Blocks("filter", "Filters", Attribute("pattern", "Pattern"))),
                Block("scaling_config", "ScalingConfig", Attribute("maximum_concurrency", "MaximumConcurrency")),
                Block(
                    "provisioned_poller_config",
                    "ProvisionedPollerConfig",
                    Attribute("minimum_pollers", "MinimumPollers"),
                    Attribute("maximum_pollers", "MaximumPollers")
                ),
                Attribute("starting_position", "StartingPosition"),
                Converted("starting_position_timestamp", "StartingPositionTimestamp", Conversions.ToSeconds),
                Attribute("parallelization_factor", "ParallelizationFactor"),
                Attribute("bisect_batch_on_function_error", "BisectBatchOnFunctionError"),
                Attribute("maximum_retry_attempts", "MaximumRetryAttempts"),
                Attribute("maximum_record_age_in_seconds", "MaximumRecordAgeInSeconds"),
                Attribute("tumbling_window_in_seconds", "TumblingWindowInSeconds"),
                Block("destination_config", "DestinationConfig", Block("on_failure", "OnFailure", Attribute("destination_arn", "Destination"))),
                Block("self_managed_event_source", "SelfManagedEventSource", Attribute("endpoints", "Endpoints")),
                Blocks("source_access_configuration", "SourceAccessConfigurations", Attribute("type", "Type"), Attribute("uri", "URI")),
                Attribute("topics", "Topics"),
                Attribute("queues", "Queues"),
            ]
        ),
        new(
            TerraformTypes.EventInvokeConfig,
            ResourceTypes.LambdaEventInvokeConfig,
            [
                Attribute("function_name", "FunctionName"),
                Attribute("qualifier", "Qualifier"),
                Attribute("maximum_retry_attempts", "MaximumRetryAttempts"),
                Attribute("maximum_event_age_in_seconds", "MaximumEventAgeInSeconds"),
                Block(
                    "destination_config",
                    "DestinationConfig",
                    Block("on_failure", "OnFailure", Attribute("destination", "Destination")),
                    Block("on_success", "OnSuccess", Attribute("destination", "Destination"))
                ),
            ]
        ),
        new(
            TerraformTypes.SqsQueue,
            ResourceTypes.SqsQueue,
            [
                Attribute("name", "QueueName"),
                Attribute("fifo_queue", "FifoQueue"),
                Attribute("content_based_deduplication", "ContentBasedDeduplication"),
                Attribute("deduplication_scope", "DeduplicationScope"),
                Attribute("fifo_throughput_limit", "FifoThroughputLimit"),
                Attribute("visibility_timeout_seconds", "VisibilityTimeout"),
                Attribute("message_retention_seconds", "MessageRetentionPeriod"),
                Attribute("delay_seconds", "DelaySeconds"),
                Attribute("receive_wait_time_seconds", "ReceiveMessageWaitTimeSeconds"),
                Document("redrive_policy", "RedrivePolicy"),
                Document("redrive_allow_policy", "RedriveAllowPolicy"),
                Document("policy", ResourcePolicies.OfOwner),
            ]
        )
        {
            Identities = new Dictionary<string, string>
            {
                ["arn"] = "Arn",
                ["id"] = "QueueUrl",
                ["url"] = "QueueUrl",
                ["name"] = "QueueName",
            },
            Defaults = new Dictionary<string, string>
            {
                ["visibility_timeout_seconds"] = Text(Defaults.VisibilityTimeout),
                ["message_retention_seconds"] = Text(Defaults.MessageRetentionPeriod),
                ["delay_seconds"] = Text(Defaults.DelaySeconds),
                ["receive_wait_time_seconds"] = Text(Defaults.ReceiveMessageWaitTime),
            },
        },
        new(TerraformTypes.SqsQueuePolicy, ResourceTypes.SqsQueuePolicy, [Attribute("queue_url", "Queues"), Document("policy", "PolicyDocument")]),
        new(TerraformTypes.SnsTopicPolicy, ResourceTypes.SnsTopicPolicy, [Attribute("arn", "Topics"), Document("policy", "PolicyDocument")]),
        new(TerraformTypes.S3BucketPolicy, ResourceTypes.S3BucketPolicy, [Attribute("bucket", "Bucket"), Document("policy", "PolicyDocument")]),
        new(
            TerraformTypes.KinesisResourcePolicy,
            ResourceTypes.KinesisResourcePolicy,
            [Attribute("resource_arn", "ResourceArn"), Document("policy", "ResourcePolicy")]
        ),
        new(
            TerraformTypes.KinesisStream,
            ResourceTypes.KinesisStream,
            [
                Attribute("name", "Name"),
                Attribute("shard_count", "ShardCount"),
                Attribute("retention_period", "RetentionPeriodHours"),
                Block("stream_mode_details", "StreamModeDetails", Attribute("stream_mode", "StreamMode")),
            ]
        )
        {
            Identities = TerraformType.ArnIsId("name"),
            Defaults = new Dictionary<string, string> { ["retention_period"] = Text(Defaults.KinesisRetentionHours) },
        },
        new(
            TerraformTypes.KinesisStreamConsumer,
            ResourceTypes.KinesisStreamConsumer,
            [Attribute("name", "ConsumerName"), Attribute("stream_arn", "StreamARN")]
        )
        {
            Identities = new Dictionary<string, string> { ["arn"] = "ConsumerARN", ["id"] = "ConsumerARN" },
        },
        new(TerraformTypes.DynamoDbTable, ResourceTypes.DynamoDbTable, [Attribute("name", "TableName"), Made(Conversions.ToTable)])
        {
            Identities = new Dictionary<string, string>(TerraformType.NameIsId("name")) { ["stream_arn"] = "StreamArn" },
        },
        new(
            TerraformTypes.SnsTopic,
            ResourceTypes.SnsTopic,
            [
                Attribute("name", "TopicName"),
                Attribute("fifo_topic", "FifoTopic"),
                Attribute("content_based_deduplication", "ContentBasedDeduplication"),
                Document("policy", ResourcePolicies.OfOwner),
            ]
        )
        {
            Identities = new Dictionary<string, string>
            {
                ["arn"] = "TopicArn",
                ["id"] = "TopicArn",
                ["name"] = "TopicName",
            },
        },
        new(
            TerraformTypes.SnsSubscription,
            ResourceTypes.SnsSubscription,
            [
                Attribute("topic_arn", "TopicArn"),
                Attribute("protocol", "Protocol"),
                Attribute("endpoint", "Endpoint"),
                Document("filter_policy", "FilterPolicy"),
                Attribute("filter_policy_scope", "FilterPolicyScope"),
                Attribute("raw_message_delivery", "RawMessageDelivery"),
                Document("redrive_policy", "RedrivePolicy"),
            ]
        ),
        new(TerraformTypes.S3Bucket, ResourceTypes.S3Bucket, [Attribute("bucket", "BucketName")]) { Identities = TerraformType.NameIsId("bucket") },
        new(
            TerraformTypes.S3BucketNotification,
            ResourceTypes.S3BucketNotification,
            [
                Attribute("bucket", "Bucket"),
                Blocks(
                    "lambda_function",
                    "LambdaConfigurations",
                    Attribute("lambda_function_arn", "Function"),
                    Attribute("events", "Events"),
                    Made(Conversions.ToKeyFilter)
                ),
                Blocks("queue", "QueueConfigurations", Attribute("queue_arn", "Queue"), Attribute("events", "Events"), Made(Conversions.ToKeyFilter)),
            ]
        ),
        new(
            TerraformTypes.EventRule,
            UnreadPrefix + TerraformTypes.EventRule,
            [
                Attribute("event_bus_name", "EventBusName"),
                Document("event_pattern", "EventPattern"),
                Attribute("schedule_expression", "ScheduleExpression"),
                Attribute("state", "State"),
                Converted("is_enabled", "State", Conversions.ToState),
            ]
        )
        {
            Identities = TerraformType.NameIsId("name"),
        },
        new(
            TerraformTypes.EventTarget,
            ResourceTypes.EventsTarget,
            [
                Attribute("event_bus_name", "EventBusName"),
                Attribute("arn", "Arn"),
                Attribute("input", "Input"),
                Attribute("input_path", "InputPath"),
                Block("input_transformer", "InputTransformer"),
                Block("dead_letter_config", "DeadLetterConfig", Attribute("arn", "Arn")),
                Block(
                    "retry_policy",
                    "RetryPolicy",
                    Attribute("maximum_retry_attempts", "MaximumRetryAttempts"),
                    Attribute("maximum_event_age_in_seconds", "MaximumEventAgeInSeconds")
                ),
            ]
        )
        {
            Identities = new Dictionary<string, string>(),
        },
        new(TerraformTypes.EventBus, UnreadPrefix + TerraformTypes.EventBus, []) { Identities = TerraformType.NameIsId("name") },
        new(
            TerraformTypes.Schedule,
            ResourceTypes.SchedulerSchedule,
            [
                Attribute("schedule_expression", "ScheduleExpression"),
                Attribute("schedule_expression_timezone", "ScheduleExpressionTimezone"),
                Attribute("state", "State"),
                Block(
                    "target",
                    "Target",
                    Attribute("arn", "Arn"),
                    Attribute("input", "Input"),
                    Block("dead_letter_config", "DeadLetterConfig", Attribute("arn", "Arn")),
                    Block(
                        "retry_policy",
                        "RetryPolicy",
                        Attribute("maximum_retry_attempts", "MaximumRetryAttempts"),
                        Attribute("maximum_event_age_in_seconds", "MaximumEventAgeInSeconds")
                    )
                ),
            ]
        ),
        new(
            TerraformTypes.IamRole,
            ResourceTypes.IamRole,
            [
                Attribute("name", "RoleName"),
                Attribute("managed_policy_arns", "ManagedPolicyArns"),
                Attribute("permissions_boundary", "PermissionsBoundary"),
                Blocks("inline_policy", "Policies", Attribute("name", "PolicyName"), Document("policy", "PolicyDocument")),
            ]
        )
        {
            Identities = TerraformType.NameIsId("name"),
        },
        new(TerraformTypes.IamRolePolicy, ResourceTypes.IamPolicy, [Made(Conversions.ToRoles), Document("policy", "PolicyDocument")]),
        new(TerraformTypes.IamPolicy, ResourceTypes.IamManagedPolicy, [Document("policy", "PolicyDocument")]) { Identities = TerraformType.ArnIsId("name") },
        new(TerraformTypes.IamRolePolicyAttachment, ResourceTypes.IamPolicy, [Made(Conversions.ToRoles), Made(Conversions.ToManagedPolicies)]),
        new(TerraformTypes.IamPolicyAttachment, ResourceTypes.IamPolicy, [Attribute("roles", "Roles"), Made(Conversions.ToManagedPolicies)]),
        new("aws_msk_cluster", "AWS::MSK::Cluster", []),
        new("aws_msk_serverless_cluster", "AWS::MSK::ServerlessCluster", []),
        new("aws_mq_broker", "AWS::AmazonMQ::Broker", []),
        new("aws_docdb_cluster", "AWS::DocDB::DBCluster", []),
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>The properties of a policy that a data source makes.</summary>
    public static IReadOnlyList<PropertyRule> PolicyDocument { get; } =
    [
        Blocks(
            "statement",
            "Statement",
            Made(Conversions.ToEffect),
            Attribute("actions", "Action"),
            Attribute("not_actions", "NotAction"),
            Attribute("resources", "Resource"),
            Attribute("not_resources", "NotResource"),
            Blocks("condition", "Condition")
        ),
    ];

    /// <summary>What redrive policies say that are resources of their own.</summary>
    public static IReadOnlyList<PropertyRule> SeparateRedrive { get; } =
    [Document("redrive_policy", "RedrivePolicy"), Document("redrive_allow_policy", "RedriveAllowPolicy")];

    /// <summary>What a type is for AWS; a type that is not read is one of AWS's if its name says so, else null.</summary>
    public static TerraformType? Find(string type) =>
        ByName.TryGetValue(type, out var known) ? known
        : type.StartsWith("aws_", StringComparison.Ordinal) ? new(type, UnreadPrefix + type, [])
        : null;

    /// <summary>Whether something of a type's blocks is read.</summary>
    public static bool IsRead(string type) =>
        type is TerraformTypes.QueueRedrivePolicy or TerraformTypes.QueueRedriveAllowPolicy || Find(type) is { Properties.Count: > 0 };

    private static string Text(int number) => FormattableString.Invariant($"{number}");
}
