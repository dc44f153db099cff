using System.Buffers;
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

/// <summary>Among which messages a deduplication id is looked for (S-46).</summary>
public enum DeduplicationScope
{
    /// <summary>All messages of the queue.</summary>
    Queue,

    /// <summary>Those of the same message group.</summary>
    MessageGroup,
}

/// <summary>A message as a receive of the test or of a handler got it.</summary>
/// <param name="Message">The message.</param>
/// <param name="ReceiptHandle">What <see cref="SqsQueue.Delete(string)"/> and <see cref="SqsQueue.ChangeVisibility(string, TimeSpan)"/> take.</param>
public sealed record SqsReceipt(SqsMessage Message, string ReceiptHandle);

/// <summary>An SQS queue with AWS's defaults and limits: a FIFO queue if its name ends in <c>.fifo</c>, else a standard queue.</summary>
public sealed partial class SqsQueue : EventSource, IDestination
{
    private const string FifoSuffix = ".fifo";
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private TimeSpan visibilityTimeout = TimeSpan.FromSeconds(Defaults.VisibilityTimeout);
    private TimeSpan messageRetentionPeriod = TimeSpan.FromSeconds(Defaults.MessageRetentionPeriod);
    private TimeSpan delay = TimeSpan.FromSeconds(Defaults.DelaySeconds);
    private DeadLetter? deadLetter;
    private bool contentBasedDeduplication;
    private DeduplicationScope deduplicationScope;
    private MessageStore? store;

    /// <summary>A queue.</summary>
    /// <param name="name">1 to 80 letters, digits, hyphens and underscores; the name of a FIFO queue ends in <c>.fifo</c>, which counts towards the 80.</param>
    /// <exception cref="SqsException">SQS refuses the name.</exception>
    public SqsQueue(string name)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(name);
        IsFifo = name.EndsWith(FifoSuffix, StringComparison.Ordinal);
        var own = IsFifo ? name.AsSpan(0, name.Length - FifoSuffix.Length) : name;
        if (own.Length != 0 && name.Length <= 80 && own.IndexOfAnyExcept(NameCharacters) < 0)
            return;
        throw new SqsException(
            "InvalidParameterValue",
            IsFifo
                ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length"
                : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
        );
    }

    /// <summary>Whether it is a FIFO queue.</summary>
    public bool IsFifo { get; }

    /// <summary>
    /// Whether a message of a FIFO queue that is sent without a deduplication id gets the SHA-256 of its body as such (S-45); its attributes do not count. Default false:
    /// then each send must name one.
    /// </summary>
    /// <exception cref="SqsException">The queue is a standard queue.</exception>
    public bool ContentBasedDeduplication
    {
        get => contentBasedDeduplication;
        set => contentBasedDeduplication = OfFifo(value, nameof(ContentBasedDeduplication));
    }

    /// <summary>Among which messages of a FIFO queue a deduplication id is looked for (S-46). Default: all of the queue.</summary>
    /// <exception cref="SqsException">The queue is a standard queue.</exception>
    public DeduplicationScope DeduplicationScope
    {
        get => deduplicationScope;
        set => deduplicationScope = OfFifo(value, nameof(DeduplicationScope));
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

    /// <summary>
    /// How long a sent message stays hidden at first; whole seconds from 0 to 15 min (B-21). Default 0. A change holds for messages to come; of a FIFO queue also for those in
    /// it that were not received yet.
    /// </summary>
    /// <exception cref="SqsException">SQS refuses the value.</exception>
    public TimeSpan Delay
    {
        get => delay;
        set
        {
            delay = Checked(value, Limits.DelaySeconds, "DelaySeconds");
            Open.Close(nameof(Delay));
            if (IsFifo && store is not null)
                Guarded(store => store.DelayChanged());
        }
    }

    /// <summary>Where messages that were received too often are given up (S-23); null (the default) for nowhere.</summary>
    /// <exception cref="SqsException">SQS refuses the count, or the queue is this one, or of the other type (S-25).</exception>
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

    /// <summary>What the template says, but is not read: needed only when a send hangs on it.</summary>
    internal OpenSettings UnreadSettings { get; } = new();

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
    void IDestination.Accept(DestinationRecord record)
    {
        var content = MessageContent.Of(record.Json, record.Attributes);
        Deliver(content, MessageGrouping.Of(this, content.Body, groupId: null, deduplicationId: null), record.At, Delay);
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
        else if (policy.Queue.IsFifo != IsFifo)
        {
            reason = "Dead-letter queue must be same type of queue as the source.";
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

    private T OfFifo<T>(T value, string attribute)
    {
        if (!IsFifo)
            throw new SqsException("InvalidAttributeName", $"Unknown Attribute {attribute}.");
        Open.Close(attribute);
        UnreadSettings.Close(attribute);
        return value;
    }

    private void Guarded(Action<MessageStore> action) =>
        Guarded(store =>
        {
            action(store);
            return true;
        });

    private T Guarded<T>(Func<MessageStore, T> action)
    {
        var attached = Store;
        return attached.Simulation.Scheduler.Serve(() => action(attached));
    }
}
