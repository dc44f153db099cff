namespace Pulumi.Aws.Sqs;

public class Queue : CustomResource
{
    public Queue(string name, QueueArgs args = null, CustomResourceOptions options = null)
        : base("aws:sqs/queue:Queue", name, args, options) { }

    public Output<string> Arn { get; }
    public Output<string> Name { get; }
    public Output<string> Url { get; }

    public static Queue Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
}

public sealed class QueueArgs : ResourceArgs
{
    private InputMap<string> _tags;

    public Input<bool> ContentBasedDeduplication { get; set; }
    public Input<string> DeduplicationScope { get; set; }
    public Input<int> DelaySeconds { get; set; }
    public Input<bool> FifoQueue { get; set; }
    public Input<string> FifoThroughputLimit { get; set; }
    public Input<string> KmsMasterKeyId { get; set; }
    public Input<int> MaxMessageSize { get; set; }
    public Input<int> MessageRetentionSeconds { get; set; }
    public Input<string> Name { get; set; }
    public Input<string> Policy { get; set; }
    public Input<int> ReceiveWaitTimeSeconds { get; set; }
    public Input<string> RedriveAllowPolicy { get; set; }
    public Input<string> RedrivePolicy { get; set; }

    public InputMap<string> Tags
    {
        get => _tags ??= new();
        set => _tags = value;
    }

    public Input<int> VisibilityTimeoutSeconds { get; set; }
}

public class RedrivePolicy : CustomResource
{
    public RedrivePolicy(string name, RedrivePolicyArgs args, CustomResourceOptions options = null)
        : base("aws:sqs/redrivePolicy:RedrivePolicy", name, args, options) { }

    public Output<string> QueueUrl { get; }
    public Output<string> RedrivePolicyName { get; }

    public static RedrivePolicy Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
}

public sealed class RedrivePolicyArgs : ResourceArgs
{
    public Input<string> QueueUrl { get; set; }
    public Input<string> RedrivePolicyName { get; set; }
}

public class RedriveAllowPolicy : CustomResource
{
    public RedriveAllowPolicy(string name, RedriveAllowPolicyArgs args, CustomResourceOptions options = null)
        : base("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", name, args, options) { }

    public Output<string> QueueUrl { get; }
    public Output<string> RedriveAllowPolicyName { get; }

    public static RedriveAllowPolicy Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
}

public sealed class RedriveAllowPolicyArgs : ResourceArgs
{
    public Input<string> QueueUrl { get; set; }
    public Input<string> RedriveAllowPolicyName { get; set; }
}
