using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework;

/// <summary>Makes rules, schedules, subscriptions and notifications of a function's events.</summary>
internal sealed class TriggerCompiler(ServiceFile service, ServiceFunction function, string target)
{
    private int schedules;

    /// <summary>The resources of an event; null for an event of another type.</summary>
    public IReadOnlyList<TemplateResource>? Compile(ServiceEvent written) =>
        written.Key.Value switch
        {
            "sns" => Topic(written),
            "s3" => [Bucket(written)],
            "schedule" => Schedules(written),
            "eventBridge" => [Rule(written, "pattern", "EventBridgeRule")],
            "cloudwatchEvent" => [Rule(written, "event", "EventsRuleCloudWatchEvent")],
            "cloudwatchLog" => [Other(written, ResourceTypes.LogsSubscriptionFilter)],
            "iot" => [Other(written, ResourceTypes.IotTopicRule)],
            _ => null,
        };

    private YamlEntry TargetAs(YamlNode at, string name) => Made.Entry(at, name, Made.Reference(at, target));

    private static TemplateResource Resource(ServiceEvent written, string id, string type, params YamlEntry?[] properties) =>
        Made.Resource(written.Key, id, type, Made.Mapping(written.Value, properties), new(written.Name, written.Body));

    private TemplateResource Other(ServiceEvent written, string type) =>
        Resource(written, Naming.Numbered(function.Name, written.Key.Value, written.Number), type, TargetAs(written.Key, "Function"));

    // A topic is named by an ARN, or the framework makes it.
    private List<TemplateResource> Topic(ServiceEvent written)
    {
        var result = new List<TemplateResource>();
        var body = written.Body;
        var arn = body?["arn"]?.Value;
        var name = body is null ? written.Value : body["topicName"]?.Value;
        if (body is null && (written.Value is not YamlScalar || service.TextOf(written.Value)?.StartsWith("arn:", StringComparison.Ordinal) != false))
            (arn, name) = (written.Value, null);
        var text = (name is null ? null : service.TextOf(name)) ?? (arn is null ? "" : service.SourceNameOf(arn, ':'));
        if (arn is null && name is not null)
        {
            var id = Naming.Topic(text);
            result.Add(Made.Resource(written.Key, id, ResourceTypes.SnsTopic, Made.Mapping(name, Made.Entry(written.Key, "TopicName", name)), new(id, null)));
            arn = Made.Reference(name, id);
        }

        result.Add(
            Resource(
                written,
                Naming.Subscription(function.Name, text),
                ResourceTypes.SnsSubscription,
                arn is null ? null : Made.Entry(written.Key, "TopicArn", arn),
                Made.Entry(written.Key, "Protocol", Made.Text(written.Key, "lambda")),
                TargetAs(written.Key, "Endpoint"),
                Made.Renamed(body, "filterPolicy", "FilterPolicy"),
                Made.Renamed(body, "filterPolicyScope", "FilterPolicyScope"),
                Made.Wrapped(body, "redrivePolicy", "RedrivePolicy", Redrive)
            )
        );
        return result;
    }

    private YamlNode Redrive(YamlNode policy)
    {
        if (service.MappingOf(policy) is not { } written)
            return policy;
        var target =
            Made.Renamed(written, "deadLetterTargetArn", "deadLetterTargetArn")
            ?? Made.Wrapped(written, "deadLetterTargetRef", "deadLetterTargetArn", id => Made.Attribute(id, service.TextOf(id) ?? "", "Arn"))
            ?? Made.Wrapped(
                written,
                "deadLetterTargetImport",
                "deadLetterTargetArn",
                import => Made.Mapping(import, Made.Entry(import, "Fn::ImportValue", import))
            );
        return Made.Mapping(policy, target);
    }

    // The framework makes the bucket, with what all functions want of it, unless it exists already.
    private TemplateResource Bucket(ServiceEvent written)
    {
        var body = written.Body;
        var bucket = body?["bucket"]?.Value ?? written.Value;
        var notification = Made.Renamed(body, "event", "Event") ?? Made.Entry(written.Key, "Event", Made.Text(written.Key, "s3:ObjectCreated:*"));
        var filter = Made.Wrapped(body, "rules", "Filter", Rules);
        if (service.FlagOf(body?["existing"]?.Value) == true || bucket is not YamlScalar { Tag: null })
        {
            return Resource(
                written,
                Naming.Numbered(function.Name, "CustomS3", written.Number),
                ResourceTypes.ServerlessExistingBucket,
                Made.Entry(written.Key, "Bucket", bucket),
                TargetAs(written.Key, "Function"),
                notification,
                filter
            );
        }

        var name = service.TextOf(bucket) ?? ((YamlScalar)bucket).Value;
        var settings = service.MappingOf(service.MappingOf(service.Provider?["s3"]?.Value)?[name]?.Value);
        var own = Made.Mapping(
            written.Value,
            Made.Entry(written.Key, "Id", Made.Text(written.Key, written.Name)),
            TargetAs(written.Key, "Function"),
            notification,
            filter
        );
        return Resource(
            written,
            Naming.Bucket(name),
            ResourceTypes.S3Bucket,
            Made.Renamed(settings, "name", "BucketName") ?? Made.Entry(written.Key, "BucketName", bucket),
            Made.Entry(
                written.Key,
                "NotificationConfiguration",
                Made.Mapping(written.Value, Made.Entry(written.Key, "LambdaConfigurations", Made.List(written.Value, own)))
            )
        );
    }

