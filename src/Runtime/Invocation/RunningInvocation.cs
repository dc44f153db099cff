using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>What a source gives to an invocation, and gets back from it.</summary>
internal interface IInvocationBatch : IBatchIdentifiers
{
    /// <summary>The mapping's name; null for an invocation that no mapping makes.</summary>
    string? Mapping { get; }

    /// <summary>The name of the source that the records came from.</summary>
    string Source { get; }

    /// <summary>The shard that the records came from; null where there are none.</summary>
    string? ShardId => null;

    /// <summary>What is special about the batch, for the history; null if nothing is.</summary>
    string? Remark => null;

    /// <summary>When the first of the records can be delivered again, whatever becomes of the invocation; null where that hangs on its end.</summary>
    long? NextDeliveryAt { get; }

    /// <summary>The request id, where it outlives the invocation (A-6); null where each invocation has its own.</summary>
    string? AwsRequestId => null;

    /// <summary>Judges the result as whoever invoked does.</summary>
    /// <param name="response">The response's bytes; of no meaning if there is an error.</param>
    /// <param name="error">The function's error, or null.</param>
    BatchOutcome Judge(ReadOnlySpan<byte> response, FunctionError? error);

    /// <summary>Writes the event as Lambda passes it on: the same at any time before the batch is completed.</summary>
    void WriteEvent(EventBuffer target);

    /// <summary>The records, for the history and for faults.</summary>
    IReadOnlyList<Delivery> Deliveries();

    /// <summary>Called under the gate when the invocation is over.</summary>
    void Completed(BatchOutcome outcome, bool isFunctionError);
}

/// <summary>One invocation under way.</summary>
internal sealed class RunningInvocation(
    FunctionRunner function,
    ExecutionEnvironment environment,
    IInvocationBatch batch,
    int number,
    long requestNumber,
    long start
) : IScheduled
{
    /// <summary>The token of the call at which the function times out.</summary>
    public const long TimeoutToken = 1;

    /// <summary>The token of the call at which the response is sent.</summary>
    public const long ResponseToken = 2;

    /// <summary>The token of the call at which a process that died at a wrapped call is taken for dead.</summary>
    public const long CrashToken = 3;

    private string? requestId;

    public FunctionRunner Function { get; } = function;

    public ExecutionEnvironment Environment { get; } = environment;

    public IInvocationBatch Batch { get; } = batch;

    /// <summary>Counts the function's invocations, from 1.</summary>
    public int Number { get; } = number;

    public long Start { get; } = start;

    /// <summary>When the function times out.</summary>
    public long Deadline { get; } = start + function.Timeout.Ticks;

    /// <summary>The history's record of it; null if none is kept.</summary>
    public InvocationRecord? Record { get; set; }

    public FunctionError? Error { get; set; }

    /// <summary>The fault that befalls the invocation as a whole, or null.</summary>
    public FaultKind? Fault { get; set; }

    /// <summary>What faults are told of the invocation; null unless its calls can be struck.</summary>
    public InvocationInfo? Info { get; set; }

    /// <summary>Wrapped calls made so far.</summary>
    public int Effects { get; set; }

    /// <summary>The handler's task, while it is under way.</summary>
    public Task? Work { get; set; }

    /// <summary>The handler's task is done and its result will be read.</summary>
    public bool IsFinishing { get; set; }

    /// <summary>The handler has returned and its response is written.</summary>
    public bool HasReturned { get; set; }

    /// <summary>The call at the deadline is scheduled.</summary>
    public bool IsTimed { get; set; }

    /// <summary>The end is scheduled: by response or by timeout.</summary>
    public bool IsEnding { get; set; }

    /// <summary>The response will be sent before the deadline.</summary>
    public bool WillRespond { get; set; }

    /// <summary>The environment cannot be used again.</summary>
    public bool LosesEnvironment { get; set; }

    /// <summary>A synchronous call took the local clock past the deadline: the code runs on in a process that in production is gone.</summary>
    public bool IsDoomed { get; set; }

    /// <summary>Whether the result has been judged.</summary>
    public bool IsOver { get; set; }

    public string AwsRequestId => requestId ??= Batch.AwsRequestId ?? Function.Simulation.Choices.GuidText(IdKind.Request, requestNumber);

    public string TraceId => $"Root=1-{AwsRequestId[..8]}-{AwsRequestId.Replace("-", "", StringComparison.Ordinal)[8..]}";

    /// <summary>What is left until the timeout, on the invocation's own clock.</summary>
    public TimeSpan RemainingTime => TimeSpan.FromTicks(Math.Max(0, Deadline - Environment.LocalNow));

    /// <summary>Writes into the history; from any thread.</summary>
    public void Log(string level, string text)
    {
        var simulation = Function.Simulation;
        if (!simulation.History.IsTaken)
            return;
        lock (simulation.Scheduler.Gate)
        {
            simulation.History.Add(new LogWritten(TimeSpan.FromTicks(Environment.LocalNow), Function.Label, Number, level, text));
        }
    }

    /// <inheritdoc/>
    public void Due(long token)
    {
        if (IsOver)
            return;
        if (token == ResponseToken)
            Function.Complete(this);
        else if (token == CrashToken)
            Function.Crash(this, exception: null);
        else if (!WillRespond)
            Function.TimeOut(this);
    }
}
