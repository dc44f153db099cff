using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Reads <c>AWS::Kinesis::Stream</c> and <c>AWS::Kinesis::StreamConsumer</c>.</summary>
internal sealed class StreamReader(TemplateContext context)
{
    /// <summary>The stream that a resource declares.</summary>
    public KinesisStream Read(TemplateResource resource)
    {
        var settings = context.SettingsOf(resource, null);
        var mode = settings.Text("StreamModeDetails.StreamMode");
        var shards = settings.Number("ShardCount", null);

        // A stream with a number of shards is provisioned unless it says otherwise; what one is that says neither is not documented.
        return new(resource.LogicalId)
        {
            Site = context.SiteOf(resource),
            Name = settings.Text("Name"),
            Mode =
                mode.IsMissing && shards.State == SettingState.Known && !shards.MayBeMissing
                    ? Setting<string>.Default(KinesisStream.Provisioned, mode.Enclosing)
                    : mode,
            ShardCount = shards,
            RetentionHours = settings.Number("RetentionPeriodHours", Defaults.KinesisRetentionHours),
        };
    }

    /// <summary>The consumer that a resource declares.</summary>
    public StreamConsumer ReadConsumer(TemplateResource resource)
    {
        var settings = context.SettingsOf(resource, null);
        return new(resource.LogicalId)
        {
            Site = context.SiteOf(resource),
            Name = settings.Text("ConsumerName"),
            Stream = context.Links.ReadRequired(settings, "StreamARN"),
        };
    }
}
