using System.Text;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Async;

namespace AtLeastOnce.Runtime.Sources.Calls;

/// <summary>An invocation whose caller waits for the result (Y-1): the test, or the handler of another invocation.</summary>
internal sealed class SynchronousCall : IInvocationBatch, IScheduled
{
    private static readonly BatchOutcome Success = new(BatchOutcomeKind.Success, "Y-1", "success: returned without a function error (Y-1)");
    private static readonly SendOrPostCallback Complete = static state => ((SynchronousCall)state!).completion.SetResult();

    private readonly FunctionRunner function;
    private readonly byte[] payload;
    private readonly WorkScope? caller;
    private readonly int callerEpoch;
    private readonly TaskCompletionSource completion = new();
    private InvocationAnswer? answer;

    private SynchronousCall(FunctionRunner function, byte[] payload, WorkScope? caller)
    {
        this.function = function;
        this.payload = payload;
        this.caller = caller;
        callerEpoch = caller?.Epoch ?? 0;
    }

    /// <summary>The result; throws while the call is under way.</summary>
    public InvocationAnswer Answer => answer ?? throw new EsmConsistencyException("A call was read before it had ended.");

    /// <summary>Whether the result is there.</summary>
    public bool IsDone => answer is not null;

    /// <summary>Ends when the caller can go on; for callers within the run only.</summary>
    public Task Ended => completion.Task;

    /// <inheritdoc/>
    public int Count => 0;

    /// <inheritdoc/>
    public string? Mapping => null;

    /// <inheritdoc/>
    public string Source => $"calls of {function.Label}";

    /// <inheritdoc/>
    public long? NextDeliveryAt => null;

    /// <summary>Makes a call at the caller's own time; under the gate.</summary>
    /// <param name="function">The function.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="caller">The handler that waits; null for the test.</param>
    public static SynchronousCall Start(FunctionRunner function, byte[] payload, WorkScope? caller)
    {
        var call = new SynchronousCall(function, payload, caller);
        var simulation = function.Simulation;
        simulation.ActiveWork++;

        // While it waits, the handler has as little to do as one that awaits a timer: the clock may move.
        caller?.CountTimer(1);
        simulation.Scheduler.At(simulation.CallerNow, call, 0);
        return call;
    }

    /// <inheritdoc/>
    public void Due(long token)
    {
        AsyncEventQueue.ThrowIfNotReady(function.Settings);
        if (function.TryInvoke(this) is not { } throttled)
            return;
        var simulation = function.Simulation;
        simulation.History.Add(new CallThrottled(TimeSpan.FromTicks(simulation.Scheduler.Now), function.Label, throttled));
        End(InvocationAnswer.Throttled(throttled, function.Settings.ReservedConcurrency is not null));
    }

    /// <inheritdoc/>
    public int IndexOf(string identifier) => -1;

    /// <inheritdoc/>
    public void WriteEvent(EventBuffer target) => target.Write(payload);

    /// <inheritdoc/>
    public IReadOnlyList<Delivery> Deliveries() => [];

    /// <inheritdoc/>
    public BatchOutcome Judge(ReadOnlySpan<byte> response, FunctionError? error)
    {
        answer = new(200, error is null ? Encoding.UTF8.GetString(response) : error.ToJson()) { Error = error };
        return error is null ? Success : new(BatchOutcomeKind.WholeBatchFailure, "Y-2", $"function error {error.Type}: {error.Message} (Y-2)");
    }

    /// <inheritdoc/>
    public void Completed(BatchOutcome outcome, bool isFunctionError) => End(Answer);

    private void End(InvocationAnswer ended)
    {
        answer = ended;
        function.Simulation.ActiveWork--;
        if (caller is null)
        {
            // The test awaits the run that it drives; what waits on the pump goes on there.
            function.Simulation.Scheduler.Enqueue(new(null, Complete, this, UnderContext: false));
            return;
        }

        if (caller.IsLive && caller.Epoch == callerEpoch)
            caller.CountTimer(-1);
        caller.Accept(new(caller, Complete, this, UnderContext: false));
    }
}

/// <summary>What Lambda answers to an invocation whose caller waits.</summary>
/// <param name="StatusCode">200 whether or not the function failed; 429 if it was throttled.</param>
/// <param name="Payload">The response or the error, as JSON.</param>
internal sealed record InvocationAnswer(int StatusCode, string Payload)
{
    /// <summary>The function's error.</summary>
    public FunctionError? Error { get; init; }

    /// <summary>Which limit throttled it.</summary>
    public string? ThrottledBy { get; init; }

    /// <summary>Y-3: the function did not run.</summary>
    public static InvocationAnswer Throttled(string by, bool isReserved) =>
        new(
            429,
            $$"""{"Reason":"{{(
                isReserved ? "ReservedFunctionConcurrentInvocationLimitExceeded" : "ConcurrentInvocationLimitExceeded"
            )}}","Type":"User","message":"Rate Exceeded."}"""
        )
        {
            ThrottledBy = by,
        };
}
