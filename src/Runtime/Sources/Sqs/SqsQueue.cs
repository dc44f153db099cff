using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;
using AtLeastOnce.Runtime.Sources.Sqs;

namespace AtLeastOnce.Runtime;

/// <summary>Where a queue gives messages up to (S-22, S-23).</summary>
/// <param name="queue">The dead-letter queue.</param>
/// <param name="maxReceiveCount">The number of receives after which the next one moves the message instead, from 1 to 1,000.</param>
public sealed class DeadLetter(SqsQueue queue, int maxReceiveCount)
{
    /// <summary>The dead-letter queue.</summary>
    public SqsQueue Queue { get; } = queue;

    /// <summary>The number of receives after which the next one moves the message instead, from 1 to 1,000.</summary>
    public int MaxReceiveCount { get; } = maxReceiveCount;
}

/// <summary>A message as a receive of the test or of a handler got it.</summary>
/// <param name="Message">The message.</param>
/// <param name="ReceiptHandle">What <see cref="SqsQueue.Delete(string)"/> and <see cref="SqsQueue.ChangeVisibility(string, TimeSpan)"/> take.</param>
public sealed record SqsReceipt(SqsMessage Message, string ReceiptHandle);

/// <summary>A standard SQS queue with AWS's defaults and limits.</summary>
public sealed class SqsQueue : EventSource, IDestination
{
    private TimeSpan visibilityTimeout = TimeSpan.FromSeconds(Defaults.VisibilityTimeout);
    private TimeSpan messageRetentionPeriod = TimeSpan.FromSeconds(Defaults.MessageRetentionPeriod);
    private TimeSpan delay = TimeSpan.FromSeconds(Defaults.DelaySeconds);
    private DeadLetter? deadLetter;
    private MessageStore? store;

