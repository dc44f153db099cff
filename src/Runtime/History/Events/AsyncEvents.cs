using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime;

/// <summary>An asynchronous invocation was accepted into the function's queue (A-1).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Record">The event.</param>
/// <param name="From">Who sent it: <c>topic orders</c>; null for code that invoked.</param>
public sealed record EventAccepted(TimeSpan At, string Function, RecordReference Record, string? From) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"events of {Function}", Wording.Of($"{Record.Number} accepted{(From is null ? "" : $" from {From}")}"));
}

/// <summary>The function was at its limit of concurrency; the event goes back into its queue, and no attempt is counted (A-4).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Record">The event.</param>
/// <param name="Reason">Which limit it was.</param>
/// <param name="RetryAt">When it is tried again; null if it is too old by then.</param>
public sealed record EventThrottled(TimeSpan At, string Function, RecordReference Record, string Reason, TimeSpan? RetryAt) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() =>
        new(
            $"events of {Function}",
            Wording.Of($"◌ {Record.Number} throttled: {Reason}")
                + (RetryAt is { } retry ? $"; tried again at {Wording.Time(retry)} (A-4)" : "; too old before the next attempt (A-5)")
        );
}

/// <summary>An attempt failed with a function error, and the event waits for the next one (A-3).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Record">The event.</param>
/// <param name="Attempt">Which attempt comes next, from 2.</param>
/// <param name="RetryAt">When it comes.</param>
public sealed record EventRetryScheduled(TimeSpan At, string Function, RecordReference Record, int Attempt, TimeSpan RetryAt) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() =>
        new($"events of {Function}", Wording.Of($"{Record.Number} waits until {Wording.Time(RetryAt)} for attempt {Attempt} (A-3)"));
}

/// <summary>A record of the event's end was sent to a destination (A-7).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Record">The event.</param>
/// <param name="Destination">The destination's name.</param>
/// <param name="Condition">Why.</param>
public sealed record DestinationDelivered(TimeSpan At, string Function, RecordReference Record, string Destination, InvocationCondition Condition)
    : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"events of {Function}", Wording.Of($"→ {Record.Number} told to {Destination}: {Condition} (A-7)"));
}

/// <summary>A destination or dead-letter queue refused what Lambda sent, so that it is lost (A-8).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Record">The event.</param>
/// <param name="Destination">The destination's name.</param>
/// <param name="Reason">Its refusal.</param>
public sealed record DestinationDeliveryFailed(TimeSpan At, string Function, RecordReference Record, string Destination, string Reason) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() =>
        new($"events of {Function}", Wording.Of($"✖ {Record.Number} refused by {Destination}: {Wording.FirstLine(Reason)} (A-8)"));
}

/// <summary>An event was given up and sent to the function's dead-letter queue (A-9).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Record">The event.</param>
/// <param name="DeadLetterQueue">The name of the queue or topic.</param>
/// <param name="Condition">Why it was given up.</param>
public sealed record EventDeadLettered(TimeSpan At, string Function, RecordReference Record, string DeadLetterQueue, InvocationCondition Condition)
    : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"events of {Function}", Wording.Of($"→ {Record.Number} dead-lettered to {DeadLetterQueue}: {Condition} (A-9)"));
}

/// <summary>An event was given up without a trace (A-7).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Record">The event.</param>
/// <param name="Condition">Why it was given up.</param>
/// <param name="Attempts">How often the code was invoked with it.</param>
public sealed record EventDiscarded(TimeSpan At, string Function, RecordReference Record, InvocationCondition Condition, int Attempts) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() =>
        new($"events of {Function}", Wording.Of($"✖ {Record.Number} discarded after {Wording.Times(Attempts, "attempt")}: {Condition} (A-7)"));
}

/// <summary>The event queue will deliver a processed event once more (A-11). Comes from <see cref="Faults"/>.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Record">The event.</param>
public sealed record EventDuplicated(TimeSpan At, string Function, RecordReference Record) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"events of {Function}", Wording.Of($"⧉ {Record.Number} will be delivered once more, although processed (A-11)"));
}
