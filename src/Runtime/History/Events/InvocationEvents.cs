using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime;

/// <summary>The handler was called.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Invocation">The invocation; it fills while it runs.</param>
public sealed record InvocationStarted(TimeSpan At, InvocationRecord Invocation) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new(InvocationText.Who(Invocation), InvocationText.Started(Invocation));
}

/// <summary>The invocation ended and was judged.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Invocation">The invocation.</param>
public sealed record InvocationEnded(TimeSpan At, InvocationRecord Invocation) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new(InvocationText.Who(Invocation), InvocationText.Ended(Invocation));
}

/// <summary>The function was at its limit of concurrency, so the code did not run (S-7).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Mapping">The mapping whose poller it was.</param>
/// <param name="Records">The batch.</param>
/// <param name="Reason">Which limit it was.</param>
/// <param name="RetryAt">When the poller tries again; null if it lets go of the batch.</param>
public sealed record InvocationThrottled(TimeSpan At, string Function, string Mapping, IReadOnlyList<RecordReference> Records, string Reason, TimeSpan? RetryAt)
    : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() =>
        new(
            Function,
            $"◌ throttled with [{Wording.Numbers(Records)}]: {Reason}"
                + (RetryAt is { } retry ? $"; tries again at {Wording.Time(retry)}" : "; no time is left before the messages are visible again")
        );
}

/// <summary>A poller let go of a batch that it could not have run before the messages are visible again (S-7): they have used up a receive.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Mapping">The mapping whose poller it was.</param>
/// <param name="Records">The batch.</param>
public sealed record BatchReleased(TimeSpan At, string Function, string Mapping, IReadOnlyList<RecordReference> Records) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new(Function, $"✖ let go of [{Wording.Numbers(Records)}]: received, but never run (S-7)");
}

/// <summary>A handler called a wrapped object.</summary>
/// <param name="At">Virtual time since the host's start, on the invocation's own clock.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Invocation">The invocation's number.</param>
/// <param name="Call">What was called: <c>IPayments.Charge</c>.</param>
public sealed record WrappedCallMade(TimeSpan At, string Function, int Invocation, string Call) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new(Wording.Of($"{Function} #{Invocation}"), $"· {Call}");
}

/// <summary>A handler wrote to its log.</summary>
/// <param name="At">Virtual time since the host's start, on the invocation's own clock.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Invocation">The invocation's number.</param>
/// <param name="Level">The level: <c>Information</c>.</param>
/// <param name="Text">What was written.</param>
public sealed record LogWritten(TimeSpan At, string Function, int Invocation, string Level, string Text) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new(Wording.Of($"{Function} #{Invocation}"), $"log {Level}: {Text}");
}
