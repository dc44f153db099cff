using System.Globalization;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Reads what sends events to functions and queues, written as resources of their own or within a bucket, topic or rule.</summary>
internal sealed class TriggerReader(TemplateContext context)
{
    private static readonly (string List, string Target)[] BucketNotifications = [("LambdaConfigurations", "Function"), ("QueueConfigurations", "Queue")];

    private static readonly string[] MadeOfTheEvent = ["InputPath", "InputTransformer"];

    /// <summary>The triggers that a resource declares; none for a type that has none.</summary>
    public IEnumerable<EventTrigger> Read(TemplateResource resource) =>
        resource.Type switch
        {
            ResourceTypes.S3Bucket => ReadBucket(resource, "NotificationConfiguration.", Itself(resource)),
            ResourceTypes.S3BucketNotification => ReadBucket(resource, "", context.Links.Read(context.SettingsOf(resource, null), "Bucket")),
            ResourceTypes.SnsTopic => ReadTopic(resource),
            ResourceTypes.SnsSubscription => ReadSubscription(resource),
            ResourceTypes.EventsRule => ReadRule(resource),
            ResourceTypes.EventsTarget =>
            [
                ReadTarget(
                    context.SettingsOf(resource, null),
                    context.SettingsOf(resource, null),
                    resource.LogicalId,
                    resource.LogicalId,
                    context.SiteOf(resource),
                    isFunctionEvent: false
                ),
            ],
            ResourceTypes.SchedulerSchedule => ReadSchedule(resource),
            ResourceTypes.ServerlessExistingBucket when resource.Origin is not null => [ReadExistingBucket(resource)],
            ResourceTypes.LogsSubscriptionFilter or ResourceTypes.IotTopicRule when resource.Origin is not null => [ReadOther(resource)],
            _ => [],
        };

    /// <summary>Whether a subscription delivers to what is read here: functions and queues; not to people and web addresses.</summary>
    private static bool IsOfInterest(SettingReader subscription) =>
        subscription.Text("Protocol") is var protocol && (protocol.State == SettingState.Unknown || protocol.Any(name => name is "lambda" or "sqs"));

    private IEnumerable<EventTrigger> ReadBucket(TemplateResource bucket, string section, Setting<ResourceLink> source)
    {
        var settings = context.SettingsOf(bucket, null);
        foreach (var (list, target) in BucketNotifications)
        {
            var path = section + list;
            foreach (var (item, id) in ItemsOf(bucket, settings, path))
            {
                var own = settings.Within(item);
                yield return new(id, TriggerKind.S3)
                {
                    DisplayName = bucket.Origin is null ? id : own.Text("Id").Single() ?? id,
                    IsFunctionEvent = bucket.Origin is not null,
                    Site = context.SiteOf(item, bucket.Condition),
                    Source = source,
                    Target = context.Links.ReadRequired(own, target),
                    EventTypes = own.IsWritten("Events") ? own.Texts("Events").OrMissing() : own.Text("Event").Select<IReadOnlyList<string>>(type => [type]),
                    Filter = KeyFilter(own),
                };
            }
        }
    }

    private IEnumerable<EventTrigger> ReadTopic(TemplateResource topic)
    {
        var settings = context.SettingsOf(topic, null);
        foreach (var (item, id) in ItemsOf(topic, settings, "Subscription"))
        {
            var own = settings.Within(item);
            if (IsOfInterest(own))
            {
                yield return new(id, TriggerKind.Sns)
                {
                    Site = context.SiteOf(item, topic.Condition),
                    Source = Itself(topic),
                    Target = context.Links.ReadRequired(own, "Endpoint"),
                };
            }
        }
    }

    private IEnumerable<EventTrigger> ReadSubscription(TemplateResource subscription)
    {
        var settings = context.SettingsOf(subscription, null);
        if (!IsOfInterest(settings))
            yield break;
        yield return new(subscription.LogicalId, TriggerKind.Sns)
        {
            DisplayName = DisplayNameOf(subscription),
            IsFunctionEvent = subscription.Origin is not null,
            Site = context.SiteOf(subscription),
            Source = context.Links.Read(settings, "TopicArn"),
            Target = context.Links.ReadRequired(settings, "Endpoint"),
            Filter = settings.Json("FilterPolicy"),
            FilterScope = settings.Text("FilterPolicyScope", Defaults.FilterPolicyScope),
            IsRawDelivery = settings.Flag("RawMessageDelivery", null),
            DeadLetter = context.Links.Read(settings, "RedrivePolicy.deadLetterTargetArn"),
        };
    }

    private IEnumerable<EventTrigger> ReadRule(TemplateResource rule)
    {
        var settings = context.SettingsOf(rule, null);
        foreach (var (item, id) in ItemsOf(rule, settings, "Targets"))
            yield return ReadTarget(
                settings,
                settings.Within(item),
                id,
                DisplayNameOf(rule),
                rule.Origin is null ? context.SiteOf(item, rule.Condition) : context.SiteOf(rule),
                rule.Origin is not null
            );
    }

