using System.Text;
using AtLeastOnce.Runtime.Invocation.Executables;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>Concurrent invocations of the account's functions (C-13).</summary>
internal sealed class AccountConcurrency(int limit)
{
    /// <summary>Reserved for functions of their own.</summary>
    public int Reserved { get; set; }

    /// <summary>Under way of the functions without reserved concurrency.</summary>
    public int Running { get; set; }

    /// <summary>What the functions without reserved concurrency share.</summary>
    public int Unreserved => Math.Max(0, limit - Reserved);
}

/// <summary>Runs a function: its execution environments, its limit of concurrency, and the life of each invocation.</summary>
internal sealed class FunctionRunner(Simulation simulation, LambdaFunction settings, Faults faults, AccountConcurrency account, int ordinal)
{
    private const string ValueTaskIsResponse =
        "the handler returns a ValueTask, which Lambda's runtime does not await: the ValueTask itself is the response. Return a Task";

    // The environment used last is the warmest, and the first to be used again.
    private readonly Stack<ExecutionEnvironment> warm = new();

    // One for all environments: an event is read as soon as it is written, while it is in the processor's cache.
    private readonly EventBuffer request = new();
    private RuntimeProcesses? processes;
    private int environments;
    private int invocations;
    private int running;

    public Simulation Simulation { get; } = simulation;

    public LambdaFunction Settings { get; } = settings;

    /// <summary>The position of the function in its host.</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>The function's name in AWS.</summary>
    public string Name => Settings.Name;

    /// <summary>What histories call it.</summary>
    public string Label => Settings.Label;

    public string Arn => Settings.Arn;

    public int MemorySize => Settings.MemorySize;

    public TimeSpan Timeout => Settings.Timeout;

    /// <summary>What goes wrong beside what the code does itself.</summary>
    public Faults Faults { get; } = faults;

    /// <summary>The serializer given to the host for functions that declare none.</summary>
    public object? DefaultSerializer { get; set; }

    /// <summary>Invokes the function with a batch; if it is throttled, says why instead (S-7).</summary>
    public string? TryInvoke(IInvocationBatch batch)
    {
        if (ConcurrencyLimit() is { } limited)
            return limited;
        var strikes = Faults.StrikesInvocations;
        var now = Simulation.Scheduler.Now;
        var info = strikes ? new InvocationInfo(Label, batch.Mapping, invocations + 1, batch.Deliveries(), now) : null;
        if (strikes && Faults.Throttles(info!))
            return "throttled by a fault";
        var environment = TakeWarm() ?? new(this, ++environments);
        var invocation = new RunningInvocation(this, environment, batch, ++invocations, ++Simulation.Invocations, now);
        if (strikes)
        {
            invocation.Fault = Faults.Befalls(info!);
            invocation.Info = info;
        }

        running++;
        if (Settings.ReservedConcurrency is null)
            account.Running++;
        environment.Begin(invocation);
        if (Simulation.History.IsTaken)
            Record(invocation);
        if (invocation.Fault == FaultKind.CrashBeforeHandler)
            NoteFault(invocation, "the environment crashed before the handler was called");
        return null;
    }

    /// <summary>Writes the event of a batch.</summary>
    /// <returns>What is valid until the next event is written.</returns>
    public EventBuffer WriteEvent(IInvocationBatch batch)
    {
        request.Clear();
        batch.WriteEvent(request);
        return request;
    }

    /// <summary>The handler left work under way.</summary>
    public void Suspended(RunningInvocation invocation)
    {
        invocation.Environment.Waits(true);
        if (invocation.IsTimed)
            return;
        invocation.IsTimed = true;
        Simulation.Scheduler.At(invocation.Deadline, invocation, RunningInvocation.TimeoutToken);
    }

    /// <summary>The handler's code is through; the response is sent when the time that it takes has passed.</summary>
    public void Returned(RunningInvocation invocation)
    {
        var environment = invocation.Environment;
        environment.Waits(false);
        invocation.IsEnding = true;
        var end = environment.LocalNow + Settings.TakesPerInvocation.Ticks + (Settings.TakesPerRecord.Ticks * invocation.Batch.Count);
        if (end == invocation.Start)
            end += Simulation.Options.DefaultInvocationDuration.Ticks;
        invocation.WillRespond = end <= invocation.Deadline && !invocation.IsDoomed;
        if (invocation is { WillRespond: true, Fault: FaultKind.TimeOut })
        {
            invocation.WillRespond = false;
            NoteFault(invocation, "the function does not come to an end after the handler's work");
        }

        if (invocation.WillRespond)
            Simulation.Scheduler.At(end, invocation, RunningInvocation.ResponseToken);
        else
            Simulation.Scheduler.At(invocation.Deadline, invocation, RunningInvocation.TimeoutToken);
    }

