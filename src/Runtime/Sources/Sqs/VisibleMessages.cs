using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>The messages that a receive can hand out, in the order in which they became visible: a ring with holes, so that any one leaves in no time.</summary>
internal sealed class VisibleMessages(Choices choices, ReceiveOrder order)
{
    private SqsMessage?[] ring = new SqsMessage?[16];
    private long head;
    private long tail;

    public int Count { get; private set; }

    public void Add(SqsMessage message)
    {
        if (tail - head == ring.Length)
            Compact();
        Put(message, tail++);
        Count++;
    }

    /// <summary>Takes the next one out; there must be one.</summary>
    public SqsMessage Take()
    {
        SkipHoles();
        if (order == ReceiveOrder.Shuffled && Count > 1)
            MoveDrawnToHead();
        var message = ring[Slot(head)]!;
        Remove(message);
        SkipHoles();
        return message;
    }

    /// <summary>The one that <see cref="Take"/> gives unless it draws; there must be one.</summary>
    public SqsMessage Peek()
    {
        SkipHoles();
        return ring[Slot(head)]!;
    }

    /// <summary>Takes out another one than the next, drawn; there must be two.</summary>
    public SqsMessage TakeOther()
    {
        if (Count != tail - head)
            Compact();
        MoveToHead(1 + choices.Below(Count - 1, ChoicePoint.Reorder));
        var message = ring[Slot(head)]!;
        Remove(message);
        SkipHoles();
        return message;
    }

    public void Remove(SqsMessage message)
    {
        if (message.AvailablePosition < 0)
            return;
        ring[Slot(message.AvailablePosition)] = null;
        message.AvailablePosition = -1;
        Count--;
    }

    private void MoveDrawnToHead()
    {
        // Closing the holes keeps the draw uniform, and one draw a message keeps the choices few.
        if (Count != tail - head)
            Compact();
        MoveToHead(choices.Below(Count, ChoicePoint.ReceiveOrder));
    }

    private void MoveToHead(int index)
    {
        var drawn = ring[Slot(head + index)]!;
        var first = ring[Slot(head)]!;
        Put(first, drawn.AvailablePosition);
        Put(drawn, head);
    }

    private void SkipHoles()
    {
        while (head < tail && ring[Slot(head)] is null)
            head++;
    }

    private void Compact()
    {
        var old = ring;
        var (from, to) = (head, tail);
        ring = new SqsMessage?[Count * 2 > old.Length ? old.Length * 2 : old.Length];
        head = tail = 0;
        for (var i = from; i < to; i++)
        {
            if (old[(int)(i & (old.Length - 1))] is { } message)
                Put(message, tail++);
        }
    }

    private void Put(SqsMessage message, long position)
    {
        ring[Slot(position)] = message;
        message.AvailablePosition = position;
    }

    private int Slot(long position) => (int)(position & (ring.Length - 1));
}
