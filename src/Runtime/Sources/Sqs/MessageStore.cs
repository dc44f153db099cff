using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>Where a queue's messages are: visible, delayed or in flight, gone; and what became of each. All of it under the scheduler's gate.</summary>
internal sealed class MessageStore : IScheduled
{
    /// <summary>Messages in flight above which a receive gives nothing (S-27).</summary>
    private const int InFlightLimit = 120_000;

    private readonly List<SqsMessage> all = [];
    private readonly MessageTimeline<BySending> present = new();
    private readonly MessageTimeline<ByReturn> hidden = new();
    private readonly VisibleMessages visible;
    private readonly Faults faults;
    private readonly FifoGroups? groups;
    private readonly Deduplication? deduplication;
    private readonly long[] fates = new long[RecordFates.All.Count];
    private long wakeAt = long.MaxValue;
    private long deduplications;

    /// <summary>Makes an empty store.</summary>
    public MessageStore(Simulation simulation, SqsQueue queue, int ordinal)
    {
        Simulation = simulation;
        Queue = queue;
        Ordinal = ordinal;
        visible = new(simulation.Choices, simulation.Options.ReceiveOrder);
        Dispatcher = new(this);
        faults = simulation.Faults;
        if (!queue.IsFifo)
            return;
        groups = new(visible, simulation.Options.FifoLookAhead);
        deduplication = new(queue);
    }

    public Simulation Simulation { get; }

    public SqsQueue Queue { get; }

    /// <summary>The queue's position in its host.</summary>
    public int Ordinal { get; }

    /// <summary>Who is told of visible messages.</summary>
    public PollerDispatcher Dispatcher { get; }

    /// <summary>Every message that ever arrived, in that order.</summary>
    public IReadOnlyList<SqsMessage> All => all;

    /// <summary>The messages in the queue, by the time they were sent.</summary>
    public IEnumerable<SqsMessage> Present => present.All();

    public int PresentCount => present.Count;

    public bool HasVisible => visible.Count > 0 && CanReceive;

    private bool CanReceive => fates[(int)RecordFate.InFlight] < InFlightLimit;

    /// <summary>Messages that could be received; of a FIFO queue the groups that could.</summary>
    public int VisibleCount => visible.Count;

    /// <summary>Message groups with messages in the queue; null unless it is a FIFO queue.</summary>
    public int? ActiveGroups => groups?.Count;

    private long Now => Simulation.Scheduler.Now;

    /// <summary>How many messages ended, or are now, that way.</summary>
    public long Count(RecordFate fate) => fates[(int)fate];

    /// <summary>A message comes into the queue.</summary>
    public SqsMessage Arrive(MessageContent content, long sentAt, long visibleAt, SqsMessage? origin = null)
    {
        var message = new SqsMessage(this, all.Count + 1, content, sentAt, origin) { VisibleAt = visibleAt };
        all.Add(message);
        present.Add(message);
        groups?.Add(message);
        deduplication?.Add(message, sentAt);
        fates[(int)RecordFate.Waiting]++;
        Dispatcher.CountWork(1);
        if (visibleAt > Now)
            hidden.Add(message);
        else
            BecomeVisible(message);
        Wake();
        return message;
    }

    /// <summary>The message of which one that is sent now would be a duplicate (S-45), or null.</summary>
    public SqsMessage? FindDuplicate(MessageGrouping grouping, long now) => deduplication?.Find(grouping, now);

    /// <summary>Takes a duplicate, which is never delivered; it has the id of the message that it repeats.</summary>
    public SqsMessage Refuse(MessageContent content, MessageGrouping grouping, long sentAt, SqsMessage first)
    {
        (grouping.Original, grouping.Sequence) = (first, first.Grouping!.Sequence);
        content = content with { IdNumber = first.IdNumber, Grouping = grouping };
        var message = new SqsMessage(this, all.Count + 1, content, sentAt, origin: null) { Fate = RecordFate.Deduplicated };
        all.Add(message);
        fates[(int)RecordFate.Deduplicated]++;
        return message;
    }

    /// <summary>The number of the next deduplication id that is made up for a sender.</summary>
    public long NextDeduplication() => ++deduplications;

    /// <summary>The next message of a receive, giving up to the dead-letter queue those that were handed out often enough (S-23); null if there is none.</summary>
    public SqsMessage? Receive(long visibilityTimeout, ref ReceiveCall call)
    {
        while (CanReceive)
        {
            var message =
                groups is not null ? groups.Take(ref call)
                : visible.Count > 0 ? TakeNext()
                : null;
            if (message is null)
                return null;
            if (Queue.DeadLetter is { } policy && message.Receives >= policy.MaxReceiveCount)
            {
                MoveToDeadLetterQueue(message, policy.Queue.Store);
                continue;
            }

            message.Receives++;
            if (message.FirstReceivedAt < 0)
                message.FirstReceivedAt = Now;
            Hide(message, Now + visibilityTimeout);
            return message;
        }

        return null;
    }

