using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

/// <summary>Reads queues.</summary>
internal sealed class CdkQueues(ProgramValues values, CdkValues reader, CdkResources resources)
{
    /// <summary>The queue that a construct makes.</summary>
    public Queue QueueOf(string id, ResourceSite site, CdkProps props)
    {
        var name = props.ReadObject("QueueName", CdkValues.Text, Setting<string>.Missing());
        return new(id)
        {
            Site = site,
            Name = name,
            IsFifo =
                props.Has("Fifo") ? props.Read("Fifo", CdkValues.Flag, Setting<bool>.Default(false))
                : name.State == SettingState.Unknown ? Setting<bool>.Unknown("its name is computed in code", name.KeyPlace, name.ValuePlace)
                : name.All(text => text.EndsWith(".fifo", StringComparison.Ordinal)) ? name.Select(_ => true)
                : Setting<bool>.Default(false).In(props.Enclosing),
            ContentBasedDeduplication = props.Read("ContentBasedDeduplication", CdkValues.Flag, Setting<bool>.Default(false)),
            DeduplicationScope = props.ReadObject("DeduplicationScope", ScopeOf, Setting<string>.Default(Defaults.DeduplicationScope)),
            FifoThroughputLimit = props.ReadObject("FifoThroughputLimit", LimitOf, Setting<string>.Default(Defaults.FifoThroughputLimit)),
            VisibilityTimeout = props.Read("VisibilityTimeout", reader.Seconds, Setting<int>.Default(Defaults.VisibilityTimeout)),
            MessageRetentionPeriod = props.Read("RetentionPeriod", reader.Seconds, Setting<int>.Default(Defaults.MessageRetentionPeriod)),
            DelaySeconds = props.Read("DeliveryDelay", reader.Seconds, Setting<int>.Default(Defaults.DelaySeconds)),
            ReceiveMessageWaitTime = props.Read("ReceiveMessageWaitTime", reader.Seconds, Setting<int>.Default(Defaults.ReceiveMessageWaitTime)),
            RedrivePolicy = props.ReadObject("DeadLetterQueue", RedriveOf, Setting<RedrivePolicy>.Missing()),
            RedriveAllowPolicy = props.ReadObject("RedriveAllowPolicy", AllowPolicyOf, Setting<RedriveAllowPolicy>.Missing()),
        };
    }

    private RedrivePolicy? RedriveOf(Written written)
    {
        if (written.Operation is not IObjectCreationOperation)
            return null;
        var policy = new CdkProps(values, written.Operation, written, false);
        return new(resources.LinkTo(policy.Value("Queue")), policy.Read("MaxReceiveCount", reader.Number, Setting<int>.Missing()));
    }

    // Queues that are named permit by queue; where none is named, all may.
    private RedriveAllowPolicy? AllowPolicyOf(Written written)
    {
        if (written.Operation is not IObjectCreationOperation)
            return null;
        var policy = new CdkProps(values, written.Operation, written, false);
        var sources = policy.Value("SourceQueues") is { } value ? values.Single(value) : null;
        if (sources is { } list ? !CdkValues.IsList(list) : policy.Has("SourceQueues"))
            return null;
        return new(
            policy.ReadObject("RedrivePermission", PermissionOf, Setting<string>.Default(sources is null ? "allowAll" : "byQueue")),
            sources is { } queues ? [.. CdkValues.ElementsOf(queues).Select(queue => resources.LinkTo(queue))] : []
        );
    }

    private static string? PermissionOf(Written value) =>
        CdkValues.Member(value) switch
        {
            "ALLOW_ALL" => "allowAll",
            "DENY_ALL" => "denyAll",
            "BY_QUEUE" => "byQueue",
            _ => null,
        };

    private static string? ScopeOf(Written value) =>
        CdkValues.Member(value) switch
        {
            "MESSAGE_GROUP" => "messageGroup",
            "QUEUE" => "queue",
            _ => null,
        };

    private static string? LimitOf(Written value) =>
        CdkValues.Member(value) switch
        {
            "PER_QUEUE" => "perQueue",
            "PER_MESSAGE_GROUP_ID" => "perMessageGroupId",
            _ => null,
        };

    /// <summary>The queue that a resource of CloudFormation's own level makes.</summary>
    public Queue LowLevelQueueOf(string id, ResourceSite site, CdkProps props) =>
        new(id)
        {
            Site = site,
            Name = props.ReadObject("QueueName", CdkValues.Text, Setting<string>.Missing()),
            IsFifo = props.Read("FifoQueue", CdkValues.Flag, Setting<bool>.Default(false)),
            ContentBasedDeduplication = props.Read("ContentBasedDeduplication", CdkValues.Flag, Setting<bool>.Default(false)),
            VisibilityTimeout = props.Read("VisibilityTimeout", reader.Number, Setting<int>.Default(Defaults.VisibilityTimeout)),
            MessageRetentionPeriod = props.Read("MessageRetentionPeriod", reader.Number, Setting<int>.Default(Defaults.MessageRetentionPeriod)),
            DelaySeconds = props.Read("DelaySeconds", reader.Number, Setting<int>.Default(Defaults.DelaySeconds)),
            RedrivePolicy = props.Has("RedrivePolicy")
                ? Setting<RedrivePolicy>.Unknown("it is an object that is made in code", default, props.Enclosing)
                : Setting<RedrivePolicy>.Missing(props.Enclosing),
        };
}