    // Each rule is a mapping of its name to its value.
    private YamlNode Rules(YamlNode rules)
    {
        var items = service.Variables.Collection(rules, out _) is YamlSequence list
            ? Made.List(
                rules,
                [
                    .. list.Items.Select(item =>
                        service.MappingOf(item) is { Members.Count: 1 } rule
                            ? Made.Mapping(item, Made.Entry(item, "Name", rule.Members.First().Key), Made.Entry(item, "Value", rule.Members.First().Value))
                            : item
                    ),
                ]
            )
            : rules;
        return Made.Mapping(rules, Made.Entry(rules, "S3Key", Made.Mapping(rules, Made.Entry(rules, "Rules", items))));
    }

    // One for each rate; EventBridge's rules, or its scheduler.
    private List<TemplateResource> Schedules(ServiceEvent written)
    {
        var result = new List<TemplateResource>();
        var (key, body) = (written.Key, written.Body);
        var rate = body is null ? written.Value : body["rate"]?.Value;
        IReadOnlyList<YamlNode> rates =
            rate is not null && service.Variables.Collection(rate, out _) is YamlSequence list ? list.Items
            : rate is null ? []
            : [rate];
        var isOfScheduler = service.TextOf(body?["method"]?.Value) == "scheduler";
        foreach (var expression in rates)
        {
            var id = Naming.Numbered(function.Name, isOfScheduler ? "SchedulerSchedule" : "EventsRuleSchedule", ++schedules);
            var aim = Made.Mapping(
                written.Value,
                TargetAs(key, "Arn"),
                Made.Renamed(body, "input", "Input"),
                Made.Renamed(body, "inputPath", "InputPath"),
                Made.Renamed(body, "inputTransformer", "InputTransformer")
            );
            result.Add(
                Resource(
                    written,
                    id,
                    isOfScheduler ? ResourceTypes.SchedulerSchedule : ResourceTypes.EventsRule,
                    Made.Entry(key, "ScheduleExpression", expression),
                    Made.Renamed(body, "enabled", "Enabled"),
                    Made.Renamed(body, "timezone", "ScheduleExpressionTimezone"),
                    isOfScheduler ? Made.Entry(key, "Target", aim) : Made.Entry(key, "Targets", Made.List(written.Value, aim))
                )
            );
        }

        return result;
    }

    private TemplateResource Rule(ServiceEvent written, string pattern, string kind)
    {
        var (key, body) = (written.Key, written.Body);
        var isDefaultBus = service.TextOf(body?["eventBus"]?.Value) == "default";
        var aim = Made.Mapping(
            written.Value,
            TargetAs(key, "Arn"),
            Made.Renamed(body, "input", "Input"),
            Made.Renamed(body, "inputPath", "InputPath"),
            Made.Renamed(body, "inputTransformer", "InputTransformer"),
            Made.Wrapped(body, "deadLetterQueueArn", "DeadLetterConfig", arn => Made.Mapping(arn, Made.Entry(arn, "Arn", arn))),
            Made.Wrapped(body, "retryPolicy", "RetryPolicy", Retries)
        );
        return Resource(
            written,
            Naming.Numbered(function.Name, kind, written.Number),
            ResourceTypes.EventsRule,
            Made.Renamed(body, pattern, "EventPattern"),
            Made.Renamed(body, "schedule", "ScheduleExpression"),
            isDefaultBus ? null : Made.Renamed(body, "eventBus", "EventBusName"),
            Made.Renamed(body, "enabled", "Enabled"),
            Made.Entry(key, "Targets", Made.List(written.Value, aim))
        );
    }

    private YamlNode Retries(YamlNode policy) =>
        service.MappingOf(policy) is { } written
            ? Made.Mapping(
                policy,
                Made.Renamed(written, "maximumEventAge", "MaximumEventAgeInSeconds"),
                Made.Renamed(written, "maximumRetryAttempts", "MaximumRetryAttempts")
            )
            : policy;
}