    /// <summary>Deletes a message; false if it is gone already.</summary>
    public bool Delete(SqsMessage message, RecordFate fate)
    {
        if (!message.IsPresent)
        {
            // It expired while it was worked on: what counts is that the work was done.
            if (message.Fate == RecordFate.Expired && fate == RecordFate.Acknowledged)
                SetFate(message, fate);
            return false;
        }

        Remove(message, fate);
        return true;
    }

    /// <summary>Whether the message is still in flight by that receive.</summary>
    public bool IsHeldBy(SqsMessage message, int receive) => message.Fate == RecordFate.InFlight && message.Receives == receive && message.VisibleAt > Now;

    /// <summary>Makes a message visible at another time.</summary>
    public void ChangeVisibility(SqsMessage message, long visibleAt)
    {
        hidden.Remove(message);
        if (visibleAt > Now)
            Hide(message, visibleAt);
        else
            BecomeVisible(message);
        Wake();
    }

    /// <summary>The delay of a FIFO queue was changed: it holds for the messages that were not received yet too.</summary>
    public void DelayChanged()
    {
        foreach (var message in present.All())
        {
            if (message is not { Receives: 0, Fate: RecordFate.Waiting, Origin: null })
                continue;
            hidden.Remove(message);
            message.VisibleAt = message.SentAt + Queue.Delay.Ticks;
            if (message.VisibleAt > Now)
                hidden.Add(message);
            groups!.Changed(message, RecordFate.Waiting);
        }

        Dispatcher.Notify();
        Wake();
    }

    /// <summary>The visibility timeout of some messages, or their retention period, is over.</summary>
    public void Due(long token)
    {
        if (token != wakeAt)
            return;
        wakeAt = long.MaxValue;
        while (present.First is { } oldest && ExpiresAt(oldest) <= Now)
            Expire(oldest);
        while (hidden.First is { } next && next.VisibleAt <= Now)
        {
            hidden.Remove(next);
            BecomeVisible(next);
        }

        Wake();
    }

    /// <summary>Sets the next wake-up, after the queue's settings have changed or messages have moved.</summary>
    public void Wake()
    {
        var next = Math.Min(present.First is { } oldest ? ExpiresAt(oldest) : long.MaxValue, hidden.First?.VisibleAt ?? long.MaxValue);
        if (next >= wakeAt)
            return;
        wakeAt = next;
        Simulation.Scheduler.At(next, this, next);
    }

    private SqsMessage TakeNext()
    {
        if (!faults.ReordersMessages || visible.Count < 2)
            return visible.Take();
        var next = visible.Peek();
        if (!faults.Reorders(new(next.Reference, next.Receives + 1)))
            return visible.Take();
        var other = visible.TakeOther();
        Simulation.NoteFault(FaultKind.Reorder, $"queue {Queue.Label}", FormattableString.Invariant($"{other.Number} overtakes {next.Number}"));
        return other;
    }

    private long ExpiresAt(SqsMessage message) => message.SentAt + Queue.MessageRetentionPeriod.Ticks;

    private void Hide(SqsMessage message, long until)
    {
        message.VisibleAt = until;
        if (until <= Now)
        {
            BecomeVisible(message);
            return;
        }

        hidden.Add(message);
        SetFate(message, RecordFate.InFlight);
        Wake();
    }

    private void BecomeVisible(SqsMessage message)
    {
        SetFate(message, RecordFate.Waiting);
        if (groups is null)
            visible.Add(message);
        Dispatcher.Notify();
    }

    private void Expire(SqsMessage message)
    {
        Remove(message, RecordFate.Expired);
        if (Simulation.History.IsTaken)
            Simulation.History.Add(new MessageExpired(TimeSpan.FromTicks(Now), Queue.Label, message.Reference, message.Receives));
    }

    private void MoveToDeadLetterQueue(SqsMessage message, MessageStore deadLetterQueue)
    {
        Remove(message, RecordFate.DeadLettered);
        if (Simulation.History.IsTaken)
        {
            Simulation.History.Add(
                new MessageDeadLettered(TimeSpan.FromTicks(Now), Queue.Label, deadLetterQueue.Queue.Label, message.Reference, message.Receives)
            );
        }

        // S-26: the retention clock of a standard queue's message keeps running. S-47: the deduplication id becomes the message id.
        var content = new MessageContent(message.BodyBytes, message.BodyHash, message.UserAttributes, message.IdNumber)
        {
            Grouping = message.Grouping is { } grouping ? new(grouping.GroupId, Queue.IsFifo ? message.MessageId : null) : null,
        };
        deadLetterQueue.Arrive(content, Queue.IsFifo ? Now : message.SentAt, Now, message);
    }

    private void Remove(SqsMessage message, RecordFate fate)
    {
        present.Remove(message);
        hidden.Remove(message);
        visible.Remove(message);
        if (groups is not null)
        {
            // The next message of its group may be free now (S-44).
            groups.Remove(message);
            Dispatcher.Notify();
        }

        SetFate(message, fate);
        Dispatcher.CountWork(-1);
    }

    private void SetFate(SqsMessage message, RecordFate fate)
    {
        var before = message.Fate;
        fates[(int)before]--;
        fates[(int)fate]++;
        message.Fate = fate;
        if (groups is not null && message.IsPresent)
            groups.Changed(message, before);
    }
}
