using Constructs;

namespace Amazon.CDK.AWS.SQS;

public interface IQueue : IConstruct
{
    string QueueArn { get; }
    string QueueName { get; }
    string QueueUrl { get; }

    IAM.Grant GrantConsumeMessages(IAM.IGrantable grantee);

    IAM.Grant GrantSendMessages(IAM.IGrantable grantee);
}

public interface IDeadLetterQueue
{
    double MaxReceiveCount { get; }
    IQueue Queue { get; }
}

public class DeadLetterQueue : IDeadLetterQueue
{
    public double MaxReceiveCount { get; set; }
    public IQueue Queue { get; set; }
}

public enum DeduplicationScope
{
    MESSAGE_GROUP,
    QUEUE,
}

public enum FifoThroughputLimit
{
    PER_QUEUE,
    PER_MESSAGE_GROUP_ID,
}

public enum RedrivePermission
{
    ALLOW_ALL,
    DENY_ALL,
    BY_QUEUE,
}

public interface IQueueProps
{
    bool? ContentBasedDeduplication { get; }
    IDeadLetterQueue DeadLetterQueue { get; }
    DeduplicationScope? DeduplicationScope { get; }
    Duration DeliveryDelay { get; }
    bool? Fifo { get; }
    FifoThroughputLimit? FifoThroughputLimit { get; }
    string QueueName { get; }
    Duration ReceiveMessageWaitTime { get; }
    IRedriveAllowPolicy RedriveAllowPolicy { get; }
    Duration RetentionPeriod { get; }
    Duration VisibilityTimeout { get; }
}

public interface IRedriveAllowPolicy
{
    IQueue[] SourceQueues { get; }
}

public class RedriveAllowPolicy : IRedriveAllowPolicy
{
    public RedrivePermission? RedrivePermission { get; set; }
    public IQueue[] SourceQueues { get; set; }
}

public class QueueProps : IQueueProps
{
    public bool? ContentBasedDeduplication { get; set; }
    public IDeadLetterQueue DeadLetterQueue { get; set; }
    public DeduplicationScope? DeduplicationScope { get; set; }
    public Duration DeliveryDelay { get; set; }
    public bool? Fifo { get; set; }
    public FifoThroughputLimit? FifoThroughputLimit { get; set; }
    public string QueueName { get; set; }
    public Duration ReceiveMessageWaitTime { get; set; }
    public IRedriveAllowPolicy RedriveAllowPolicy { get; set; }
    public Duration RetentionPeriod { get; set; }
    public Duration VisibilityTimeout { get; set; }
}

public class Queue(Construct scope, string id, IQueueProps props = null) : Resource(scope, id), IQueue
{
    public string QueueArn => "";
    public string QueueName => props?.QueueName;
    public string QueueUrl => "";

    public IAM.Grant GrantConsumeMessages(IAM.IGrantable grantee) => new();

    public IAM.Grant GrantSendMessages(IAM.IGrantable grantee) => new();

    public static IQueue FromQueueArn(Construct scope, string id, string queueArn) => new Queue(scope, id);
}

public interface ICfnQueueProps
{
    double? VisibilityTimeout { get; }
}

public class CfnQueueProps : ICfnQueueProps
{
    public object ContentBasedDeduplication { get; set; }
    public double? DelaySeconds { get; set; }
    public object FifoQueue { get; set; }
    public double? MessageRetentionPeriod { get; set; }
    public string QueueName { get; set; }
    public object RedrivePolicy { get; set; }
    public double? VisibilityTimeout { get; set; }
}

public class CfnQueue(Construct scope, string id, ICfnQueueProps props = null) : CfnResource(scope, id)
{
    public string AttrArn => "";
    public double? VisibilityTimeout { get; set; } = props?.VisibilityTimeout;
}
