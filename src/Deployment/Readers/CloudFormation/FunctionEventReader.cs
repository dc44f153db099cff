using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>What a SAM function's events become.</summary>
internal sealed class FunctionEvents
{
    /// <summary>The event source mappings.</summary>
    public List<EventSourceMapping> Mappings { get; } = [];

    /// <summary>The triggers.</summary>
    public List<EventTrigger> Triggers { get; } = [];

    /// <summary>The queues that SAM makes between a topic and the function.</summary>
    public List<Queue> Queues { get; } = [];

    /// <summary>Whether some events could not be understood, and may be event source mappings.</summary>
    public bool AreIncomplete { get; set; }
}

/// <summary>Reads the events of <c>AWS::Serverless::Function</c>.</summary>
internal sealed class FunctionEventReader(TemplateContext context, MappingReader mappings)
{
    // Events that invoke synchronously, one by one; nothing is lost by not reading them.
    private static readonly HashSet<string> SynchronousTypes = new(StringComparer.Ordinal) { "Api", "HttpApi", "AlexaSkill", "Cognito" };

    /// <summary>What the events of a function become.</summary>
    public FunctionEvents Read(TemplateResource function)
    {
        var result = new FunctionEvents
        {
            AreIncomplete = function.Body["Properties"] is { Value: not YamlMapping } || context.WhyUnknown(function) is not null,
        };
        if (function.Properties?["Events"] is not { } section)
            return result;
        if (section.Value is not YamlMapping { Tag: null } events)
        {
            result.AreIncomplete |= section.Value is not YamlScalar { IsNull: true };
            return result;
        }

        var generated = GeneratedEvents.Of(context, function);
        foreach (var entry in events.Members)
            Read(new(context, function, entry, generated.Contains(entry.Key.Value)), result);
        return result;
    }

    private void Read(FunctionEvent written, FunctionEvents result)
    {
        if (MappingReader.KindOf(written.Type) is { } kind)
        {
            result.Mappings.Add(mappings.Read(written, kind));
            return;
        }

        switch (written.Type)
        {
            case "S3":
                result.Triggers.Add(S3(written));
                break;
            case "SNS":
                ReadTopic(written, result);
                break;
            case "EventBridgeRule" or "CloudWatchEvent":
                result.Triggers.Add(Rule(written, TriggerKind.EventBridge));
                break;
            case "Schedule" or "ScheduleV2":
                result.Triggers.Add(Rule(written, TriggerKind.Schedule));
                break;
            case "CloudWatchLogs" or "IoTRule":
                result.Triggers.Add(Trigger(written, TriggerKind.Other));
                break;
            case null:
                result.AreIncomplete = true;
                break;
            default:
                result.AreIncomplete |= !SynchronousTypes.Contains(written.Type);
                break;
        }
    }

    private static EventTrigger Trigger(FunctionEvent written, TriggerKind kind) =>
        new(written.LogicalId, kind)
        {
            DisplayName = written.Name,
            Site = written.Site,
            IsFunctionEvent = true,
            IsGeneratedByAnnotations = written.IsGenerated,
            Target = written.Function,
        };

    private EventTrigger S3(FunctionEvent written) =>
        new(written.LogicalId, TriggerKind.S3)
        {
            DisplayName = written.Name,
            Site = written.Site,
            IsFunctionEvent = true,
            IsGeneratedByAnnotations = written.IsGenerated,
            Source = context.Links.Read(written.Settings, "Bucket"),
            Target = written.Function,
            EventTypes = written.Settings.TextOrTexts("Events").OrMissing(),
            Filter = TriggerReader.KeyFilter(written.Settings),
        };

    private EventTrigger Rule(FunctionEvent written, TriggerKind kind)
    {
        var settings = written.Settings;
        var deadLetter = context.Links.Read(settings, "DeadLetterConfig.Arn");
        return new(written.LogicalId, kind)
        {
            DisplayName = written.Name,
            Site = written.Site,
            IsFunctionEvent = true,
            IsGeneratedByAnnotations = written.IsGenerated,
            Source = context.Links.Read(settings, "EventBusName"),
            Target = written.Function,
            IsOfScheduler = written.Type == "ScheduleV2",
            TimeZone = settings.Text("ScheduleExpressionTimezone"),
            Input = TriggerReader.InputOf(settings),
            Enabled = TriggerReader.EnabledBy(settings),
            Filter = settings.Json("Pattern"),
            ScheduleExpression = settings.Text(written.Type == "ScheduleV2" ? "ScheduleExpression" : "Schedule"),
            DeadLetter =
                deadLetter.IsMissing && settings.IsWritten("DeadLetterConfig.Type")
                    ? Setting<ResourceLink>.Unknown("SAM makes the queue", settings.Text("DeadLetterConfig.Type").KeyPlace)
                    : deadLetter,
            MaximumRetryAttempts = settings.Number("RetryPolicy.MaximumRetryAttempts", Defaults.EventBridgeRetries),
            MaximumEventAge = settings.Number("RetryPolicy.MaximumEventAgeInSeconds", Defaults.EventBridgeEventAge),
        };
    }

    private EventTrigger Subscription(FunctionEvent written, ResourceLink target) =>
        new(written.LogicalId, TriggerKind.Sns)
        {
            DisplayName = written.Name,
            Site = written.Site,
            IsFunctionEvent = true,
            IsGeneratedByAnnotations = written.IsGenerated,
            Source = context.Links.Read(written.Settings, "Topic"),
            Target = target,
            Filter = written.Settings.Json("FilterPolicy"),
            FilterScope = written.Settings.Text("FilterPolicyScope", Defaults.FilterPolicyScope),
            DeadLetter = context.Links.Read(written.Settings, "RedrivePolicy.deadLetterTargetArn"),
        };

    // With SqsSubscription a queue stands between topic and function: an existing one, or one that SAM makes.
    private void ReadTopic(FunctionEvent written, FunctionEvents result)
    {
        var subscription = written.Settings.Resolve("SqsSubscription");
        var value = subscription.Alternatives.Count == 1 ? subscription.Alternatives[0] : null;
        if (value is { IsNothing: true } or { Text.Literal: "false" or "False" })
        {
            result.Triggers.Add(Subscription(written, written.Function));
        }
        else if (value?.Node is YamlMapping existing)
        {
            var mapping = mappings.Read(written, existing);
            result.Mappings.Add(mapping);
            result.Triggers.Add(Subscription(written, mapping.Source));
        }
        else if (value?.Text?.Literal is "true" or "True")
        {
            var queue = new Queue(written.LogicalId + "Queue")
            {
                Site = written.Site with { PropertiesPlace = Place.None, Properties = ResourceSite.None.Properties },
            };
            var link = ResourceLink.To(queue.LogicalId, context.Map.PlaceOf(value.Start, value.End));
            result.Queues.Add(queue);
            result.Mappings.Add(mappings.Read(written, link));
            result.Triggers.Add(Subscription(written, link));
        }
        else
        {
            result.AreIncomplete = true;
        }
    }
}
