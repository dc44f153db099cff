using System.Globalization;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Sqs;

namespace AtLeastOnce.Runtime;

public sealed partial class SqsQueue
{
    /// <summary>Sends a message with a raw body.</summary>
    /// <param name="body">The body as it is.</param>
    /// <param name="attributes">Message attributes, up to 10.</param>
    /// <param name="delay">How long it stays hidden at first, whole seconds up to 15 min; null for the queue's own delay. Not for FIFO queues.</param>
    /// <param name="messageGroupId">
    /// The message group, 1 to 128 letters, digits and punctuation marks. A FIFO queue needs one and keeps the order within it (B-17); on a standard queue it has no influence on the
    /// order (S-51).
    /// </param>
    /// <param name="deduplicationId">
    /// Of FIFO queues: what tells a message that is sent again within 5 minutes (S-45), 1 to 128 letters, digits and punctuation marks; null for the body's hash, if the queue has
    /// <see cref="ContentBasedDeduplication"/>.
    /// </param>
    /// <returns>The message; of one that a FIFO queue takes for a duplicate, its fate is <see cref="RecordFate.Deduplicated"/> and it is never delivered.</returns>
    /// <exception cref="SqsException">SQS refuses the message.</exception>
    /// <exception cref="InvalidOperationException">The queue belongs to no host yet.</exception>
    public SqsMessage Send(
        string body,
        IReadOnlyDictionary<string, SqsAttributeValue>? attributes = null,
        TimeSpan? delay = null,
        string? messageGroupId = null,
        string? deduplicationId = null
    ) => Send((object)body, attributes, delay, messageGroupId, deduplicationId);

    /// <summary>Sends a message with an object as JSON; a string is taken as it is.</summary>
    /// <param name="body">What <c>System.Text.Json</c> makes the body of.</param>
    /// <param name="attributes">Message attributes, up to 10.</param>
    /// <param name="delay">How long it stays hidden at first, whole seconds up to 15 min; null for the queue's own delay. Not for FIFO queues.</param>
    /// <param name="messageGroupId">
    /// The message group, 1 to 128 letters, digits and punctuation marks. A FIFO queue needs one and keeps the order within it (B-17); on a standard queue it has no influence on the
    /// order (S-51).
    /// </param>
    /// <param name="deduplicationId">
    /// Of FIFO queues: what tells a message that is sent again within 5 minutes (S-45), 1 to 128 letters, digits and punctuation marks; null for the body's hash, if the queue has
    /// <see cref="ContentBasedDeduplication"/>.
    /// </param>
    /// <returns>The message; of one that a FIFO queue takes for a duplicate, its fate is <see cref="RecordFate.Deduplicated"/> and it is never delivered.</returns>
    /// <exception cref="SqsException">SQS refuses the message.</exception>
    /// <exception cref="ArgumentException">The body is a list: call <see cref="SendMany(object[])"/>.</exception>
    /// <exception cref="InvalidOperationException">The queue belongs to no host yet.</exception>
    public SqsMessage Send(
        object body,
        IReadOnlyDictionary<string, SqsAttributeValue>? attributes = null,
        TimeSpan? delay = null,
        string? messageGroupId = null,
        string? deduplicationId = null
    )
    {
        ArgumentNullException.ThrowIfNull(body);
        var hidden = delay is { } given ? CheckedDelay(given) : Delay;
        var attached = Store;
        var simulation = attached.Simulation;
        var content = MessageContent.Of(body, attributes);
        var grouping = MessageGrouping.Of(this, content.Body, messageGroupId, deduplicationId);
        return simulation.Scheduler.Serve(() => Deliver(content, grouping, simulation.CallerNow, hidden));
    }

    /// <summary>Sends a message for each body to a standard queue.</summary>
    /// <param name="bodies">Strings are taken as they are, anything else is serialised.</param>
    /// <returns>The messages.</returns>
    /// <exception cref="SqsException">SQS refuses a message; a FIFO queue all of them, as they name no group: call <see cref="SendToGroup(string, object[])"/>.</exception>
    public IReadOnlyList<SqsMessage> SendMany(params object[] bodies) => SendMany((IEnumerable<object>)bodies);

