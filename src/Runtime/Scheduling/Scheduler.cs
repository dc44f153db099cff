using System.Runtime.ExceptionServices;

namespace AtLeastOnce.Runtime.Scheduling;

/// <summary>How long the scheduler waits in real time.</summary>
/// <param name="Limit">How long real work may take before the run is given up.</param>
/// <param name="Grace">How long a tracked call may take before a timer of the same invocation is let fire.</param>
internal readonly record struct RealTimeLimits(TimeSpan Limit, TimeSpan Grace);

/// <summary>What a run goes on for.</summary>
internal interface IRunGoal
{
    /// <summary>Whether nothing more would happen, however long one waited.</summary>
    bool IsIdle { get; }

    /// <summary>Called under the gate before the clock moves or work starts; throws when the run must be given up.</summary>
    void Check();
}

/// <summary>
/// The pump: one thread at a time runs everything, in the order of virtual time. The engine's state is guarded by the gate, which is open only while user
/// code runs and while the pump waits in real time, so that code on other threads may call in.
/// </summary>
internal sealed partial class Scheduler(IRunGoal goal, RealTimeLimits limits)
{
    private readonly object gate = new();
    private readonly EventHeap events = new();
    private readonly Queue<ReadyWork> ready = new();
    private readonly Queue<IScheduled> tasks = new();
    private readonly List<WorkScope> doingRealWork = [];
    private readonly List<WorkScope> doingEither = [];
    private readonly List<WorkScope> awaitingTimers = [];

    // Whether code that the last pieces of user code may have sent to other threads has been given the time to come back.
    private bool isSettled = true;
    private bool isSettling;
    private Run? run;

    /// <summary>The thread that is the pump now.</summary>
    private Thread? pump;

    // The piece of user code that is running on the pump, for the watch: even numbers are the engine's own time.
    private long segment;
    private WorkScope? segmentScope;

    private sealed class Run(long? until, Func<bool>? isDone, PumpWatch watch)
    {
        public long? Until { get; } = until;

        public bool IsDone => isDone?.Invoke() == true;

        public PumpWatch Watch { get; } = watch;

        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Virtual time in ticks since the start.</summary>
    public long Now { get; private set; }

    /// <summary>Whether real time has had an influence: the run is not promised to be replayed byte for byte.</summary>
    public bool UsedRealTime { get; private set; }

    /// <summary>Guards all state of the engine.</summary>
    public object Gate => gate;

    /// <summary>Whether a run is under way.</summary>
    public bool IsRunning => Volatile.Read(ref run) is not null;

    /// <summary>Whether a run is under way that ends at a given time, and not when nothing more would happen.</summary>
    public bool RunsForATime => Volatile.Read(ref run) is { Until: not null };

    /// <summary>Whether the calling thread is the pump.</summary>
    public bool IsOnPump => pump == Thread.CurrentThread;

    /// <summary>Lets code call into the host: between runs, from within the run, and from whatever thread a handler works on; but nobody else.</summary>
    /// <exception cref="InvalidOperationException">A run is under way, and the caller has no part in it.</exception>
    /// <exception cref="InvocationEndedException">The caller belongs to an invocation that is over.</exception>
    public void ThrowIfStranger()
    {
        if (WorkScope.Current is { } scope)
        {
            scope.ThrowIfEnded();
        }
        else if (IsRunning && !IsOnPump)
        {
            throw new InvalidOperationException(
                "This host is running, and only its handlers may call it meanwhile: one thread drives a host at a time. Call it before or after the run."
            );
        }
    }

    /// <summary>Does what a test or a handler asks of the host, and goes on with what comes of it.</summary>
    /// <exception cref="InvalidOperationException">A run is under way, and the caller has no part in it.</exception>
    /// <exception cref="InvocationEndedException">The caller belongs to an invocation that is over.</exception>
    public T Serve<T>(Func<T> action)
    {
        ThrowIfStranger();
        lock (gate)
        {
            var result = action();
            Wake();
            return result;
        }
    }

    /// <summary>Calls <paramref name="target"/> at a virtual time; at once, but in order, if it is over.</summary>
    public void At(long time, IScheduled target, long token) => events.Push(Math.Max(time, Now), target, token);

    /// <summary>Lets the engine's own work be done after what is running, at the same virtual time.</summary>
    public void Soon(IScheduled target) => tasks.Enqueue(target);

    /// <summary>Lets user code run after what is running, at the same virtual time. Under the gate.</summary>
    public void Enqueue(ReadyWork work) => ready.Enqueue(work);

