using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime;

/// <summary>A message arrived at a queue because it was sent.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Record">The message.</param>
/// <param name="VisibleAt">When it can be received first: later than <paramref name="At"/> if it is delayed (B-21).</param>
public sealed record MessageSent(TimeSpan At, string Queue, RecordReference Record, TimeSpan VisibleAt) : EsmEvent(At)
{
    /// <summary>The message group that it was sent with, or null.</summary>
    public string? MessageGroupId { get; init; }

    /// <inheritdoc/>
    internal override EventText Tell() => Tell(1);

    /// <inheritdoc/>
    internal override bool IsOneOf(EsmEvent next) => next is MessageSent sent && sent == this with { Record = sent.Record };

    /// <inheritdoc/>
    internal override EventText Tell(int count) =>
        new(
            $"queue {Queue}",
            Wording.Of(
                $"{Wording.Times(count, "message")} sent{(MessageGroupId is null ? "" : $" to group {MessageGroupId}")}{(VisibleAt > At ? $", visible from {Wording.Time(VisibleAt)}" : "")}"
            )
        );
}

/// <summary>A FIFO queue accepted a message as a duplicate, and will not deliver it (S-45).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Record">The message; it has the id of the one that it repeats.</param>
/// <param name="First">The message that was sent with the same deduplication id before.</param>
public sealed record MessageDeduplicated(TimeSpan At, string Queue, RecordReference Record, RecordReference First) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() =>
        new($"queue {Queue}", Wording.Of($"≡ {Record.Number} sent, but not delivered: its deduplication id is that of {First.Number} (S-45)"));
}

/// <summary>A poller, a handler or the test received messages.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Mapping">The mapping whose poller it was, or null.</param>
/// <param name="Records">The messages.</param>
/// <param name="VisibleAgainAt">When they can be received again if nobody deletes them (B-16).</param>
public sealed record MessagesReceived(TimeSpan At, string Queue, string? Mapping, IReadOnlyList<RecordReference> Records, TimeSpan VisibleAgainAt)
    : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() =>
        new(
            $"queue {Queue}",
            Wording.Of($"received {Wording.List(Records)}  visibility until {Wording.Time(VisibleAgainAt)}")
                + (Mapping is null ? "  by code" : $"  for '{Mapping}'")
        );
}

/// <summary>Messages were deleted after an invocation (S-2, S-3) or by a handler (S-5).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Mapping">The mapping whose poller it was; null if code did it.</param>
/// <param name="Records">The messages.</param>
public sealed record MessagesDeleted(TimeSpan At, string Queue, string? Mapping, IReadOnlyList<RecordReference> Records) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"queue {Queue}", $"✖ deleted {Wording.List(Records)}{(Mapping is null ? " by code (S-5)" : "")}");
}

/// <summary>A delete came too late: the message had been received again meanwhile, or was gone. It changes nothing (S-5).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Records">The messages.</param>
public sealed record LateDeleteIgnored(TimeSpan At, string Queue, IReadOnlyList<RecordReference> Records) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"queue {Queue}", $"late delete of {Wording.List(Records)} ignored: received again meanwhile, or gone (S-5)");
}

/// <summary>A delete from a FIFO queue came when the visibility timeout was over: it fails, and the message comes again (S-49).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Records">The messages.</param>
public sealed record LateDeleteRefused(TimeSpan At, string Queue, IReadOnlyList<RecordReference> Records) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() =>
        new($"queue {Queue}", $"late delete of {Wording.List(Records)} refused: the visibility timeout was over, so they come again (S-49)");
}

/// <summary>A delete was lost on one of the queue's servers, so that the message is delivered once more (B-7). Comes from <see cref="Faults"/>.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Record">The message.</param>
public sealed record MessageDuplicated(TimeSpan At, string Queue, RecordReference Record) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"queue {Queue}", Wording.Of($"⧉ {Record.Number} will be delivered once more, although deleted (B-7)"));
}

/// <summary>A message was to be received once too often and was moved to the dead-letter queue (S-23).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue it was in.</param>
/// <param name="DeadLetterQueue">The queue it is in now.</param>
/// <param name="Record">The message in the queue it was in.</param>
/// <param name="ReceiveCount">How often it had been received.</param>
public sealed record MessageDeadLettered(TimeSpan At, string Queue, string DeadLetterQueue, RecordReference Record, int ReceiveCount) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() =>
        new($"queue {Queue}", Wording.Of($"→ {Record.Number} moved to {DeadLetterQueue} after {Wording.Times(ReceiveCount, "receive")} (S-23)"));
}

/// <summary>A message's retention period was over (S-21).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Record">The message.</param>
/// <param name="ReceiveCount">How often it had been received.</param>
public sealed record MessageExpired(TimeSpan At, string Queue, RecordReference Record, int ReceiveCount) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"queue {Queue}", Wording.Of($"✖ {Record.Number} expired after {Wording.Times(ReceiveCount, "receive")} (S-21)"));
}

/// <summary>A message matched no filter of the mapping and was deleted (F-2).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Mapping">The mapping.</param>
/// <param name="Record">The message.</param>
public sealed record MessageFiltered(TimeSpan At, string Queue, string Mapping, RecordReference Record) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"queue {Queue}", Wording.Of($"✖ {Record.Number} matches no filter of '{Mapping}': deleted (F-2)"));
}

/// <summary>Code changed a message's visibility timeout.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Record">The message.</param>
/// <param name="VisibleAt">When it can be received again.</param>
public sealed record VisibilityChanged(TimeSpan At, string Queue, RecordReference Record, TimeSpan VisibleAt) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"queue {Queue}", Wording.Of($"{Record.Number} visible again at {Wording.Time(VisibleAt)}, set by code (S-5)"));
}
