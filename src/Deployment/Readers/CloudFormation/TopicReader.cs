using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Reads <c>AWS::SNS::Topic</c> and <c>AWS::S3::Bucket</c>, without what they trigger.</summary>
internal sealed class TopicReader(TemplateContext context)
{
    /// <summary>The topic that a resource declares.</summary>
    public Topic Read(TemplateResource resource)
    {
        var settings = context.SettingsOf(resource, null);
        return new(resource.LogicalId)
        {
            Site = context.SiteOf(resource),
            Name = settings.Text("TopicName"),
            IsFifo = settings.Flag("FifoTopic", false),
            ContentBasedDeduplication = settings.Flag("ContentBasedDeduplication", false),
        };
    }

    /// <summary>The bucket that a resource declares.</summary>
    public Bucket ReadBucket(TemplateResource resource)
    {
        const string EventBridge = "NotificationConfiguration.EventBridgeConfiguration";
        var settings = context.SettingsOf(resource, null);
        return new(resource.LogicalId)
        {
            Site = context.SiteOf(resource),
            Name = settings.Text("BucketName"),
            NotifiesEventBridge = settings.Flag(EventBridge + ".EventBridgeEnabled", settings.IsWritten(EventBridge)),
        };
    }
}
