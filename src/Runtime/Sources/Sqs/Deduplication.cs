namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>The deduplication ids that a FIFO queue knows: those of the last 5 minutes, counted from the first send of each (S-45).</summary>
internal sealed class Deduplication(SqsQueue queue)
{
    /// <summary>How long a sent id is known.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(string? Group, string Id), Known> known = [];
    private readonly Queue<((string? Group, string Id) Key, long SentAt)> byTime = new();

    private readonly record struct Known(SqsMessage Message, long SentAt);

    /// <summary>The message that was sent with the id within the interval, or null; whether it is still in the queue does not matter.</summary>
    public SqsMessage? Find(MessageGrouping grouping, long now)
    {
        var (group, id) = KeyOf(grouping);
        if (!known.TryGetValue((group, id), out var first) || now - first.SentAt >= Interval.Ticks)
            return null;
        if (group is null && first.Message.Grouping!.GroupId != grouping.GroupId)
            MessageGrouping.ThrowIfUnread(queue, nameof(SqsQueue.DeduplicationScope));
        return first.Message;
    }

    /// <summary>A message was accepted.</summary>
    public void Add(SqsMessage message, long now)
    {
        while (byTime.TryPeek(out var oldest) && now - oldest.SentAt >= Interval.Ticks)
        {
            byTime.Dequeue();
            if (known.TryGetValue(oldest.Key, out var first) && first.SentAt == oldest.SentAt)
                known.Remove(oldest.Key);
        }

        var key = KeyOf(message.Grouping!);
        known[key] = new(message, now);
        byTime.Enqueue((key, now));
    }

    private (string? Group, string Id) KeyOf(MessageGrouping grouping) =>
        (queue.DeduplicationScope == DeduplicationScope.MessageGroup ? grouping.GroupId : null, grouping.DeduplicationId!);
}
