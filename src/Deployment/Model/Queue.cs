using AtLeastOnce.Deployment.Aws;

namespace AtLeastOnce.Deployment.Model;

/// <summary>What happens to a message that is received too often (S-22, S-23).</summary>
/// <param name="DeadLetter">The queue it is moved to.</param>
/// <param name="MaxReceiveCount">The number of receives after which it is moved; has no default in practice (P-48a).</param>
internal sealed record RedrivePolicy(ResourceLink DeadLetter, Setting<int> MaxReceiveCount);

/// <summary>Which queues may give their messages up to a queue.</summary>
/// <param name="Permission"><c>allowAll</c>, <c>denyAll</c> or <c>byQueue</c>.</param>
/// <param name="Sources">The queues of <c>byQueue</c>.</param>
internal sealed record RedriveAllowPolicy(Setting<string> Permission, IReadOnlyList<ResourceLink> Sources);

/// <summary>An SQS queue.</summary>
/// <param name="logicalId">The name by which the file knows it.</param>
internal sealed class Queue(string logicalId) : Resource(logicalId)
{
    /// <summary>The deployed name; missing when CloudFormation makes one up.</summary>
    public Setting<string> Name { get; init; } = Setting<string>.Missing();

    /// <summary>Whether it is a FIFO queue.</summary>
    public Setting<bool> IsFifo { get; init; } = Setting<bool>.Default(false);

    /// <summary>Whether a message without a deduplication id is known by the hash of its body (S-45); FIFO queues only.</summary>
    public Setting<bool> ContentBasedDeduplication { get; init; } = Setting<bool>.Default(false);

    /// <summary>Within what a deduplication id is unique: <c>queue</c> or <c>messageGroup</c> (S-46); FIFO queues only.</summary>
    public Setting<string> DeduplicationScope { get; init; } = Setting<string>.Default(Defaults.DeduplicationScope);

    /// <summary>To what the limit of throughput applies: <c>perQueue</c> or <c>perMessageGroupId</c> (S-46); FIFO queues only.</summary>
    public Setting<string> FifoThroughputLimit { get; init; } = Setting<string>.Default(Defaults.FifoThroughputLimit);

    /// <summary>Seconds for which a received message stays invisible (S-20).</summary>
    public Setting<int> VisibilityTimeout { get; init; } = Setting<int>.Default(Defaults.VisibilityTimeout);

    /// <summary>Seconds after which a message is deleted silently (S-21).</summary>
    public Setting<int> MessageRetentionPeriod { get; init; } = Setting<int>.Default(Defaults.MessageRetentionPeriod);

    /// <summary>Seconds before a sent message can be received (B-21).</summary>
    public Setting<int> DelaySeconds { get; init; } = Setting<int>.Default(Defaults.DelaySeconds);

    /// <summary>Seconds that a receive waits for a message (S-29).</summary>
    public Setting<int> ReceiveMessageWaitTime { get; init; } = Setting<int>.Default(Defaults.ReceiveMessageWaitTime);

    /// <summary>Where messages go that are received too often; missing when they are received again until they expire.</summary>
    public Setting<RedrivePolicy> RedrivePolicy { get; init; } = Setting<RedrivePolicy>.Missing();

    /// <summary>Which queues may give messages up to this one; missing when all of the account may.</summary>
    public Setting<RedriveAllowPolicy> RedriveAllowPolicy { get; init; } = Setting<RedriveAllowPolicy>.Missing();
}
