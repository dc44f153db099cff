namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>The messages of one group that are in a FIFO queue, in the order in which they arrived.</summary>
internal sealed class MessageGroup(string id)
{
    public string Id { get; } = id;

    /// <summary>The first message; null if the group has none in the queue.</summary>
    public SqsMessage? First { get; private set; }

    private SqsMessage? Last { get; set; }

    /// <summary>Messages received, and neither deleted nor visible again: while there are some, no further one is handed out (S-40).</summary>
    public int InFlight { get; set; }

    /// <summary>The message by which the group stands among those that a receive can begin with, or null.</summary>
    public SqsMessage? Entry { get; set; }

    /// <summary>The message comes in as the last one. Its links are its own: a run may hold a million messages.</summary>
    public void Add(SqsMessage message)
    {
        var grouping = message.Grouping!;
        (grouping.Group, grouping.Previous) = (this, Last);
        if (Last is { } last)
            last.Grouping!.Next = message;
        else
            First = message;
        Last = message;
    }

    /// <summary>The message goes.</summary>
    public void Remove(SqsMessage message)
    {
        var grouping = message.Grouping!;
        var (previous, next) = (grouping.Previous, grouping.Next);
        if (previous is null)
            First = next;
        else
            previous.Grouping!.Next = next;
        if (next is null)
            Last = previous;
        else
            next.Grouping!.Previous = previous;
        (grouping.Group, grouping.Previous, grouping.Next) = (null, null, null);
    }
}

/// <summary>One receive, which goes on through a group before it takes another one (B-18).</summary>
/// <param name="mostGroups">From how many groups it takes messages at most.</param>
internal struct ReceiveCall(int mostGroups)
{
    /// <summary>The message of the present group that is handed out next, if it can be.</summary>
    public SqsMessage? Next { get; set; }

    /// <summary>Groups that it may still begin.</summary>
    public int GroupsLeft { get; set; } = mostGroups;
}

/// <summary>
/// Which messages of a FIFO queue can be received: each group that is not blocked stands by its first message among the visible ones. Only the oldest messages
/// of the queue are looked through (S-48).
/// </summary>
internal sealed class FifoGroups(VisibleMessages visible, int lookAhead)
{
    private readonly Dictionary<string, MessageGroup> groups = new(StringComparer.Ordinal);
    private readonly Queue<SqsMessage> outOfSight = new();
    private long sequence;
    private int inSight;

    /// <summary>Groups with messages in the queue: the most that can be worked on at once (C-7).</summary>
    public int Count => groups.Count;

    /// <summary>A message comes into the queue.</summary>
    public void Add(SqsMessage message)
    {
        var grouping = message.Grouping!;
        if (!groups.TryGetValue(grouping.GroupId, out var group))
            groups.Add(grouping.GroupId, group = new(grouping.GroupId));
        grouping.Sequence = ++sequence;
        grouping.GroupId = group.Id;
        group.Add(message);
        if (inSight < lookAhead)
            ComeIntoSight(message);
        else
            outOfSight.Enqueue(message);
    }

    /// <summary>A message leaves the queue; its fate is still that of one that is in it.</summary>
    public void Remove(SqsMessage message)
    {
        var grouping = message.Grouping!;
        var group = grouping.Group!;
        if (message.Fate == RecordFate.InFlight)
            group.InFlight--;
        group.Remove(message);
        if (group.First is null)
            groups.Remove(group.Id);
        Refresh(group);
        if (!grouping.IsInSight)
            return;
        inSight--;
        while (inSight < lookAhead && outOfSight.TryDequeue(out var next))
        {
            if (!next.IsPresent)
                continue;
            ComeIntoSight(next);
            Refresh(next.Grouping!.Group!);
        }
    }

    /// <summary>A message of the queue becomes visible, or is received.</summary>
    public void Changed(SqsMessage message, RecordFate before)
    {
        var group = message.Grouping!.Group!;
        group.InFlight += (message.Fate == RecordFate.InFlight ? 1 : 0) - (before == RecordFate.InFlight ? 1 : 0);
        Refresh(group);
    }

    /// <summary>The message that a receive hands out next, or null.</summary>
    public SqsMessage? Take(ref ReceiveCall call)
    {
        if (call.Next is { } next && IsReady(next))
        {
            call.Next = next.Grouping!.Next;
            return next;
        }

        if (call.GroupsLeft == 0 || visible.Count == 0)
            return null;
        call.GroupsLeft--;
        var first = visible.Take();
        var grouping = first.Grouping!;
        grouping.Group!.Entry = null;
        call.Next = grouping.Next;
        return first;
    }

    private static bool IsReady(SqsMessage message) => message is { IsHidden: false, IsPresent: true, Grouping.IsInSight: true };

    private void ComeIntoSight(SqsMessage message)
    {
        message.Grouping!.IsInSight = true;
        inSight++;
    }

    private void Refresh(MessageGroup group)
    {
        var first = group is { InFlight: 0, First: { } oldest } && IsReady(oldest) ? oldest : null;
        if (first == group.Entry)
            return;
        if (group.Entry is { } entry)
            visible.Remove(entry);
        group.Entry = first;
        if (first is not null)
            visible.Add(first);
    }
}
