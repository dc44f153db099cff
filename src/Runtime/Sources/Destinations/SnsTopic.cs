using System.Text;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime;

/// <summary>A message of a topic.</summary>
/// <param name="MessageId">Its id, the same for all subscribers.</param>
/// <param name="Message">Its text.</param>
/// <param name="Subject">Its subject, or null.</param>
/// <param name="Attributes">Its message attributes.</param>
public sealed record SnsMessage(string MessageId, string Message, string? Subject, IReadOnlyDictionary<string, SqsAttributeValue> Attributes);

/// <summary>A standard SNS topic: tells each message to all its subscribers (N-1).</summary>
public sealed class SnsTopic : EventPublisher
{
    private const int MaximumMessageBytes = 256 * 1024;
    private const int MaximumSubjectLength = 100;

    private static readonly Dictionary<string, SqsAttributeValue> NoAttributes = [];

    private readonly List<SnsMessage> messages = [];
    private readonly List<Subscription> subscriptions = [];

    /// <summary>A topic.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="NotSupportedException">The name ends in <c>.fifo</c>.</exception>
    public SnsTopic(string name)
        : base(name)
    {
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
            throw new NotSupportedException($"The topic '{name}' is a FIFO topic; only standard topics are simulated.");
    }

    private sealed record Subscription(IDestination Target, bool IsRaw, SnsFilterPolicy? Filter);

    /// <summary>The texts of the messages published to it, in that order.</summary>
    public IReadOnlyList<string> Messages => [.. messages.Select(message => message.Message)];

    /// <summary>The messages published to it, in that order.</summary>
    public IReadOnlyList<SnsMessage> Published => messages;

    /// <inheritdoc/>
    internal override string Kind => "Topic";

    /// <summary>Subscribes a function: each message invokes it asynchronously, with an event of one record (N-1).</summary>
    /// <param name="function">The function.</param>
    /// <param name="filterPolicy">Which messages it gets, as JSON: <c>{"kind":["order"]}</c>; null for all (N-11).</param>
    /// <param name="filterPolicyScope">What the policy looks at.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="ArgumentException">It is subscribed already.</exception>
    /// <exception cref="AwsErrorException">SNS refuses the policy.</exception>
    /// <exception cref="NotSupportedException">The policy uses <c>wildcard</c>, <c>cidr</c> or a nested operator, which are not simulated.</exception>
    public SnsTopic Subscribe(
        LambdaFunction function,
        string? filterPolicy = null,
        FilterPolicyScope filterPolicyScope = FilterPolicyScope.MessageAttributes
    ) => Add(new(function, IsRaw: false, Filter(filterPolicy, filterPolicyScope)));

    /// <summary>Subscribes a standard queue (N-2).</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="rawMessageDelivery">
    /// Whether the queue's message is the message itself, with its attributes as message attributes; by default it is SNS's JSON envelope around it.
    /// </param>
    /// <param name="filterPolicy">Which messages it gets, as JSON: <c>{"kind":["order"]}</c>; null for all (N-11).</param>
    /// <param name="filterPolicyScope">What the policy looks at.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="ArgumentException">It is subscribed already, or FIFO.</exception>
    /// <exception cref="AwsErrorException">SNS refuses the policy.</exception>
    /// <exception cref="NotSupportedException">The policy uses <c>wildcard</c>, <c>cidr</c> or a nested operator, which are not simulated.</exception>
    public SnsTopic Subscribe(
        SqsQueue queue,
        bool rawMessageDelivery = false,
        string? filterPolicy = null,
        FilterPolicyScope filterPolicyScope = FilterPolicyScope.MessageAttributes
    )
    {
        StandardOnly.Check(queue, nameof(queue));
        return Add(new(queue, rawMessageDelivery, Filter(filterPolicy, filterPolicyScope)));
    }

    /// <summary>Publishes a message; subscribers get it at once.</summary>
    /// <param name="message">A string is the text as it is; anything else is serialised.</param>
    /// <param name="subject">Up to 100 ASCII characters without line breaks; functions and envelopes show it.</param>
    /// <param name="attributes">Message attributes.</param>
    /// <returns>The message.</returns>
    /// <exception cref="AwsErrorException">SNS refuses the message: empty, larger than 256 KB, or with such a subject (N-3).</exception>
    /// <exception cref="InvalidOperationException">The topic belongs to no host yet.</exception>
    public SnsMessage Publish(object message, string? subject = null, IReadOnlyDictionary<string, SqsAttributeValue>? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = message as string ?? System.Text.Json.JsonSerializer.Serialize(message, message.GetType());
        return Guarded(at => Publish(at, text, subject, attributes, from: null));
    }

    /// <inheritdoc/>
    private protected override string ArnIn(LambdaTestHostOptions options) => $"arn:aws:sns:{options.Region}:{options.AccountId}:{Name}";

    /// <inheritdoc/>
    private protected override void Accept(DestinationRecord record) => Publish(record.At, record.Json, record.Subject, record.Attributes, record.From);

    private static SnsFilterPolicy? Filter(string? policy, FilterPolicyScope scope) => policy is null ? null : SnsFilterPolicy.Read(policy, scope);

    private SnsTopic Add(Subscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription.Target);
        if (subscriptions.Exists(other => other.Target == subscription.Target))
            throw new ArgumentException($"'{subscription.Target.Name}' is subscribed to the {Label} already.", nameof(subscription));
        AddTarget(subscription.Target);
        subscriptions.Add(subscription);
        return this;
    }

    private SnsMessage Publish(long at, string text, string? subject, IReadOnlyDictionary<string, SqsAttributeValue>? attributes, string? from)
    {
        Check(text, subject);
        var host = Simulation;
        var position = host.Publishers.IndexOf(this);
        var id = host.Choices.GuidText(IdKind.TopicMessage, ((long)position << 32) + messages.Count);
        var message = new SnsMessage(id, text, subject, attributes ?? NoAttributes);
        messages.Add(message);
        host.History.Add(new MessagePublished(TimeSpan.FromTicks(at), Name, id, messages.Count, from));
        for (var i = 0; i < subscriptions.Count; i++)
        {
            var subscription = subscriptions[i];
            if (subscription.Filter?.Accepts(message) == false)
                continue;
            var arn = $"{Arn}:{host.Choices.GuidText(IdKind.Subscription, ((long)position << 32) + i)}";
            Deliver(subscription.Target, Notification(subscription, new(message, Arn, arn, host.Options.Region, host.TimeAt(at)), at));
        }

        return message;
    }

    private DestinationRecord Notification(Subscription subscription, SnsDelivery delivery, long at) =>
        subscription switch
        {
            { Target: LambdaFunction } => new(at, SnsNotification.Event(delivery)) { From = Label },
            { IsRaw: true } => new(at, delivery.Message.Message) { From = Label, Attributes = delivery.Message.Attributes },
            _ => new(at, SnsNotification.Envelope(delivery)) { From = Label },
        };

    private static void Check(string text, string? subject)
    {
        if (text.Length == 0)
            throw new AwsErrorException("InvalidParameter", "Invalid parameter: Empty message", "N-3");
        if (Encoding.UTF8.GetByteCount(text) > MaximumMessageBytes)
            throw new AwsErrorException("InvalidParameter", "Invalid parameter: Message too long", "N-3");
        var isSubject =
            subject is null
            || (subject.Length is > 0 and <= MaximumSubjectLength && subject.All(character => char.IsAscii(character) && !char.IsControl(character)));
        if (!isSubject)
            throw new AwsErrorException("InvalidParameter", "Invalid parameter: Subject", "N-3");
    }
}
