namespace AtLeastOnce.Deployment.Dialects;

/// <summary>What each setting is called in each dialect: for those who write it, and for advice about it.</summary>
internal static class SettingNames
{
    private const string BatchingWindow = "MaximumBatchingWindowInSeconds";

    // Paths as a dialect writes them; what the Serverless Framework and Pulumi take as CloudFormation has no name of its own there.
    private static readonly Dictionary<string, Names> ByProperty = new(StringComparer.Ordinal)
    {
        ["FunctionResponseTypes"] = new("function_response_types", "functionResponseType", "ReportBatchItemFailures"),
        ["BatchSize"] = new("batch_size", "batchSize", "BatchSize"),
        [BatchingWindow] = new("maximum_batching_window_in_seconds", "maximumBatchingWindow", "MaxBatchingWindow"),
        ["ScalingConfig.MaximumConcurrency"] = new("scaling_config.maximum_concurrency", "maximumConcurrency", "MaxConcurrency"),
        ["StartingPosition"] = new("starting_position", "startingPosition", "StartingPosition"),
        ["ParallelizationFactor"] = new("parallelization_factor", "parallelizationFactor", "ParallelizationFactor"),
        ["BisectBatchOnFunctionError"] = new("bisect_batch_on_function_error", "bisectBatchOnFunctionError", "BisectBatchOnError"),
        ["MaximumRetryAttempts"] = new("maximum_retry_attempts", "maximumRetryAttempts", "RetryAttempts"),
        ["MaximumRecordAgeInSeconds"] = new("maximum_record_age_in_seconds", "maximumRecordAgeInSeconds", "MaxRecordAge"),
        ["TumblingWindowInSeconds"] = new("tumbling_window_in_seconds", "tumblingWindowInSeconds", "TumblingWindow"),
        ["DestinationConfig.OnFailure"] = new("destination_config.on_failure", "destinations.onFailure", "OnFailure"),
        ["DestinationConfig.OnFailure.Destination"] = new(
            "destination_config.on_failure.destination_arn",
            "destinations.onFailure",
            "OnFailure",
            "DestinationConfig.OnFailure.DestinationArn"
        ),
        ["Timeout"] = new("timeout", "timeout", "Timeout"),
        ["VisibilityTimeout"] = new("visibility_timeout_seconds", null, "VisibilityTimeout", "VisibilityTimeoutSeconds"),
        ["MessageRetentionPeriod"] = new("message_retention_seconds", null, "RetentionPeriod", "MessageRetentionSeconds"),
        ["DelaySeconds"] = new("delay_seconds", null, "DeliveryDelay"),
        ["ReceiveMessageWaitTimeSeconds"] = new("receive_wait_time_seconds", null, "ReceiveMessageWaitTime", "ReceiveWaitTimeSeconds"),
        ["FifoQueue"] = new("fifo_queue", null, "Fifo"),
        ["ContentBasedDeduplication"] = new("content_based_deduplication", null, "ContentBasedDeduplication"),
        ["DeduplicationScope"] = new("deduplication_scope", null, "DeduplicationScope"),
        ["FifoThroughputLimit"] = new("fifo_throughput_limit", null, "FifoThroughputLimit"),
        ["RedrivePolicy"] = new("redrive_policy", null, "DeadLetterQueue"),
        ["RedrivePolicy.maxReceiveCount"] = new("redrive_policy.maxReceiveCount", null, "DeadLetterQueue.MaxReceiveCount"),
        ["StreamSpecification.StreamViewType"] = new("stream_view_type", null, "Stream", "StreamViewType"),
        ["RetentionPeriodHours"] = new("retention_period", null, "RetentionPeriod", "RetentionPeriod"),
    };

    /// <summary>The properties that have names of their own in some dialect.</summary>
    public static IEnumerable<string> Properties => ByProperty.Keys;

    /// <summary>The path at which a dialect writes a property.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="property">CloudFormation's path below the resource's properties: <c>RedrivePolicy.maxReceiveCount</c>.</param>
    /// <param name="isStream">Whether the property is a stream's mapping's.</param>
    /// <returns>The path; CloudFormation's own where the dialect has no other.</returns>
    public static string PathOf(Dialect dialect, string property, bool isStream = false)
    {
        if (!ByProperty.TryGetValue(property, out var names))
            return property;
        return dialect switch
        {
            Dialect.Terraform or Dialect.TerraformPlan => names.Terraform,
            Dialect.ServerlessFramework when isStream && property == BatchingWindow => "batchWindow",
            Dialect.ServerlessFramework => names.ServerlessFramework ?? property,
            Dialect.Cdk => names.Cdk,
            Dialect.Pulumi => names.Pulumi ?? property,
            _ => property,
        };
    }

    private sealed record Names(string Terraform, string? ServerlessFramework, string Cdk, string? Pulumi = null);
}
