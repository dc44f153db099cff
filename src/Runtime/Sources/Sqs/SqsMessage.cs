using System.Text;
using System.Text.Json;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Sqs;

namespace AtLeastOnce.Runtime;

/// <summary>A message in a queue. A message that is moved to a dead-letter queue is another object there, with the same id (S-24).</summary>
public sealed class SqsMessage
{
    private static readonly JsonSerializerOptions AnyCase = new() { PropertyNameCaseInsensitive = true };
    private static readonly Dictionary<string, SqsAttributeValue> NoAttributes = [];

    // Kept small: a run may hold a million of these.
    internal readonly MessageStore Store;
    internal readonly byte[] BodyBytes;
    internal readonly SqsAttributes? UserAttributes;
    internal readonly SqsMessage? Origin;
    internal readonly MessageGrouping? Grouping;
    internal readonly long IdNumber;
    internal readonly long SentAt;
    internal readonly UInt128 BodyHash;
    internal long VisibleAt;
    internal long FirstReceivedAt = -1;
    internal long AvailablePosition = -1;
    internal MessageLinks Presence;
    internal MessageLinks Return;
    internal int Receives;
    internal RecordFate Fate;
    internal bool WasReported;
    internal bool WasDuplicated;
    private string? id;

    internal SqsMessage(MessageStore store, int number, MessageContent content, long sentAt, SqsMessage? origin)
    {
        Store = store;
        Number = number;
        BodyBytes = content.Body;
        UserAttributes = content.Attributes;
        BodyHash = content.BodyHash;
        IdNumber = content.IdNumber;
        Grouping = content.Grouping;
        SentAt = sentAt;
        Origin = origin;
    }

    /// <summary>Its number in its queue, from 1 in the order of arrival: what a timeline calls it.</summary>
    public int Number { get; }

    /// <summary>The message id: stays the same over receives and in the dead-letter queue (E-6, S-24).</summary>
    public string MessageId => id ?? Store.Simulation.Choices.GuidText(IdKind.Message, IdNumber);

    /// <summary>The body as sent.</summary>
    public string Body => Encoding.UTF8.GetString(BodyBytes);

    /// <summary>The message attributes.</summary>
    public IReadOnlyDictionary<string, SqsAttributeValue> Attributes => UserAttributes?.Values ?? NoAttributes;

    /// <summary>The message group that it was sent with; null if it was sent without one, as to a standard queue.</summary>
    public string? MessageGroupId => Grouping?.GroupId;

    /// <summary>The deduplication id in a FIFO queue, given or made of the body (S-45); of a message that was moved to a FIFO dead-letter queue its message id (S-47).</summary>
    public string? DeduplicationId => Grouping?.DeduplicationId;

    /// <summary>The place in the order of a FIFO queue, 20 digits; null in a standard queue (E-5). A duplicate has that of the message it repeats.</summary>
    public string? SequenceNumber => Grouping is { Sequence: > 0 } grouping ? grouping.SequenceNumber : null;

    /// <summary>The message that a FIFO queue has taken this one for a duplicate of (S-45); null unless its fate is <see cref="RecordFate.Deduplicated"/>.</summary>
    public SqsMessage? DuplicateOf => Grouping?.Original;

    /// <summary>When it was sent; in a standard dead-letter queue still when it was sent first, in a FIFO one when it was moved (S-26).</summary>
    public DateTimeOffset SentTimestamp => Store.Simulation.Options.Start + TimeSpan.FromTicks(SentAt);

    /// <summary>How often this queue has handed it out.</summary>
    public int ApproximateReceiveCount => Receives;

    /// <summary>The queue it is or was in.</summary>
    public string QueueName => Store.Queue.Label;

    /// <summary>The message in the queue it was moved from; null unless it was moved to this dead-letter queue.</summary>
    public SqsMessage? DeadLetterSource => Origin;

    internal RecordReference Reference => new(Number, id ??= MessageId);

    internal bool IsPresent => Presence.IsLinked;

    /// <summary>It is in flight or delayed.</summary>
    internal bool IsHidden => Return.IsLinked;

    /// <summary>The body read as JSON; property names in any case.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="options">How to read it, instead.</param>
    /// <exception cref="JsonException">The body is no such JSON, or <c>null</c>.</exception>
    public T Json<T>(JsonSerializerOptions? options = null) =>
        JsonSerializer.Deserialize<T>(BodyBytes, options ?? AnyCase) ?? throw new JsonException($"The body of message {Number} is null.");

    /// <summary>For debugging.</summary>
    public override string ToString() => FormattableString.Invariant($"message {Number} ({MessageId}, {Body})");
}
