using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Reads event source mappings: resources of their own, and events of SAM functions.</summary>
internal sealed class MappingReader(TemplateContext context)
{
    private const string ConsumerPart = "/consumer/";

    /// <summary>What a SAM event of the given type reads from; null for an event that becomes no event source mapping.</summary>
    public static EventSourceKind? KindOf(string? eventType) =>
        eventType switch
        {
            "SQS" => EventSourceKind.Sqs,
            "Kinesis" => EventSourceKind.Kinesis,
            "DynamoDB" => EventSourceKind.DynamoDb,
            "MSK" or "MQ" or "SelfManagedKafka" or "DocumentDB" => EventSourceKind.Other,
            _ => null,
        };

    /// <summary>The mapping that a resource of its own declares.</summary>
    public EventSourceMapping Read(TemplateResource resource)
    {
        var settings = context.SettingsOf(resource, null);
        var source = context.Links.ReadRequired(settings, "EventSourceArn");
        var kind =
            resource.Origin?.SourceKind is { } known ? known
            : resource.Properties?["SelfManagedEventSource"] is null ? context.Links.KindOf(source)
            : EventSourceKind.Other;
        var ends = new Ends(source, context.Links.ReadRequired(settings, "FunctionName"));
        var identity = new Identity(resource.LogicalId, resource.Origin?.DisplayName ?? resource.LogicalId, context.SiteOf(resource))
        {
            IsFunctionEvent = resource.Origin is not null,
            Defaults = resource.Defaults,
        };
        return Read(identity, kind, settings, ends);
    }

    /// <summary>The mapping that a SAM function's event becomes.</summary>
    public EventSourceMapping Read(FunctionEvent written, EventSourceKind kind) =>
        Read(
            new(written.LogicalId, written.Name, written.Site, written),
            kind,
            written.Settings,
            new(context.Links.ReadRequired(written.Settings, SourcePropertyOf(written.Type)), written.Function)
        );

    /// <summary>The mapping from an existing queue that a topic's event becomes.</summary>
    public EventSourceMapping Read(FunctionEvent written, YamlMapping subscription)
    {
        var settings = written.Settings.Within(subscription);
        return Read(
            Between(
                written,
                written.Site with
                {
                    PropertiesPlace = context.Map.PlaceOf(subscription),
                    Properties = PropertyPaths.Of(subscription, context.Map),
                }
            ),
            EventSourceKind.Sqs,
            settings,
            new(context.Links.ReadRequired(settings, "QueueArn"), written.Function)
        );
    }

    /// <summary>The mapping from a queue that SAM makes for a topic's event.</summary>
    public EventSourceMapping Read(FunctionEvent written, ResourceLink queue)
    {
        var site = written.Site with { PropertiesPlace = Place.None, Properties = ResourceSite.None.Properties };
        return Read(Between(written, site), EventSourceKind.Sqs, context.SettingsOf(null), new(queue, written.Function));
    }

    private static Identity Between(FunctionEvent written, ResourceSite site) => new(written.LogicalId + "EventSourceMapping", written.Name, site, written);

    private static string SourcePropertyOf(string? eventType) =>
        eventType switch
        {
            "SQS" => "Queue",
            "MQ" => "Broker",
            "DocumentDB" => "Cluster",
            "SelfManagedKafka" => "KafkaBootstrapServers",
            _ => "Stream",
        };

    // A mapping may name a consumer of a stream, and then reads that stream.
    private (ResourceLink Source, Setting<ResourceLink> Consumer) Through(ResourceLink source)
    {
        if (source.LogicalId is { } id && context.Sections.Resources.TryGetValue(id, out var resource) && resource.Type == ResourceTypes.KinesisStreamConsumer)
        {
            return (context.Links.ReadRequired(context.SettingsOf(resource, null), "StreamARN"), Consumer());
        }

        var at = source.Literal?.IndexOf(ConsumerPart, StringComparison.Ordinal) ?? -1;
        return at < 0 ? (source, Setting<ResourceLink>.Missing()) : (ResourceLink.ToLiteral(source.Literal!.Substring(0, at), source.Place), Consumer());

        Setting<ResourceLink> Consumer() => Setting<ResourceLink>.Known([new(source, source.Place, Provenance.Literal, null)], source.Place, source.Place);
    }