    /// <summary>Sends a message for each body to a standard queue.</summary>
    /// <param name="bodies">Strings are taken as they are, anything else is serialised.</param>
    /// <returns>The messages.</returns>
    /// <exception cref="SqsException">
    /// SQS refuses a message; a FIFO queue all of them, as they name no group: call <see cref="SendToGroup(string, IEnumerable{object})"/>.
    /// </exception>
    public IReadOnlyList<SqsMessage> SendMany(IEnumerable<object> bodies)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        return [.. bodies.Select(body => Send(body))];
    }

    /// <summary>
    /// Sends a message for each body to a message group, in that order. Where the queue has no <see cref="ContentBasedDeduplication"/>, each message gets a deduplication id of its
    /// own, as from a sender that makes a new one for every message.
    /// </summary>
    /// <param name="messageGroupId">The message group, 1 to 128 letters, digits and punctuation marks.</param>
    /// <param name="bodies">Strings are taken as they are, anything else is serialised.</param>
    /// <returns>The messages.</returns>
    /// <exception cref="SqsException">SQS refuses a message.</exception>
    public IReadOnlyList<SqsMessage> SendToGroup(string messageGroupId, params object[] bodies) => SendToGroup(messageGroupId, (IEnumerable<object>)bodies);

    /// <summary>
    /// Sends a message for each body to a message group, in that order. Where the queue has no <see cref="ContentBasedDeduplication"/>, each message gets a deduplication id of its
    /// own, as from a sender that makes a new one for every message.
    /// </summary>
    /// <param name="messageGroupId">The message group, 1 to 128 letters, digits and punctuation marks.</param>
    /// <param name="bodies">Strings are taken as they are, anything else is serialised.</param>
    /// <returns>The messages.</returns>
    /// <exception cref="SqsException">SQS refuses a message.</exception>
    public IReadOnlyList<SqsMessage> SendToGroup(string messageGroupId, IEnumerable<object> bodies)
    {
        ArgumentNullException.ThrowIfNull(messageGroupId);
        ArgumentNullException.ThrowIfNull(bodies);
        return [.. bodies.Select(body => Send(body, messageGroupId: messageGroupId, deduplicationId: OwnDeduplicationId()))];
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
    /// <exception cref="SqsException">It is no handle of this queue, or a FIFO queue's and its visibility timeout is over (S-49).</exception>
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

    private string? OwnDeduplicationId()
    {
        if (!IsFifo || ContentBasedDeduplication)
            return null;
        var attached = Store;
        lock (attached.Simulation.Scheduler.Gate)
        {
            return attached.Simulation.Choices.GuidText(IdKind.Deduplication, ((long)attached.Ordinal << 40) + attached.NextDeduplication());
        }
    }

    private SqsMessage Deliver(MessageContent content, MessageGrouping? grouping, long sentAt, TimeSpan hidden)
    {
        var (attached, simulation) = (Store, Store.Simulation);
        var history = simulation.History;
        if (grouping is not null && attached.FindDuplicate(grouping, sentAt) is { } first)
        {
            var duplicate = attached.Refuse(content, grouping, sentAt, first);
            if (history.IsTaken)
                history.Add(new MessageDeduplicated(TimeSpan.FromTicks(sentAt), Label, duplicate.Reference, first.Reference));
            return duplicate;
        }

        var message = attached.Arrive(content with { IdNumber = simulation.NextMessage(), Grouping = grouping }, sentAt, sentAt + hidden.Ticks);
        if (history.IsTaken)
        {
            history.Add(
                new MessageSent(TimeSpan.FromTicks(sentAt), Label, message.Reference, TimeSpan.FromTicks(message.VisibleAt))
                {
                    MessageGroupId = grouping?.GroupId,
                }
            );
        }

        return message;
    }

    private TimeSpan CheckedDelay(TimeSpan value)
    {
        if (IsFifo)
        {
            throw new SqsException(
                "InvalidParameterValue",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Value {value.TotalSeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type."
                )
            );
        }

        return value.Ticks % TimeSpan.TicksPerSecond == 0 && Limits.DelaySeconds.Contains((int)Math.Min(value.TotalSeconds, int.MaxValue))
            ? value
            : throw new SqsException(
                "InvalidParameterValue",
                FormattableString.Invariant($"Value {value.TotalSeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.")
            );
    }
}
