using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>
/// Calls of something outside of the host: when a handler makes one, it is a point at which an ended invocation stops and at which faults strike, it takes its
/// latency in virtual time, and while it is under way the clock does not take the invocation for idle. The call takes effect when it is made; its result comes
/// after the latency.
/// </summary>
internal sealed class TrackedCalls(Simulation simulation, TimeSpan latency)
{
    /// <summary>The environment whose handler is calling; null where the test itself calls, which passes through.</summary>
    private ExecutionEnvironment? Caller =>
        WorkScope.Current is ExecutionEnvironment environment && environment.Scheduler == simulation.Scheduler ? environment : null;

    /// <summary>Begins a call that counts as an effect; null if no handler makes it.</summary>
    /// <param name="name">What the history calls it.</param>
    /// <exception cref="InvocationEndedException">The invocation is over.</exception>
    public TrackedCall? Begin(Func<string> name)
    {
        if (Caller is not { } environment)
            return null;
        environment.ThrowIfEnded();
        if (!simulation.History.IsTaken && !simulation.Faults.StrikesEffects)
            return new(environment, simulation, latency, name, null, null);
        lock (simulation.Scheduler.Gate)
        {
            return Note(environment, name);
        }
    }

    /// <summary>Begins a call that has no effect of its own but may take real time; null if no handler makes it.</summary>
    /// <exception cref="InvocationEndedException">The invocation is over.</exception>
    public TrackedCall? BeginQuiet()
    {
        if (Caller is not { } environment)
            return null;
        environment.ThrowIfEnded();
        return new(environment, simulation, TimeSpan.Zero, null, null, null);
    }

    /// <summary>Stops code of an invocation that is over.</summary>
    /// <exception cref="InvocationEndedException">It is over.</exception>
    public void ThrowIfEnded() => Caller?.ThrowIfEnded();

    private TrackedCall Note(ExecutionEnvironment environment, Func<string> name)
    {
        if (environment.Current is not { } invocation)
            return new(environment, simulation, latency, name, null, null);
        var call = name();
        var number = ++invocation.Effects;
        if (simulation.History.IsTaken)
        {
            simulation.History.Add(new WrappedCallMade(TimeSpan.FromTicks(environment.LocalNow), invocation.Function.Label, invocation.Number, call));
        }

        var faults = simulation.Faults;
        if (!faults.StrikesEffects || invocation.Info is not { } info)
            return new(environment, simulation, latency, name, null, null);
        var effect = new EffectInfo(info, number, call);
        FaultKind? fault =
            faults.CrashesBefore(effect) ? FaultKind.CrashBeforeEffect
            : faults.CrashesAfter(effect) ? FaultKind.CrashAfterEffect
            : null;
        return new(environment, simulation, latency, name, effect, fault);
    }
}

/// <summary>A call that a handler has begun.</summary>
/// <param name="environment">The environment whose handler has begun it.</param>
/// <param name="simulation">The host's parts.</param>
/// <param name="latency">What it takes in virtual time.</param>
/// <param name="name">What messages call it; null for one that is not told of.</param>
/// <param name="effect">What faults are told of it; null if none strikes calls.</param>
/// <param name="fault">The fault that strikes it, or null.</param>
internal sealed class TrackedCall(
    ExecutionEnvironment environment,
    Simulation simulation,
    TimeSpan latency,
    Func<string>? name,
    EffectInfo? effect,
    FaultKind? fault
)
{
    /// <summary>The process dies before the call takes effect.</summary>
    public bool CrashesBefore => fault == FaultKind.CrashBeforeEffect;

    /// <summary>What the result of an asynchronous call waits for.</summary>
    public CallTracker Tracker => new(environment, simulation.TimeProvider, latency, name, fault == FaultKind.CrashAfterEffect ? this : null);

    /// <summary>Makes a synchronous call.</summary>
    /// <exception cref="InvocationEndedException">The invocation ended at it.</exception>
    public T Run<T>(Func<T> call)
    {
        if (CrashesBefore)
            CrashHere();
        var result = call();
        environment.ThrowIfEnded();
        if (fault is not null)
            CrashHere();
        environment.Spend(latency);
        return result;
    }

    /// <summary>Makes a synchronous call.</summary>
    /// <exception cref="InvocationEndedException">The invocation ended at it.</exception>
    public void Run(Action call) =>
        Run(() =>
        {
            call();
            return true;
        });

    /// <summary>Makes an asynchronous call; its result never comes if the invocation ends at it.</summary>
    public Task RunAsync(Func<Task> call)
    {
        if (!CrashesBefore)
            return AsyncCall.Follow(call(), Tracker);
        Crash();
        return new TaskCompletionSource().Task;
    }

    /// <summary>Makes an asynchronous call; its result never comes if the invocation ends at it.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        if (!CrashesBefore)
            return AsyncCall.Follow(call(), Tracker);
        Crash();
        return new TaskCompletionSource<T>().Task;
    }

    /// <summary>The process dies; from any thread.</summary>
    public void Crash()
    {
        lock (environment.Scheduler.Gate)
        {
            if (environment.IsKilled)
                return;
            var when = CrashesBefore ? "before" : "after";
            simulation.NoteFault(
                fault!.Value,
                environment.Describe(),
                FormattableString.Invariant($"the environment crashed {when} effect {effect!.Number} ({effect.Call})"),
                environment.LocalNow
            );
            environment.Crash();
        }
    }

    private void CrashHere()
    {
        Crash();
        environment.ThrowIfEnded();
    }
}

/// <summary>The invocation that waits for a tracked call.</summary>
/// <param name="Environment">Its environment.</param>
/// <param name="Clock">The clock that the latency passes on.</param>
/// <param name="Latency">How long the result takes after the call.</param>
/// <param name="Name">What messages call it; null for one that is not told of.</param>
/// <param name="Crash">The call, if the process dies when it has taken effect.</param>
internal readonly record struct CallTracker(ExecutionEnvironment Environment, TimeProvider Clock, TimeSpan Latency, Func<string>? Name, TrackedCall? Crash)
{
    /// <summary>Whether a call that is over already needs no waiting.</summary>
    public bool IsInstant => Latency == TimeSpan.Zero && Crash is null;

    /// <summary>
    /// Waits for the call and its latency and then completes what the handler waits for; never, if the invocation has ended meanwhile. The call counts as open until the
    /// handler's continuation is on its way, so that no timer slips in between.
    /// </summary>
    public async Task FollowAsync(Task call, Action complete)
    {
        var environment = Environment;
        OpenCall? open = call.IsCompleted ? null : environment.BeginCall(Name);
        await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Crash?.Crash();
        if (environment.IsKilled)
            return;
        if (Latency > TimeSpan.Zero)
        {
            var latency = Task.Delay(Latency, Clock);
            if (open is { } waiting)
                environment.EndCall(waiting);
            open = null;
            await latency.ConfigureAwait(false);
            if (environment.IsKilled)
                return;
        }

        complete();
        if (open is { } last)
            environment.EndCall(last);
    }
}