    /// <summary>Takes user code from any thread.</summary>
    public void Post(ReadyWork work)
    {
        lock (gate)
        {
            NoteForeignThread();
            work.Scope!.Accept(work);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Tells the pump, from any thread and under the gate, that something outside of virtual time has happened.</summary>
    public void Wake()
    {
        NoteForeignThread();
        Monitor.Pulse(gate);
    }

    /// <summary>Keeps count of the scopes that hold the clock.</summary>
    public void CountWait(ScopeWait wait, int change, WorkScope scope)
    {
        var list = wait switch
        {
            ScopeWait.RealWork => doingRealWork,
            ScopeWait.Either => doingEither,
            ScopeWait.VirtualTime => awaitingTimers,
            _ => null,
        };
        if (list is null)
            return;
        if (change > 0)
            list.Add(scope);
        else
            list.Remove(scope);
    }

    /// <summary>Runs until the goal is idle, or until a virtual time.</summary>
    /// <param name="until">The time, or null.</param>
    /// <param name="isDone">Ends the run earlier, before the clock moves on; asked under the gate.</param>
    /// <exception cref="InvalidOperationException">A run is under way already.</exception>
    public Task RunAsync(long? until, Func<bool>? isDone = null)
    {
        Run next;
        lock (gate)
        {
            if (run is not null)
            {
                throw new InvalidOperationException(
                    WorkScope.Current is null
                        ? "This host is running already: one thread drives a host at a time. Await the run before starting the next one."
                        : "A handler cannot run the host that is running it. Send to a queue instead, and let the test drive the host."
                );
            }

            run = next = new(until, isDone, new(this, limits.Limit));
            StartPump(next);
        }

        return next.Completion.Task;
    }

    private void StartPump(Run owner)
    {
        // The thread inherits the execution context of whoever drives the host, so that handlers see the test's own ambient state.
        pump = new Thread(() => Pump(owner)) { IsBackground = true, Name = "AtLeastOnce pump" };
        pump.Start();
    }

    private void Pump(Run owner)
    {
        Exception? failure = null;
        lock (gate)
        {
            try
            {
                while (Step(owner)) { }
            }
#pragma warning disable CA1031 // Whatever ends the pump ends the run, and is thrown where the run is awaited.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
            }

            // A thread that is not the pump any more can only end a run that has failed.
            if (run == owner && (IsOnPump || failure is not null))
                End(owner, failure);
        }
    }

    private void End(Run owner, Exception? failure)
    {
        run = null;
        pump = null;
        owner.Watch.Dispose();
        Monitor.PulseAll(gate);
        if (failure is null)
            owner.Completion.SetResult();
        else
            owner.Completion.SetException(failure);
    }

    /// <summary>One step of the pump; false when the run is over or another thread has become the pump.</summary>
    private bool Step(Run owner)
    {
        if (!IsOnPump)
            return false;
        if (tasks.TryDequeue(out var task))
        {
            task.Due(0);
            return true;
        }

        if (ready.TryDequeue(out var work))
        {
            goal.Check();
            RunSegment(work);
            return true;
        }

        if (doingRealWork.Count > 0)
        {
            WaitForRealWork();
            return true;
        }

        if (doingEither.Exists(static scope => !scope.IsGraceSpent) && WaitOutGrace())
            return true;
        if (!isSettled && awaitingTimers.Count > 0 && WaitForOtherThreads())
            return true;
        return MoveClock(owner);
    }

    private bool MoveClock(Run owner)
    {
        if (owner.IsDone || (owner.Until is null && goal.IsIdle))
            return false;
        if (events.Count == 0 || (owner.Until is { } until && events.Next.Time > until))
        {
            if (owner.Until is { } end)
                Now = Math.Max(Now, end);
            else if (!goal.IsIdle)
                throw new EsmConsistencyException("The run is not idle, but nothing is scheduled.");
            return false;
        }

        var next = events.Pop();
        Now = next.Time;
        next.Target.Due(next.Token);
        return true;
    }

    /// <summary>Runs a piece of user code with the gate open.</summary>
    private void RunSegment(in ReadyWork work)
    {
        var scope = work.Scope;
        if (scope is { IsKilled: true })
            return;
        segmentScope = scope;
        segment++;
        isSettled = false;
        Monitor.Exit(gate);
        Exception? unhandled = null;
        try
        {
            if (work.UnderContext)
                SynchronizationContext.SetSynchronizationContext(scope!.Context);
            work.Callback(work.State);
        }
#pragma warning disable CA1031 // What escapes here would end the process: in Lambda that is the end of the environment.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            unhandled = exception;
        }

        if (work.UnderContext)
            SynchronizationContext.SetSynchronizationContext(null);
        Monitor.Enter(gate);
        if (IsOnPump)
        {
            segment++;
            segmentScope = null;
        }
        else
        {
            Monitor.Pulse(gate);
        }

        if (unhandled is not null && scope is null)
            ExceptionDispatchInfo.Throw(unhandled);
        if (scope is null or { IsKilled: true })
            return;
        scope.HasRun();
        if (unhandled is not null)
            scope.Unhandled(unhandled);
        else
            scope.AfterSegment();
    }

    private void NoteForeignThread()
    {
        if (IsRunning && !IsOnPump)
            UsedRealTime = true;
    }

    /// <summary>The piece of user code that the pump is in, for the watch; null while it is in the engine.</summary>
    internal long? CurrentSegment => (Volatile.Read(ref segment) & 1) == 1 ? segment : null;

    /// <summary>
    /// User code blocks the pump, as a handler does that calls <c>.Result</c>. Lambda has no synchronization context, so there it would go on:
    /// another thread becomes the pump, and the blocked one hands in its result when it comes back.
    /// </summary>
    internal void TakeOver(long blocked)
    {
        lock (gate)
        {
            if (run is not { } owner || CurrentSegment != blocked || pump is not { } thread)
                return;
            if (thread != Thread.CurrentThread && (thread.ThreadState & ThreadState.WaitSleepJoin) == 0)
                return;
            UsedRealTime = true;
            if (segmentScope is { IsKilled: false } scope)
                scope.Blocked();
            segment++;
            segmentScope = null;
            StartPump(owner);
        }
    }

    /// <summary>The calling thread is about to block in user code: if it is the pump, another thread becomes it.</summary>
    internal void HandOver()
    {
        if (IsOnPump && CurrentSegment is { } blocked)
            TakeOver(blocked);
    }

    /// <summary>User code never comes back: the run is given up.</summary>
    internal void GiveUp(long stuck)
    {
        lock (gate)
        {
            if (run is not { } owner || CurrentSegment != stuck)
                return;
            segment++;
            End(owner, RealTimeLimitException.Of(segmentScope is { } scope ? [scope] : [], limits.Limit));
        }
    }
}
