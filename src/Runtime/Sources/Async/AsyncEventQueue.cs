using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Async;

/// <summary>A function's internal queue of asynchronous events, which Lambda keeps for it .</summary>
internal sealed class AsyncEventQueue : IViewed
{
    private readonly List<AsyncEvent> events = [];
    private readonly long[] counts = new long[RecordFates.All.Count];

    /// <summary>The queue of a function.</summary>
    public AsyncEventQueue(FunctionRunner function)
    {
        Function = function;
        Simulation.Viewed.Add(this);
    }

    public FunctionRunner Function { get; }

    public Simulation Simulation => Function.Simulation;

    /// <summary>What invocations name as their source. No queue has such a name.</summary>
    public string Source => $"events of {Function.Label}";

    /// <summary>The events in the order of acceptance.</summary>
    public IReadOnlyList<AsyncEvent> Events => events;

    /// <summary>How many events have the fate, as counted along the way.</summary>
    public long Count(RecordFate fate) => counts[(int)fate];

    /// <summary>Takes an event; under the gate.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="at">The virtual time.</param>
    /// <param name="from">Who sends it, for the history; null for code that invokes.</param>
    public AsyncEvent Accept(byte[] payload, long at, string? from)
    {
        var accepted = new AsyncEvent(this, events.Count + 1, Simulation.AsynchronousEvents++, payload, at);
        events.Add(accepted);
        counts[(int)accepted.Fate]++;
        Simulation.ActiveWork++;
        Tell(new EventAccepted(TimeSpan.FromTicks(at), Function.Label, accepted.Reference, from));
        accepted.Begin();
        return accepted;
    }

    /// <summary>Counts that an event changes its fate.</summary>
    public void Moved(RecordFate from, RecordFate to)
    {
        counts[(int)from]--;
        counts[(int)to]++;
    }

    /// <summary>Writes into the history, if it is kept.</summary>
    public void Tell(EsmEvent happened) => Simulation.History.Add(happened);

    /// <summary>Throws if the function cannot be invoked because the test has not said all that it must.</summary>
    /// <exception cref="InvalidOperationException">The function has no handler, or settings that its template leaves open.</exception>
    public static void ThrowIfNotReady(LambdaFunction function)
    {
        if (function.Factory is null)
        {
            throw new InvalidOperationException(
                $"The function '{function.Label}' is invoked, but has no handler. Call host.Handle(\"{function.Label}\", () => new Function().HandleAsync) before the run."
            );
        }

        var open = string.Concat(function.Open.All.Select(setting => $"\n  host.Function(\"{function.Label}\").{setting.Setting}: {setting.Why}"));
        if (open.Length > 0)
            throw new InvalidOperationException($"The template does not tell these settings. Set them before the run:{open}");
    }

    /// <inheritdoc/>
    public SourceView View(RunHistory history) => new EventQueueView(this, history);
}
