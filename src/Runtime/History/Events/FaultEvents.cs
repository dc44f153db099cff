using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime;

/// <summary>The kinds of <see cref="Faults"/> that the history tells of on their own; throttles and duplicates have events that name the fault.</summary>
public enum FaultKind
{
    /// <summary>The execution environment was lost before the handler was called.</summary>
    CrashBeforeHandler,

    /// <summary>The execution environment was lost after the handler's work.</summary>
    CrashAfterHandler,

    /// <summary>The execution environment was lost before a wrapped call took effect.</summary>
    CrashBeforeEffect,

    /// <summary>The execution environment was lost after a wrapped call had taken effect.</summary>
    CrashAfterEffect,

    /// <summary>The function did not come to an end in time.</summary>
    TimeOut,

    /// <summary>The response did not reach the poller.</summary>
    LostResponse,

    /// <summary>A batch took fewer records than it could have.</summary>
    BatchCut,

    /// <summary>A message was overtaken by another one.</summary>
    Reorder,

    /// <summary>The messages of a batch are deleted too late.</summary>
    LateDelete,
}

/// <summary>A fault struck. Comes from <see cref="Faults"/>.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Kind">Which kind of fault.</param>
/// <param name="Who">What it struck, as timelines name it: <c>orders #3</c>, <c>queue orders</c>.</param>
/// <param name="What">What happened, in words.</param>
public sealed record FaultStruck(TimeSpan At, FaultKind Kind, string Who, string What) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new(Who, $"⚡ fault: {What}");
}
