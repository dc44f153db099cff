using System.Runtime.CompilerServices;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>A message's place in a list.</summary>
internal struct MessageLinks
{
    public SqsMessage? Previous;
    public SqsMessage? Next;
    public bool IsLinked;
}

/// <summary>Which list it is: where its links are, and by what time it is sorted.</summary>
internal interface IMessageOrder
{
    static abstract ref MessageLinks Links(SqsMessage message);

    static abstract long Time(SqsMessage message);
}

/// <summary>The messages of a queue, by the time they were sent.</summary>
internal readonly struct BySending : IMessageOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref MessageLinks Links(SqsMessage message) => ref message.Presence;

    public static long Time(SqsMessage message) => message.SentAt;
}

/// <summary>The messages that cannot be received, by the time they become visible.</summary>
internal readonly struct ByReturn : IMessageOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref MessageLinks Links(SqsMessage message) => ref message.Return;

    public static long Time(SqsMessage message) => message.VisibleAt;
}

/// <summary>
/// Messages sorted by a time. They are linked through themselves: with one visibility timeout and one retention period, new ones belong at the end, and any one
/// leaves in no time.
/// </summary>
internal sealed class MessageTimeline<TOrder>
    where TOrder : struct, IMessageOrder
{
    private SqsMessage? last;

    public int Count { get; private set; }

    public SqsMessage? First { get; private set; }

    public void Add(SqsMessage message)
    {
        var time = TOrder.Time(message);
        var before = last;
        while (before is not null && TOrder.Time(before) > time)
            before = TOrder.Links(before).Previous;
        var after = before is null ? First : TOrder.Links(before).Next;
        TOrder.Links(message) = new()
        {
            Previous = before,
            Next = after,
            IsLinked = true,
        };
        if (before is null)
            First = message;
        else
            TOrder.Links(before).Next = message;
        if (after is null)
            last = message;
        else
            TOrder.Links(after).Previous = message;
        Count++;
    }

    public void Remove(SqsMessage message)
    {
        var links = TOrder.Links(message);
        if (!links.IsLinked)
            return;
        TOrder.Links(message) = default;
        if (links.Previous is null)
            First = links.Next;
        else
            TOrder.Links(links.Previous).Next = links.Next;
        if (links.Next is null)
            last = links.Previous;
        else
            TOrder.Links(links.Next).Previous = links.Previous;
        Count--;
    }

    public IEnumerable<SqsMessage> All()
    {
        for (var message = First; message is not null; message = TOrder.Links(message).Next)
            yield return message;
    }
}
