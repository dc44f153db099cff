using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

/// <summary>Reads streams and their consumers, tables, topics, and the aliases through which functions are invoked.</summary>
internal sealed class CdkSources(ProgramValues values, CdkValues reader, CdkResources resources)
{
    /// <summary>The stream that a construct makes.</summary>
    public KinesisStream StreamOf(string id, ResourceSite site, CdkProps props)
    {
        var retention = Setting<int>.Default(Defaults.KinesisRetentionHours);
        var hasShards = props.Has("ShardCount");
        return new(id)
        {
            Site = site,
            Name = NameIn(props, props.Has("Name") ? "Name" : "StreamName"),
            Mode = props.ReadObject("StreamMode", CdkValues.Member, hasShards ? Setting<string>.Default(KinesisStream.Provisioned) : Setting<string>.Missing()),
            RetentionHours = props.Has("RetentionPeriodHours")
                ? props.Read("RetentionPeriodHours", reader.Number, retention)
                : props.Read("RetentionPeriod", reader.Hours, retention),
            ShardCount = props.Read("ShardCount", reader.Number, Setting<int>.Missing()),
        };
    }

    /// <summary>The consumer that a construct makes.</summary>
    public StreamConsumer ConsumerOf(string id, ResourceSite site, CdkProps props)
    {
        var stream = resources.LinkTo(props.Value("Stream"));
        resources.AddConsumer(id, stream);
        return new(id)
        {
            Site = site,
            Name = NameIn(props, "StreamConsumerName"),
            Stream = stream,
        };
    }

    /// <summary>The table that a construct makes.</summary>
    public Table TableOf(string id, ResourceSite site, CdkProps props) =>
        new(id)
        {
            Site = site,
            Name = NameIn(props, "TableName"),
            StreamViewType = props.ReadObject(props.Has("DynamoStream") ? "DynamoStream" : "Stream", CdkValues.Member, Setting<string>.Missing()),
            PartitionKey = props.ReadObject("PartitionKey", AttributeName, Setting<string>.Missing()),
            SortKey = props.ReadObject("SortKey", AttributeName, Setting<string>.Missing()),
            TimeToLiveAttribute = NameIn(props, "TimeToLiveAttribute"),
        };

    /// <summary>The topic that a construct makes.</summary>
    public static Topic TopicOf(string id, ResourceSite site, CdkProps props) =>
        new(id)
        {
            Site = site,
            Name = NameIn(props, "TopicName"),
            IsFifo = props.Read("Fifo", CdkValues.Flag, Setting<bool>.Default(false)),
            ContentBasedDeduplication = props.Read("ContentBasedDeduplication", CdkValues.Flag, Setting<bool>.Default(false)),
        };

    /// <summary>The alias that a construct makes.</summary>
    public FunctionAlias AliasOf(Written creation, string id, ResourceSite site, CdkProps props) =>
        new(id)
        {
            Site = site,
            Name = NameIn(props, "AliasName"),
            Function = resources.FunctionOfAlias(creation),
        };

    private static Setting<string> NameIn(CdkProps props, string name) => props.ReadObject(name, CdkValues.Text, Setting<string>.Missing());

    // new Attribute { Name = "id", Type = AttributeType.STRING }
    private string? AttributeName(Written value) =>
        value.Operation is IObjectCreationOperation && values.MemberOf(value, "Name", out _) is { } name && values.Single(name) is { } only
            ? CdkValues.Text(only)
            : null;
}
