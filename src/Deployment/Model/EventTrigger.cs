using AtLeastOnce.Deployment.Aws;

namespace AtLeastOnce.Deployment.Model;

/// <summary>What sends a trigger's events.</summary>
internal enum TriggerKind
{
    /// <summary>A notification of an S3 bucket.</summary>
    S3,

    /// <summary>A subscription of an SNS topic.</summary>
    Sns,

    /// <summary>A rule of an EventBridge bus.</summary>
    EventBridge,

    /// <summary>A schedule: of EventBridge Scheduler, or a rule with a schedule.</summary>
    Schedule,

    /// <summary>CloudWatch Logs or an IoT rule.</summary>
    Other,
}

/// <summary>
/// What sends events to a function, which Lambda then queues and hands over asynchronously, or to a queue. Event source mappings, which read their source
/// and invoke synchronously, are no triggers.
/// </summary>
/// <param name="logicalId">
/// The name by which the file knows it; of a SAM event function id and event name, of an item in a list its resource's id with the path of the item.
/// </param>
/// <param name="kind">What sends the events.</param>
internal sealed class EventTrigger(string logicalId, TriggerKind kind) : Resource(logicalId)
{
    /// <summary>The name to call it by: the SAM event's name, or the logical id.</summary>
    public string DisplayName { get; init; } = logicalId;

    /// <summary>What sends the events.</summary>
    public TriggerKind Kind { get; } = kind;

    /// <summary>Whether it is written as an event of its function (SAM).</summary>
    public bool IsFunctionEvent { get; init; }

    /// <summary>Whether the Amazon.Lambda.Annotations generator owns it: the build rewrites it.</summary>
    public bool IsGeneratedByAnnotations { get; init; }

    /// <summary>The bucket, topic or event bus; missing for the default bus and for schedules.</summary>
    public Setting<ResourceLink> Source { get; init; } = Setting<ResourceLink>.Missing();

    /// <summary>The function or queue that gets the events.</summary>
    public ResourceLink Target { get; init; } = ResourceLink.Unknown("no target is given");

    /// <summary>Whether events are sent at all.</summary>
    public Setting<bool> Enabled { get; init; } = Setting<bool>.Default(true);

    /// <summary>The events of a bucket that are sent: <c>s3:ObjectCreated:*</c>.</summary>
    public Setting<IReadOnlyList<string>> EventTypes { get; init; } = Setting<IReadOnlyList<string>>.Missing();

    /// <summary>
    /// Which events are sent, as JSON without white space: a topic's filter policy, a rule's event pattern, a bucket's key filter
    /// (<c>{"prefix":"in/","suffix":".csv"}</c>).
    /// </summary>
    public Setting<string> Filter { get; init; } = Setting<string>.Missing();

    /// <summary>What a topic's filter policy looks at: <c>MessageAttributes</c> or <c>MessageBody</c>; missing for other sources.</summary>
    public Setting<string> FilterScope { get; init; } =
        kind == TriggerKind.Sns ? Setting<string>.Default(Defaults.FilterPolicyScope) : Setting<string>.Missing();

    /// <summary>When a schedule fires: <c>rate(5 minutes)</c>, <c>cron(…)</c>, <c>at(…)</c>.</summary>
    public Setting<string> ScheduleExpression { get; init; } = Setting<string>.Missing();

    /// <summary>The time zone of a schedule's expression: <c>Europe/Vienna</c>; missing for UTC.</summary>
    public Setting<string> TimeZone { get; init; } = Setting<string>.Missing();

    /// <summary>Whether it is a schedule of EventBridge Scheduler, and not a rule of EventBridge.</summary>
    public bool IsOfScheduler { get; init; }

    /// <summary>The constant JSON that the target gets in the event's place; missing for the event itself, unknown where it is made of the event.</summary>
    public Setting<string> Input { get; init; } = Setting<string>.Missing();

    /// <summary>Whether a topic's message is delivered as it is, without SNS's envelope; to queues.</summary>
    public Setting<bool> IsRawDelivery { get; init; } = Setting<bool>.Missing();

    /// <summary>Where events go that cannot be delivered: what the function makes of a delivered event is no matter of the trigger.</summary>
    public Setting<ResourceLink> DeadLetter { get; init; } = Setting<ResourceLink>.Missing();

    /// <summary>How often an event is delivered again that the target did not take; missing where the sender does not let it be set.</summary>
    public Setting<int> MaximumRetryAttempts { get; init; } =
        Defaults.DeliveryRetriesOf(kind) is { } retries ? Setting<int>.Default(retries) : Setting<int>.Missing();

    /// <summary>Seconds for which it is tried to deliver an event; missing where the sender does not let it be set.</summary>
    public Setting<int> MaximumEventAge { get; init; } = Defaults.DeliveryAgeOf(kind) is { } age ? Setting<int>.Default(age) : Setting<int>.Missing();
}
