namespace AtLeastOnce.Runtime.Scheduling;

/// <summary>A callback of user code that can run now.</summary>
internal readonly record struct ReadyWork(WorkScope? Scope, SendOrPostCallback Callback, object? State, bool UnderContext);

/// <summary>
/// What a piece of user code belongs to: in Lambda's terms an execution environment. Timers, continuations and tracked calls made by its code
/// find it through the flow of the execution context. All members are guarded by the scheduler's gate unless they say otherwise.
/// </summary>
internal abstract class WorkScope : IScheduled
{
    private static readonly AsyncLocal<WorkScope?> Flowing = new(FlowChanged);

    /// <summary>The scope that counts the calling thread among those its code runs on.</summary>
    [ThreadStatic]
    private static WorkScope? counting;

    private readonly List<ReadyWork> parked = [];
    private readonly List<OpenCall> openCalls = [];
    private long local;
    private bool isResumeScheduled;
    private int pendingTimers;
    private int pendingDeadlines;
    private int elsewhere;
    private int comings;

    /// <summary>Makes a scope.</summary>
    protected WorkScope(Scheduler scheduler)
    {
        Scheduler = scheduler;
        Context = new(this);
        var before = Flowing.Value;
        Flowing.Value = this;
        Flow = ExecutionContext.Capture()!;
        Flowing.Value = before;
    }

    /// <summary>The scope whose code is running, on whatever thread; null outside of handlers.</summary>
    public static WorkScope? Current => Flowing.Value;

    /// <summary>The scheduler the scope lives in.</summary>
    public Scheduler Scheduler { get; }

    /// <summary>Where awaits of the scope's code continue.</summary>
    public ScopeContext Context { get; }

    /// <summary>The execution context in which the scope's code starts.</summary>
    public ExecutionContext Flow { get; }

    /// <summary>The scope is gone for good: nothing of it runs any more.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>Code of the scope may run: an invocation is under way. When false the scope is frozen.</summary>
    public bool IsLive { get; private set; }

    /// <summary>Counts the invocations of the scope, so that a timer knows whether the one that made it is still under way.</summary>
    public int Epoch { get; private set; }

    /// <summary>The scope's own time in ticks since the start: ahead of the clock by what its code was said to take.</summary>
    public long LocalNow => Math.Max(local, Scheduler.Now);

    /// <summary>Why the clock must wait for the scope.</summary>
    public ScopeWait Wait { get; private set; }

    /// <summary>What takes real time, or may, has had its grace period.</summary>
    public bool IsGraceSpent { get; set; }

    /// <summary>Whether code of the scope runs on another thread than the pump; from any thread.</summary>
    public bool IsElsewhere => Volatile.Read(ref elsewhere) > 0;

    /// <summary>How often code of the scope has come to another thread; from any thread.</summary>
    public int Comings => Volatile.Read(ref comings);

    /// <summary>Code of the scope stays on another thread, as a loop in the background does: the clock does not wait for it.</summary>
    public bool StaysElsewhere { get; set; }

    /// <summary>Whether the scope's real work ends by a limit of its own, so that the watchdog has nothing to do.</summary>
    public virtual bool LimitsRealWork => false;

    /// <summary>Says which invocation it is, for the watchdog.</summary>
    public abstract string Describe();

    /// <summary>Called under the gate after a piece of the scope's code has run.</summary>
    public abstract void AfterSegment();

    /// <summary>Called under the gate when the scope's code blocks its thread, so that another thread has become the pump.</summary>
    public abstract void Blocked();

    /// <summary>Called under the gate when an exception left the scope's code with nobody to catch it, as out of an <c>async void</c> method.</summary>
    public abstract void Unhandled(Exception exception);

    /// <summary>Called from any thread without the gate: throws when the scope's code may not go on.</summary>
    public abstract void ThrowIfEnded();

    /// <summary>Moves the local clock.</summary>
    public void SetLocal(long time) => local = Math.Max(local, time);

    /// <summary>The scope's code may run: what was frozen goes on.</summary>
    public void Thaw()
    {
        IsLive = true;
        Epoch++;
        (pendingTimers, pendingDeadlines) = (0, 0);
        openCalls.Clear();
        isResumeScheduled = false;
        StaysElsewhere = false;
        foreach (var work in parked)
            Scheduler.Enqueue(work);
        parked.Clear();
    }

    /// <summary>The invocation is over: work it left running stands still until the next one.</summary>
    public void Freeze()
    {
        IsLive = false;
        Waits(false);
    }

    /// <summary>The environment is gone: its continuations and timers never run again.</summary>
    public void Kill()
    {
        IsKilled = true;
        IsLive = false;
        parked.Clear();
        Waits(false);
    }

