namespace AtLeastOnce.Runtime;

/// <summary>A record as the history names it.</summary>
/// <param name="Number">Its number in its queue, from 1 in the order of arrival.</param>
/// <param name="Id">Its message id.</param>
public readonly record struct RecordReference(int Number, string Id);

/// <summary>Something that happened.</summary>
/// <param name="At">Virtual time since the host's start.</param>
public abstract record EsmEvent(TimeSpan At);

/// <summary>A message arrived at a queue because it was sent.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Record">The message.</param>
/// <param name="VisibleAt">When it can be received first: later than <paramref name="At"/> if it is delayed (B-21).</param>
public sealed record MessageSent(TimeSpan At, string Queue, RecordReference Record, TimeSpan VisibleAt) : EsmEvent(At);

/// <summary>A poller, a handler or the test received messages.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Mapping">The mapping whose poller it was, or null.</param>
/// <param name="Records">The messages.</param>
/// <param name="VisibleAgainAt">When they can be received again if nobody deletes them (B-16).</param>
public sealed record MessagesReceived(TimeSpan At, string Queue, string? Mapping, IReadOnlyList<RecordReference> Records, TimeSpan VisibleAgainAt)
    : EsmEvent(At);

/// <summary>The handler was called.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Invocation">The invocation; it fills while it runs.</param>
public sealed record InvocationStarted(TimeSpan At, InvocationRecord Invocation) : EsmEvent(At);

/// <summary>The invocation ended and was judged.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Invocation">The invocation.</param>
public sealed record InvocationEnded(TimeSpan At, InvocationRecord Invocation) : EsmEvent(At);

/// <summary>The function was at its limit of concurrency, so the code did not run (S-7).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Mapping">The mapping whose poller it was.</param>
/// <param name="Records">The batch.</param>
/// <param name="Reason">Which limit it was.</param>
/// <param name="RetryAt">When the poller tries again; null if it lets go of the batch.</param>
public sealed record InvocationThrottled(TimeSpan At, string Function, string Mapping, IReadOnlyList<RecordReference> Records, string Reason, TimeSpan? RetryAt)
    : EsmEvent(At);

/// <summary>A poller let go of a batch that it could not have run before the messages are visible again (S-7): they have used up a receive.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Mapping">The mapping whose poller it was.</param>
/// <param name="Records">The batch.</param>
public sealed record BatchReleased(TimeSpan At, string Function, string Mapping, IReadOnlyList<RecordReference> Records) : EsmEvent(At);

/// <summary>Messages were deleted after an invocation (S-2, S-3) or by a handler (S-5).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Mapping">The mapping whose poller it was; null if code did it.</param>
/// <param name="Records">The messages.</param>
public sealed record MessagesDeleted(TimeSpan At, string Queue, string? Mapping, IReadOnlyList<RecordReference> Records) : EsmEvent(At);

/// <summary>A delete came too late: the message had been received again meanwhile, or was gone. It changes nothing (S-5).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Records">The messages.</param>
public sealed record LateDeleteIgnored(TimeSpan At, string Queue, IReadOnlyList<RecordReference> Records) : EsmEvent(At);

/// <summary>A delete was lost on one of the queue's servers, so that the message is delivered once more (B-7). Comes from <see cref="Faults"/>.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Record">The message.</param>
public sealed record MessageDuplicated(TimeSpan At, string Queue, RecordReference Record) : EsmEvent(At);

/// <summary>A message was to be received once too often and was moved to the dead-letter queue (S-23).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue it was in.</param>
/// <param name="DeadLetterQueue">The queue it is in now.</param>
/// <param name="Record">The message in the queue it was in.</param>
/// <param name="ReceiveCount">How often it had been received.</param>
public sealed record MessageDeadLettered(TimeSpan At, string Queue, string DeadLetterQueue, RecordReference Record, int ReceiveCount) : EsmEvent(At);

/// <summary>A message's retention period was over (S-21).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Record">The message.</param>
/// <param name="ReceiveCount">How often it had been received.</param>
public sealed record MessageExpired(TimeSpan At, string Queue, RecordReference Record, int ReceiveCount) : EsmEvent(At);

/// <summary>A message matched no filter of the mapping and was deleted (F-2).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Mapping">The mapping.</param>
/// <param name="Record">The message.</param>
public sealed record MessageFiltered(TimeSpan At, string Queue, string Mapping, RecordReference Record) : EsmEvent(At);

/// <summary>Code changed a message's visibility timeout.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Record">The message.</param>
/// <param name="VisibleAt">When it can be received again.</param>
public sealed record VisibilityChanged(TimeSpan At, string Queue, RecordReference Record, TimeSpan VisibleAt) : EsmEvent(At);

/// <summary>A handler called a wrapped object.</summary>
/// <param name="At">Virtual time since the host's start, on the invocation's own clock.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Invocation">The invocation's number.</param>
/// <param name="Call">What was called: <c>IPayments.Charge</c>.</param>
public sealed record WrappedCallMade(TimeSpan At, string Function, int Invocation, string Call) : EsmEvent(At);

/// <summary>A handler wrote to its log.</summary>
/// <param name="At">Virtual time since the host's start, on the invocation's own clock.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Invocation">The invocation's number.</param>
/// <param name="Level">The level: <c>Information</c>.</param>
/// <param name="Text">What was written.</param>
public sealed record LogWritten(TimeSpan At, string Function, int Invocation, string Level, string Text) : EsmEvent(At);