    /// <summary>A queue.</summary>
    /// <param name="name">1 to 80 letters, digits, hyphens and underscores.</param>
    /// <exception cref="SqsException">SQS refuses the name.</exception>
    /// <exception cref="NotSupportedException">The name ends in <c>.fifo</c>.</exception>
    public SqsQueue(string name)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
            throw new NotSupportedException($"The queue '{name}' is a FIFO queue; only standard queues are simulated yet.");
        if (name.Length is 0 or > 80 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            throw new SqsException("InvalidParameterValue", "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
    }

    /// <summary>
    /// How long a received message stays hidden from other receives, counted from its receive (B-16); whole seconds from 0 to 12 h (S-20). Default 30 s. A change holds for
    /// receives to come.
    /// </summary>
    /// <exception cref="SqsException">SQS refuses the value.</exception>
    public TimeSpan VisibilityTimeout
    {
        get => visibilityTimeout;
        set
        {
            visibilityTimeout = Checked(value, Limits.VisibilityTimeout, "VisibilityTimeout");
            Open.Close(nameof(VisibilityTimeout));
        }
    }

    /// <summary>How long a message is kept, counted from its sending; whole seconds from 60 s to 14 days (S-21). Default 4 days.</summary>
    /// <exception cref="SqsException">SQS refuses the value.</exception>
    public TimeSpan MessageRetentionPeriod
    {
        get => messageRetentionPeriod;
        set
        {
            messageRetentionPeriod = Checked(value, Limits.MessageRetentionPeriod, "MessageRetentionPeriod");
            Open.Close(nameof(MessageRetentionPeriod));
            if (store is not null)
                Guarded(store => store.Wake());
        }
    }

    /// <summary>How long a sent message stays hidden at first; whole seconds from 0 to 15 min (B-21). Default 0.</summary>
    /// <exception cref="SqsException">SQS refuses the value.</exception>
    public TimeSpan Delay
    {
        get => delay;
        set
        {
            delay = Checked(value, Limits.DelaySeconds, "DelaySeconds");
            Open.Close(nameof(Delay));
        }
    }

    /// <summary>Where messages that were received too often are given up (S-23); null (the default) for nowhere.</summary>
    /// <exception cref="SqsException">SQS refuses the count, or the queue is its own dead-letter queue.</exception>
    public DeadLetter? DeadLetter
    {
        get => deadLetter;
        set
        {
            if (value is not null)
                Check(value);
            deadLetter = value;
            Open.Close(nameof(DeadLetter));
            if (store is { } attached && value is { Queue.store: null })
                attached.Simulation.Adopt!(value.Queue);
        }
    }

    /// <summary>The messages in the queue, visible or not, by the time they were sent.</summary>
    public IReadOnlyList<SqsMessage> Messages => Guarded(store => store.Present.ToArray());

    internal MessageStore Store =>
        store
        ?? throw new InvalidOperationException(
            $"The queue '{Label}' belongs to no host yet. Call host.Map(queue, function) or host.Add(queue) first, or make it the dead-letter queue of one that is in a host."
        );

    /// <inheritdoc/>
    internal override string Kind => "Queue";

    /// <inheritdoc/>
    internal override string Service => "SQS";

    /// <inheritdoc/>
    internal override bool ReadsPerMapping => false;

    /// <inheritdoc/>
    internal override bool HasRecords => Store.PresentCount > 0;

    /// <summary>Sends a message with a raw body.</summary>
    /// <param name="body">The body as it is.</param>
    /// <param name="attributes">Message attributes, up to 10.</param>
    /// <param name="delay">How long it stays hidden at first, whole seconds up to 15 min; null for the queue's own delay.</param>
    /// <returns>The message.</returns>
    /// <exception cref="SqsException">SQS refuses the message.</exception>
    /// <exception cref="InvalidOperationException">The queue belongs to no host yet.</exception>
    public SqsMessage Send(string body, IReadOnlyDictionary<string, SqsAttributeValue>? attributes = null, TimeSpan? delay = null) =>
        Send((object)body, attributes, delay);

    /// <summary>Sends a message with an object as JSON; a string is taken as it is.</summary>
    /// <param name="body">What <c>System.Text.Json</c> makes the body of.</param>
    /// <param name="attributes">Message attributes, up to 10.</param>
    /// <param name="delay">How long it stays hidden at first, whole seconds up to 15 min; null for the queue's own delay.</param>
    /// <returns>The message.</returns>
    /// <exception cref="SqsException">SQS refuses the message.</exception>
    /// <exception cref="ArgumentException">The body is a list: call <see cref="SendMany(object[])"/>.</exception>
    /// <exception cref="InvalidOperationException">The queue belongs to no host yet.</exception>
    public SqsMessage Send(object body, IReadOnlyDictionary<string, SqsAttributeValue>? attributes = null, TimeSpan? delay = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        var hidden = delay is { } given ? CheckedDelay(given) : Delay;
        var attached = Store;
        var simulation = attached.Simulation;
        simulation.Scheduler.ThrowIfStranger();
        var content = MessageContent.Of(body, attributes);
        lock (simulation.Scheduler.Gate)
        {
            var message = Deliver(content, simulation.CallerNow, hidden);
            simulation.Scheduler.Wake();
            return message;
        }
    }

    /// <summary>Sends a message for each body.</summary>
    /// <param name="bodies">Strings are taken as they are, anything else is serialised.</param>
    /// <returns>The messages.</returns>
    public IReadOnlyList<SqsMessage> SendMany(params object[] bodies) => SendMany((IEnumerable<object>)bodies);

    /// <summary>Sends a message for each body.</summary>
    /// <param name="bodies">Strings are taken as they are, anything else is serialised.</param>
    /// <returns>The messages.</returns>
    public IReadOnlyList<SqsMessage> SendMany(IEnumerable<object> bodies)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        return [.. bodies.Select(body => Send(body))];
    }

    /// <summary>Receives visible messages, as code does that polls the queue itself; their receive count goes up (S-30).</summary>
    /// <param name="maxNumberOfMessages">1 to 10.</param>
    /// <param name="visibilityTimeout">How long they stay hidden; null for the queue's own.</param>
    /// <returns>The messages with their receipt handles; none if none is visible.</returns>
    /// <exception cref="SqsException">SQS refuses a value.</exception>
    public IReadOnlyList<SqsReceipt> Receive(int maxNumberOfMessages = 1, TimeSpan? visibilityTimeout = null)
    {
        if (maxNumberOfMessages is < 1 or > Limits.SqsBatchSizeWithoutWindow)
        {
            throw new SqsException(
                "InvalidParameterValue",
                FormattableString.Invariant(
                    $"Value {maxNumberOfMessages} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."
                )
            );
        }

        var hidden = visibilityTimeout is { } given ? Checked(given, Limits.VisibilityTimeout, "VisibilityTimeout") : VisibilityTimeout;
        return Guarded(store => SqsCalls.Receive(store, maxNumberOfMessages, hidden));
    }

    /// <summary>Deletes a received message, as a handler may do itself (S-5).</summary>
    /// <param name="receiptHandle">The handle of a receive; of an event's record too.</param>
    /// <returns>True if the message was deleted; false if it was gone, or had been received again meanwhile. SQS answers success to all three.</returns>
    /// <exception cref="SqsException">It is no handle of this queue.</exception>
    public bool Delete(string receiptHandle)
    {
        ArgumentNullException.ThrowIfNull(receiptHandle);
        return Guarded(store => SqsCalls.Delete(store, receiptHandle));
    }

