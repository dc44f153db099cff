namespace AtLeastOnce.Deployment.Model;

/// <summary>An S3 bucket. What it notifies is among the model's triggers.</summary>
/// <param name="logicalId">The name by which the file knows it.</param>
internal sealed class Bucket(string logicalId) : Resource(logicalId)
{
    /// <summary>The deployed name; missing when CloudFormation makes one up.</summary>
    public Setting<string> Name { get; init; } = Setting<string>.Missing();

    /// <summary>Whether all of its events go to EventBridge.</summary>
    public Setting<bool> NotifiesEventBridge { get; init; } = Setting<bool>.Default(false);
}
