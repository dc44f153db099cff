using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Reads event source mappings: resources of their own, and events of SAM functions.</summary>
internal sealed class MappingReader(TemplateContext context)
{
    // Events that SAM does not turn into an event source mapping; nothing is lost by not reading them.
    private static readonly HashSet<string> OtherEventTypes = new(StringComparer.Ordinal)
    {
        "Api",
        "HttpApi",
        "S3",
        "Schedule",
        "ScheduleV2",
        "CloudWatchEvent",
        "EventBridgeRule",
        "CloudWatchLogs",
        "IoTRule",
        "AlexaSkill",
        "Cognito",
    };

    /// <summary>The mapping that a resource of its own declares.</summary>
    public EventSourceMapping Read(TemplateResource resource)
    {
        var settings = context.SettingsOf(resource, null);
        var source = context.Links.ReadRequired(settings, "EventSourceArn");
        var kind = resource.Properties?["SelfManagedEventSource"] is null ? context.Links.KindOf(source) : EventSourceKind.Other;
        return Read(
            resource.LogicalId,
            resource.LogicalId,
            kind,
            settings,
            resource.Entry,
            context.PropertiesPlaceOf(resource),
            resource.Properties,
            isEvent: false,
            source,
            context.Links.ReadRequired(settings, "FunctionName"),
            resource.Condition
        );
    }

    /// <summary>The mappings that a SAM function's events become.</summary>
    /// <param name="function">The function.</param>
    /// <param name="hasUnreadEvents">Whether some events could not be understood.</param>
    public IReadOnlyList<EventSourceMapping> ReadEvents(TemplateResource function, out bool hasUnreadEvents)
    {
        hasUnreadEvents = function.Body["Properties"] is { Value: not YamlMapping } || context.WhyUnknown(function) is not null;
        if (function.Properties?["Events"] is not { } section)
            return [];
        if (section.Value is not YamlMapping { Tag: null } events)
        {
            hasUnreadEvents |= section.Value is not YamlScalar { IsNull: true };
            return [];
        }

        var result = new List<EventSourceMapping>();
        foreach (var entry in events.ByName.Values)
        {
            if (ReadEvent(function, entry) is { } mapping)
                result.Add(mapping);
            else
                hasUnreadEvents |= !IsOtherEvent(entry);
        }

        return result;
    }

    private static string? TypeOf(YamlEntry entry) =>
        entry.Value is YamlMapping body && body["Type"]?.Value is YamlScalar { Tag: null } type ? type.Value : null;

    private static string SourcePropertyOf(string? eventType) =>
        eventType switch
        {
            "SQS" => "Queue",
            "MQ" => "Broker",
            "DocumentDB" => "Cluster",
            "SelfManagedKafka" => "KafkaBootstrapServers",
            _ => "Stream",
        };

    // A topic's event with its own queue becomes a mapping that is not read.
    private static bool IsOtherEvent(YamlEntry entry) =>
        TypeOf(entry) is { } type
        && (
            OtherEventTypes.Contains(type) || (type == "SNS" && ((entry.Value as YamlMapping)?["Properties"]?.Value as YamlMapping)?["SqsSubscription"] is null)
        );

    private EventSourceMapping? ReadEvent(TemplateResource function, YamlEntry entry)
    {
        EventSourceKind? kind = TypeOf(entry) switch
        {
            "SQS" => EventSourceKind.Sqs,
            "Kinesis" => EventSourceKind.Kinesis,
            "DynamoDB" => EventSourceKind.DynamoDb,
            "MSK" or "MQ" or "SelfManagedKafka" or "DocumentDB" => EventSourceKind.Other,
            _ => null,
        };
        if (kind is not { } known)
            return null;
        var body = (YamlMapping)entry.Value;
        var properties = body["Properties"]?.Value as YamlMapping;
        var settings = context.SettingsOf(function, properties, null);
        return Read(
            function.LogicalId + entry.Key.Value,
            entry.Key.Value,
            known,
            settings,
            entry,
            properties is null ? Place.None : context.Map.PlaceOf(properties),
            properties,
            isEvent: true,
            context.Links.ReadRequired(settings, SourcePropertyOf(TypeOf(entry))),
            ResourceLink.To(function.LogicalId, context.Map.PlaceOf(function.Entry.Key)),
            function.Condition
        );
    }

    private EventSourceMapping Read(
        string logicalId,
        string displayName,
        EventSourceKind kind,
        SettingReader settings,
        YamlEntry entry,
        Place propertiesPlace,
        YamlMapping? properties,
        bool isEvent,
        ResourceLink source,
        ResourceLink function,
        string? condition
    ) =>
        new(logicalId, kind)
        {
            Declaration = context.Map.PlaceOf(entry.Key),
            Whole = context.Map.PlaceOf(entry.Key.Start, entry.Value.End),
            PropertiesPlace = propertiesPlace,
            Properties = PropertyPaths.Of(properties, context.Map),
            Condition = condition,
            DisplayName = displayName,
            IsFunctionEvent = isEvent,
            Source = source,
            Function = function,
            Enabled = settings.Flag("Enabled", true),
            BatchSize = settings.Number("BatchSize", Defaults.BatchSizeOf(kind)),
            MaximumBatchingWindow = settings.Number("MaximumBatchingWindowInSeconds", Defaults.BatchingWindowOf(kind)),
            FunctionResponseTypes = settings.Texts("FunctionResponseTypes").Or([]),
            Filters = settings.Read("FilterCriteria.Filters", alternative => ToFilters(alternative, settings)).OrMissing(),
            MaximumConcurrency = settings.Number("ScalingConfig.MaximumConcurrency", null),
            MinimumPollers = settings.Number("ProvisionedPollerConfig.MinimumPollers", null),
            MaximumPollers = settings.Number("ProvisionedPollerConfig.MaximumPollers", null),
            StartingPosition = settings.Text("StartingPosition"),
            ParallelizationFactor = settings.Number("ParallelizationFactor", null),
            BisectBatchOnFunctionError = settings.Flag("BisectBatchOnFunctionError", null),
            MaximumRetryAttempts = settings.Number("MaximumRetryAttempts", null),
            MaximumRecordAge = settings.Number("MaximumRecordAgeInSeconds", null),
            TumblingWindow = settings.Number("TumblingWindowInSeconds", null),
            OnFailure = context.Links.Read(settings, "DestinationConfig.OnFailure.Destination"),
            OnSuccess = context.Links.Read(settings, "DestinationConfig.OnSuccess.Destination"),
        };

    private static Converted<DeclaredFilters> ToFilters(Alternative alternative, SettingReader settings)
    {
        if (alternative.Node is not YamlSequence sequence)
            return Converted<DeclaredFilters>.Unknown("it is no list");
        if (sequence.Items.Any(item => item is not YamlMapping || Intrinsic.Of(item) is not null))
        {
            return Converted<DeclaredFilters>.Unknown("an item is no filter");
        }

        return new(new([.. sequence.Items.OfType<YamlMapping>().Select(item => settings.Within(item).Text("Pattern"))]), null);
    }
}
