namespace AtLeastOnce.Deployment.Model;

/// <summary>An SNS topic.</summary>
/// <param name="logicalId">The name by which the file knows it.</param>
internal sealed class Topic(string logicalId) : Resource(logicalId)
{
    /// <summary>The deployed name; missing when CloudFormation makes one up.</summary>
    public Setting<string> Name { get; init; } = Setting<string>.Missing();

    /// <summary>Whether it is a FIFO topic.</summary>
    public Setting<bool> IsFifo { get; init; } = Setting<bool>.Default(false);

    /// <summary>Whether a message without a deduplication id is known by the hash of its body; FIFO topics only.</summary>
    public Setting<bool> ContentBasedDeduplication { get; init; } = Setting<bool>.Default(false);
}