    /// <summary>The response is sent.</summary>
    public void Complete(RunningInvocation invocation)
    {
        if (invocation is { Fault: FaultKind.CrashAfterHandler, Error: null })
        {
            NoteFault(invocation, "the environment crashed after the handler's work");
            invocation.Error = FunctionErrors.RuntimeExited(invocation);
        }
        else if (invocation is { Fault: FaultKind.LostResponse, Error: null })
        {
            NoteFault(invocation, "the response was sent, but did not arrive");
            invocation.Error = FunctionErrors.ResponseLost(invocation);
        }

        End(invocation, isLost: invocation.LosesEnvironment || invocation.Fault is FaultKind.CrashBeforeHandler or FaultKind.CrashAfterHandler);
    }

    /// <summary>The function's timeout is over.</summary>
    public void TimeOut(RunningInvocation invocation)
    {
        invocation.Error = FunctionErrors.TimedOut(invocation, Timeout);
        End(invocation, isLost: true);
    }

    /// <summary>The process ended, if not by a fault then on an exception that nobody caught.</summary>
    public void Crash(RunningInvocation invocation, Exception? exception)
    {
        invocation.Error = FunctionErrors.RuntimeExited(invocation, exception);
        End(invocation, isLost: true);
    }

    /// <summary>The processes of an executable's environments.</summary>
    public RuntimeProcesses Processes => processes ??= new();

    /// <summary>Ends the processes there are.</summary>
    public ValueTask StopAsync() => processes?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Invocations begun so far.</summary>
    public int Invocations => invocations;

    // A process can end while it waits for an event: then the next one gets a new environment.
    private ExecutionEnvironment? TakeWarm()
    {
        while (warm.TryPop(out var environment))
        {
            if (!environment.HasDied)
                return environment;
            environment.EndInvocation(isLost: true);
        }

        return null;
    }

    private void NoteFault(RunningInvocation invocation, string what) =>
        Simulation.NoteFault(invocation.Fault!.Value, FormattableString.Invariant($"{Label} #{invocation.Number}"), what);

    private string? ConcurrencyLimit()
    {
        if (Settings.ReservedConcurrency is { } reserved)
        {
            return running < reserved ? null : FormattableString.Invariant($"reserved concurrency {reserved} is in use");
        }

        return account.Running < account.Unreserved ? null : FormattableString.Invariant($"the account's concurrency {account.Unreserved} is in use");
    }

    private void Record(RunningInvocation invocation)
    {
        var start = TimeSpan.FromTicks(invocation.Start);
        invocation.Record = new(WriteEvent(invocation.Batch).Written.ToArray())
        {
            Function = Label,
            Mapping = invocation.Batch.Mapping,
            Source = invocation.Batch.Source,
            ShardId = invocation.Batch.ShardId,
            Remark = invocation.Batch.Remark,
            Number = invocation.Number,
            AwsRequestId = invocation.AwsRequestId,
            ExecutionEnvironment = invocation.Environment.Number,
            Deliveries = invocation.Batch.Deliveries(),
            Start = start,
            VisibleAgainAt = invocation.Batch.NextDeliveryAt is { } next ? TimeSpan.FromTicks(next) : null,
        };
        Simulation.History.Add(new InvocationStarted(start, invocation.Record));
    }

    private void End(RunningInvocation invocation, bool isLost)
    {
        invocation.IsOver = true;
        var environment = invocation.Environment;
        var outcome = invocation.Batch.Judge(environment.Response, invocation.Error);
        if (environment.ReturnsValueTask && outcome.Kind == BatchOutcomeKind.Success)
            outcome = outcome with { Reason = $"{outcome.Reason}; {ValueTaskIsResponse}" };
        if (invocation.Record is { } record)
        {
            record.End = TimeSpan.FromTicks(Simulation.Scheduler.Now);
            record.Error = invocation.Error;
            record.ResponseJson = invocation.Error is null ? Encoding.UTF8.GetString(environment.Response) : null;
            record.Outcome = outcome;
            Simulation.History.Add(new InvocationEnded(record.End.Value, record));
        }

        environment.EndInvocation(isLost);
        if (!isLost)
            warm.Push(environment);
        running--;
        if (Settings.ReservedConcurrency is null)
            account.Running--;
        invocation.Batch.Completed(outcome, invocation.Error is not null);
    }
}