    /// <summary>Changes when a received message becomes visible again, counted from now (S-5).</summary>
    /// <param name="receiptHandle">The handle of a receive; of an event's record too.</param>
    /// <param name="visibilityTimeout">Whole seconds from 0 (at once) to 12 h.</param>
    /// <exception cref="SqsException">It is no handle of this queue, or the message is not in flight.</exception>
    public void ChangeVisibility(string receiptHandle, TimeSpan visibilityTimeout)
    {
        ArgumentNullException.ThrowIfNull(receiptHandle);
        var hidden = Checked(visibilityTimeout, Limits.VisibilityTimeout, "VisibilityTimeout");
        Guarded(store => SqsCalls.ChangeVisibility(store, receiptHandle, hidden));
    }

    /// <inheritdoc/>
    internal override void Attach(Simulation simulation, int ordinal)
    {
        if (store is not null)
            throw new InvalidOperationException($"The queue '{Name}' belongs to another host. Make a queue for each host.");
        Arn = $"arn:aws:sqs:{simulation.Options.Region}:{simulation.Options.AccountId}:{Name}";
        store = new(simulation, this, ordinal);
        if (DeadLetter is { } policy)
            simulation.Adopt!(policy.Queue);
    }

    /// <inheritdoc/>
    internal override void Validate(EventSourceMappingOptions mapping) => SqsMappingValidation.Check(mapping, this);

    /// <inheritdoc/>
    internal override void Connect(EventSourceMappingOptions mapping, Faults faults) =>
        Store.Dispatcher.Add(new(Store, mapping.Function.Runner!, PollerSettings.Of(mapping), faults));

    /// <inheritdoc/>
    internal override SourceView View(EventSourceMappingOptions? mapping, RunHistory history) => new QueueView(Label, Store, history);

    /// <inheritdoc/>
    void IDestination.Join(Simulation simulation) => simulation.Adopt!(this);

    /// <inheritdoc/>
    void IDestination.Accept(DestinationRecord record) => Deliver(MessageContent.Of(record.Json, record.Attributes), record.At, Delay);

    private SqsMessage Deliver(MessageContent content, long sentAt, TimeSpan hidden)
    {
        var simulation = Store.Simulation;
        var message = Store.Arrive(content with { IdNumber = simulation.NextMessage() }, sentAt, sentAt + hidden.Ticks);
        if (simulation.History.IsFull)
            simulation.History.Add(new MessageSent(TimeSpan.FromTicks(sentAt), Label, message.Reference, TimeSpan.FromTicks(message.VisibleAt)));
        return message;
    }

    private void Check(DeadLetter policy)
    {
        string? reason = null;
        if (!Limits.MaxReceiveCount.Contains(policy.MaxReceiveCount))
        {
            reason = FormattableString.Invariant(
                $"Invalid value for maxReceiveCount: {policy.MaxReceiveCount}, valid values are from 1 to 1000 both inclusive."
            );
        }
        else if (policy.Queue == this)
        {
            reason = "Dead letter target owns this queue.";
        }

        if (reason is not null)
        {
            throw new SqsException(
                "InvalidParameterValue",
                FormattableString.Invariant(
                    $"Value {{\"deadLetterTargetArn\":\"{policy.Queue.Name}\",\"maxReceiveCount\":{policy.MaxReceiveCount}}} for parameter RedrivePolicy is invalid. Reason: {reason}"
                )
            );
        }
    }

    private static TimeSpan Checked(TimeSpan value, Bounds bounds, string parameter) =>
        value.Ticks % TimeSpan.TicksPerSecond == 0 && value.TotalSeconds <= int.MaxValue && bounds.Contains((int)value.TotalSeconds)
            ? value
            : throw new SqsException("InvalidAttributeValue", $"Invalid value for the parameter {parameter}.");

    private static TimeSpan CheckedDelay(TimeSpan value) =>
        value.Ticks % TimeSpan.TicksPerSecond == 0 && Limits.DelaySeconds.Contains((int)Math.Min(value.TotalSeconds, int.MaxValue))
            ? value
            : throw new SqsException(
                "InvalidParameterValue",
                FormattableString.Invariant($"Value {value.TotalSeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.")
            );

    private void Guarded(Action<MessageStore> action) =>
        Guarded(store =>
        {
            action(store);
            return true;
        });

    private T Guarded<T>(Func<MessageStore, T> action)
    {
        var attached = Store;
        var scheduler = attached.Simulation.Scheduler;
        scheduler.ThrowIfStranger();
        lock (scheduler.Gate)
        {
            var result = action(attached);
            scheduler.Wake();
            return result;
        }
    }
}