    private EventSourceMapping Read(Identity identity, EventSourceKind kind, SettingReader settings, Ends ends)
    {
        var isStream = Defaults.IsStream(kind);
        var (source, consumer) = Through(ends.Source);
        return new(identity.LogicalId, kind)
        {
            Site = identity.Site,
            DisplayName = identity.DisplayName,
            IsFunctionEvent = identity.IsFunctionEvent,
            IsGeneratedByAnnotations = identity.Event?.IsGenerated == true,
            Source = source,
            Consumer = consumer,
            Function = ends.Function,
            Enabled = settings.Flag("Enabled", true),
            BatchSize = settings.Number("BatchSize", identity.Defaults.BatchSizeOf(kind)),
            MaximumBatchingWindow = settings.Number("MaximumBatchingWindowInSeconds", Defaults.BatchingWindowOf(kind)),
            FunctionResponseTypes = settings.Texts("FunctionResponseTypes").Or([]),
            Filters = settings.Read("FilterCriteria.Filters", alternative => ToFilters(alternative, settings)).OrMissing(),
            MaximumConcurrency = settings.Number("ScalingConfig.MaximumConcurrency", null),
            MinimumPollers = settings.Number("ProvisionedPollerConfig.MinimumPollers", null),
            MaximumPollers = settings.Number("ProvisionedPollerConfig.MaximumPollers", null),
            StartingPosition = settings.Text("StartingPosition", identity.Defaults.StartingPositionOf(kind)),
            StartingPositionTimestamp = settings.Real("StartingPositionTimestamp"),
            ParallelizationFactor = settings.Number("ParallelizationFactor", isStream ? Defaults.ParallelizationFactor : null),
            BisectBatchOnFunctionError = settings.Flag("BisectBatchOnFunctionError", isStream ? Defaults.BisectBatchOnFunctionError : null),
            MaximumRetryAttempts = settings.Number("MaximumRetryAttempts", isStream ? Defaults.MaximumRetryAttempts : null),
            MaximumRecordAge = settings.Number("MaximumRecordAgeInSeconds", isStream ? Defaults.MaximumRecordAge : null),
            TumblingWindow = settings.Number("TumblingWindowInSeconds", isStream ? Defaults.TumblingWindow : null),
            OnFailure = context.Links.Read(settings, "DestinationConfig.OnFailure.Destination"),
            OnSuccess = context.Links.Read(settings, "DestinationConfig.OnSuccess.Destination"),
        };
    }

    private static Converted<DeclaredFilters> ToFilters(Alternative alternative, SettingReader settings)
    {
        if (alternative.Node is not YamlSequence sequence)
            return Converted<DeclaredFilters>.Unknown("it is no list");
        if (sequence.Items.Any(item => item is not YamlMapping || Intrinsic.Of(item) is not null))
        {
            return Converted<DeclaredFilters>.Unknown("an item is no filter");
        }

        return new(new([.. sequence.Items.OfType<YamlMapping>().Select(PatternOf)]), null);

        // The Serverless Framework's patterns are no texts: it writes them as JSON.
        Setting<string> PatternOf(YamlMapping item) =>
            item["Pattern"]?.Value is YamlMapping pattern && Intrinsic.Of(pattern) is null
                ? settings.Within(item).Json("Pattern")
                : settings.Within(item).Text("Pattern");
    }

    private readonly record struct Ends(ResourceLink Source, ResourceLink Function);

    private sealed record Identity(string LogicalId, string DisplayName, ResourceSite Site, FunctionEvent? Event = null)
    {
        public bool IsFunctionEvent { get; init; } = Event is not null;

        public FrameworkDefaults Defaults { get; init; } = FrameworkDefaults.CloudFormation;
    }
}