    private EventTrigger ReadTarget(SettingReader rule, SettingReader target, string id, string displayName, ResourceSite site, bool isFunctionEvent) =>
        new(id, rule.IsWritten("ScheduleExpression") ? TriggerKind.Schedule : TriggerKind.EventBridge)
        {
            DisplayName = displayName,
            IsFunctionEvent = isFunctionEvent,
            Site = site,
            Source = context.Links.Read(rule, "EventBusName"),
            Target = context.Links.ReadRequired(target, "Arn"),
            Input = InputOf(target),
            Enabled = EnabledBy(rule),
            Filter = rule.Json("EventPattern"),
            ScheduleExpression = rule.Text("ScheduleExpression"),
            DeadLetter = context.Links.Read(target, "DeadLetterConfig.Arn"),
            MaximumRetryAttempts = target.Number("RetryPolicy.MaximumRetryAttempts", Defaults.EventBridgeRetries),
            MaximumEventAge = target.Number("RetryPolicy.MaximumEventAgeInSeconds", Defaults.EventBridgeEventAge),
        };

    private IEnumerable<EventTrigger> ReadSchedule(TemplateResource schedule)
    {
        var settings = context.SettingsOf(schedule, null);
        yield return new(schedule.LogicalId, TriggerKind.Schedule)
        {
            DisplayName = DisplayNameOf(schedule),
            IsFunctionEvent = schedule.Origin is not null,
            Site = context.SiteOf(schedule),
            Target = context.Links.ReadRequired(settings, "Target.Arn"),
            IsOfScheduler = true,
            TimeZone = settings.Text("ScheduleExpressionTimezone"),
            Input = InputOf(settings, "Target.Input"),
            Enabled = EnabledBy(settings),
            ScheduleExpression = settings.Text("ScheduleExpression"),
            DeadLetter = context.Links.Read(settings, "Target.DeadLetterConfig.Arn"),
            MaximumRetryAttempts = settings.Number("Target.RetryPolicy.MaximumRetryAttempts", Defaults.EventBridgeRetries),
            MaximumEventAge = settings.Number("Target.RetryPolicy.MaximumEventAgeInSeconds", Defaults.EventBridgeEventAge),
        };
    }

    /// <summary>The constant that a rule's target gets; unknown where it is made of the event.</summary>
    public static Setting<string> InputOf(SettingReader target)
    {
        foreach (var path in MadeOfTheEvent)
        {
            if (target.IsWritten(path))
                return Setting<string>.Unknown("it is made of the event", target.Text(path).KeyPlace);
        }

        return InputOf(target, "Input");
    }

    // The Serverless Framework takes a mapping too, and writes it as JSON.
    private static Setting<string> InputOf(SettingReader settings, string path) =>
        settings.Resolve(path).Alternatives.Any(alternative => alternative.Node is YamlMapping) ? settings.Json(path) : settings.Text(path);

    /// <summary>Whether a rule or schedule is enabled: by its state, or by the flag that frameworks have in its place.</summary>
    public static Setting<bool> EnabledBy(SettingReader settings) =>
        settings.IsWritten("State") ? settings.Text("State", "ENABLED").Select(state => state != "DISABLED") : settings.Flag("Enabled", true);

    /// <summary>The key filter of a bucket's notification, as JSON.</summary>
    public static Setting<string> KeyFilter(SettingReader settings)
    {
        const string Path = "Filter.S3Key.Rules";
        if (!settings.IsWritten(Path))
            return settings.Json(Path);
        var rules = settings
            .Items(Path, out var why)
            .Select(settings.Within)
            .Select(rule => (Name: rule.Text("Name").Single(), Value: rule.Text("Value").Single()))
            .ToList();
        if (why is not null || rules.Any(rule => rule.Name is null || rule.Value is null))
            return Setting<string>.Unknown(why ?? "a rule of it is known only when deployed");
        var members = rules
            .OrderBy(rule => rule.Name, StringComparer.OrdinalIgnoreCase)
            .Select(rule => JsonText.Quoted(rule.Name!.ToLowerInvariant()) + ":" + JsonText.Quoted(rule.Value!));
        return settings.Json(Path).Select(_ => "{" + string.Join(",", members) + "}");
    }

    private static string DisplayNameOf(TemplateResource resource) => resource.Origin?.DisplayName ?? resource.LogicalId;

    private EventTrigger ReadExistingBucket(TemplateResource resource)
    {
        var settings = context.SettingsOf(resource, null);
        return new(resource.LogicalId, TriggerKind.S3)
        {
            DisplayName = DisplayNameOf(resource),
            IsFunctionEvent = true,
            Site = context.SiteOf(resource),
            Source = context.Links.Read(settings, "Bucket"),
            Target = context.Links.ReadRequired(settings, "Function"),
            EventTypes = settings.Text("Event").Select<IReadOnlyList<string>>(type => [type]),
            Filter = KeyFilter(settings),
        };
    }

    private EventTrigger ReadOther(TemplateResource resource) =>
        new(resource.LogicalId, TriggerKind.Other)
        {
            DisplayName = DisplayNameOf(resource),
            IsFunctionEvent = true,
            Site = context.SiteOf(resource),
            Target = context.Links.ReadRequired(context.SettingsOf(resource, null), "Function"),
        };

    private Setting<ResourceLink> Itself(TemplateResource resource)
    {
        var place = context.Map.PlaceOf(resource.Entry.Key);
        return Setting<ResourceLink>.Known([new(ResourceLink.To(resource.LogicalId, place), place, Provenance.Literal, null)]);
    }

    private static IEnumerable<(YamlMapping Item, string Id)> ItemsOf(TemplateResource resource, SettingReader settings, string path) =>
        settings.Items(path, out _).Select((item, i) => (item, $"{resource.LogicalId}.{path}[{i.ToString(CultureInfo.InvariantCulture)}]"));
}
