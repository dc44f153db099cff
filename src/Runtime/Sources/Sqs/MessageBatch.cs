using System.Runtime.InteropServices;
using AtLeastOnce.Runtime.Invocation;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>The messages that a poller holds: what it has gathered, of which the first ones are being worked on.</summary>
internal sealed class MessageBatch(Poller poller) : IInvocationBatch
{
    private readonly List<ReceivedMessage> messages = [];
    private int working;

    /// <summary>Messages held.</summary>
    public int Held => messages.Count;

    /// <summary>Messages of the batch: those of the invocation, or all while none is under way.</summary>
    public int Count => working > 0 ? working : messages.Count;

    /// <inheritdoc/>
    public string? Mapping => poller.Mapping.Settings.Mapping;

    public string Source => poller.Mapping.Store.Queue.Label;

    public long? NextDeliveryAt => VisibleAgainAt;

    public long VisibleAgainAt
    {
        get
        {
            var first = long.MaxValue;
            foreach (ref readonly var received in Messages)
                first = Math.Min(first, received.VisibleAgainAt);
            return first;
        }
    }

    /// <summary>The messages of the batch.</summary>
    public ReadOnlySpan<ReceivedMessage> Messages => CollectionsMarshal.AsSpan(messages)[..Count];

    /// <summary>Takes a message. One that became visible again while the batch was gathered is held once, with its latest receipt.</summary>
    public void Add(ReceivedMessage received)
    {
        if (received.Receive > 1)
        {
            for (var i = 0; i < messages.Count; i++)
            {
                if (messages[i].Message != received.Message)
                    continue;
                messages[i] = received;
                return;
            }
        }

        messages.Add(received);
    }

    /// <summary>Closes the batch at what fits into one event of 6 MB (B-2, B-3); the rest is held for the next one.</summary>
    public void Close() => working = poller.Mapping.Writer.Fitting(CollectionsMarshal.AsSpan(messages));

    /// <summary>Forgets the messages of the batch; those that did not fit stay.</summary>
    public void Forget()
    {
        messages.RemoveRange(0, Count);
        working = 0;
    }

    /// <summary>Forgets all messages.</summary>
    public void LetGo()
    {
        messages.Clear();
        working = 0;
    }

    /// <inheritdoc/>
    public int IndexOf(string identifier)
    {
        var batch = Messages;
        for (var i = 0; i < batch.Length; i++)
        {
            if (batch[i].Message.MessageId == identifier)
                return i;
        }

        return -1;
    }

    /// <inheritdoc/>
    public BatchOutcome Judge(ReadOnlySpan<byte> response, FunctionError? error) => poller.Mapping.Response.Judge(response, error, this);

    /// <inheritdoc/>
    public void WriteEvent(EventBuffer target) => poller.Mapping.Writer.Write(target, Messages);

    /// <inheritdoc/>
    public IReadOnlyList<Delivery> Deliveries()
    {
        var deliveries = new Delivery[Count];
        var batch = Messages;
        for (var i = 0; i < deliveries.Length; i++)
            deliveries[i] = new(batch[i].Message.Reference, batch[i].Receive);
        return deliveries;
    }

    /// <summary>The records, for the history.</summary>
    public IReadOnlyList<RecordReference> References() => [.. Deliveries().Select(delivery => delivery.Record)];

    /// <inheritdoc/>
    public void Completed(BatchOutcome outcome, bool isFunctionError) => poller.Completed(outcome, isFunctionError);
}