    /// <summary>The handler was left with work under way (or has none any more): from now on the clock asks what it waits for.</summary>
    public void Waits(bool isWaiting) => SetWait(!isWaiting ? ScopeWait.None : Classify());

    /// <summary>A timer of the running invocation was started or is over.</summary>
    public void CountTimer(int change)
    {
        pendingTimers += change;
        Reclassify();
    }

    /// <summary>A timer of the running invocation that only cancels something was started or is over: nobody waits for it.</summary>
    public void CountDeadline(int change)
    {
        pendingDeadlines += change;
        Reclassify();
    }

    /// <summary>Code of the scope has run: what it waits for now may be something else.</summary>
    public void HasRun() => IsGraceSpent &= openCalls.Count > 0;

    /// <summary>A tracked call of the running invocation was started.</summary>
    public void BeginWait(OpenCall call)
    {
        openCalls.Add(call);
        IsGraceSpent = false;
        Reclassify();
    }

    /// <summary>A tracked call of the running invocation is over.</summary>
    public void EndWait(OpenCall call)
    {
        openCalls.Remove(call);
        Reclassify();
    }

    /// <summary>The tracked calls under way that are told of, in the order they were made.</summary>
    public IReadOnlyList<string> OpenCalls => [.. openCalls.Where(call => call.Name is not null).Select(call => call.Name!())];

    /// <summary>Takes a continuation or a timer's callback of the scope: runs it, keeps it until the thaw, or drops it.</summary>
    public void Accept(ReadyWork work)
    {
        if (IsKilled)
            return;
        if (!IsLive || local > Scheduler.Now)
        {
            parked.Add(work);
            if (IsLive)
                ScheduleResume();
            return;
        }

        Scheduler.Enqueue(work);
    }

    /// <summary>The clock has reached the local time: what was held back until then goes on.</summary>
    void IScheduled.Due(long token)
    {
        isResumeScheduled = false;
        if (IsKilled || !IsLive || token != Epoch)
            return;
        CountTimer(-1);
        if (local > Scheduler.Now)
        {
            ScheduleResume();
            return;
        }

        foreach (var work in parked)
            Scheduler.Enqueue(work);
        parked.Clear();
    }

    // Told by the runtime when a thread takes over, or gives back, an execution context.
    private static void FlowChanged(AsyncLocalValueChangedArgs<WorkScope?> change)
    {
        if (!change.ThreadContextChanged)
            return;
        if (counting is { } before)
        {
            counting = null;
            if (Interlocked.Decrement(ref before.elsewhere) == 0)
                before.Scheduler.ForeignThreadLeft();
        }

        if (change.CurrentValue is { Scheduler.IsOnPump: false } scope)
        {
            counting = scope;
            Interlocked.Increment(ref scope.comings);
            Interlocked.Increment(ref scope.elsewhere);
        }
    }

    private void ScheduleResume()
    {
        if (isResumeScheduled)
            return;
        isResumeScheduled = true;
        Scheduler.At(local, this, Epoch);
        CountTimer(1);
    }

    private ScopeWait Classify() =>
        pendingTimers > 0 && openCalls.Count == 0 ? ScopeWait.VirtualTime
        : pendingTimers > 0 || pendingDeadlines > 0 ? ScopeWait.Either
        : ScopeWait.RealWork;

    private void Reclassify()
    {
        if (Wait != ScopeWait.None)
            SetWait(Classify());
    }

    private void SetWait(ScopeWait wait)
    {
        if (wait == Wait)
            return;
        Scheduler.CountWait(Wait, -1, this);
        Wait = wait;
        Scheduler.CountWait(Wait, 1, this);
    }
}

/// <summary>A tracked call that has not answered yet.</summary>
/// <param name="epoch">The scope's invocation that made it.</param>
/// <param name="name">What messages call it; null for one that is not told of.</param>
internal sealed class OpenCall(int epoch, Func<string>? name)
{
    /// <summary>The scope's invocation that made it.</summary>
    public int Epoch { get; } = epoch;

    /// <summary>What messages call it; null for one that is not told of.</summary>
    public Func<string>? Name { get; } = name;
}

/// <summary>What a scope with unfinished work waits for.</summary>
internal enum ScopeWait
{
    /// <summary>It has no unfinished work.</summary>
    None,

    /// <summary>A timer of the host's time provider, so the clock may move.</summary>
    VirtualTime,

    /// <summary>
    /// Both a timer and a tracked call; or only a deadline, at which what it does is cancelled: that gets a real grace period before the clock moves.
    /// </summary>
    Either,

    /// <summary>Neither: it does real work, for which the run waits in real time.</summary>
    RealWork,
}
