using AtLeastOnce.Deployment.Aws;

namespace AtLeastOnce.Deployment.Model;

/// <summary>What happens to a message that is received too often (S-22, S-23).</summary>
/// <param name="DeadLetter">The queue it is moved to.</param>
/// <param name="MaxReceiveCount">The number of receives after which it is moved; has no default in practice (P-48a).</param>
internal sealed record RedrivePolicy(ResourceLink DeadLetter, Setting<int> MaxReceiveCount);

/// <summary>An SQS queue.</summary>
/// <param name="logicalId">The name by which the file knows it.</param>
internal sealed class Queue(string logicalId) : Resource(logicalId)
{
    /// <summary>The deployed name; missing when CloudFormation makes one up.</summary>
    public Setting<string> Name { get; init; } = Setting<string>.Missing();

    /// <summary>Whether it is a FIFO queue.</summary>
    public Setting<bool> IsFifo { get; init; } = Setting<bool>.Default(false);

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
}
