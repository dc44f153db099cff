namespace AtLeastOnce.Runtime.Scheduling;

/// <summary>The host's clock as .NET sees it. Inside of a handler it is the invocation's own clock, and timers belong to the invocation.</summary>
internal sealed class VirtualTimeProvider(Scheduler scheduler, DateTimeOffset start, IHostTimers hostTimers) : TimeProvider
{
    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private long Now => WorkScope.Current is { } scope && scope.Scheduler == scheduler ? scope.LocalNow : scheduler.Now;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromTicks(Now);

    /// <inheritdoc/>
    public override long GetTimestamp() => Now;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var scope = WorkScope.Current is { } current && current.Scheduler == scheduler ? current : null;
        scope?.ThrowIfEnded();
        var timer = new VirtualTimer(scheduler, scope, hostTimers, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

/// <summary>Counts the timers that belong to the host and not to an invocation: while one is pending, a run is not idle.</summary>
internal interface IHostTimers
{
    /// <summary>Adds to the count.</summary>
    void CountHostTimer(int change);
}

/// <summary>A timer on the virtual clock. It dies with its environment, and is held back while its environment is frozen.</summary>
internal sealed class VirtualTimer(Scheduler scheduler, WorkScope? scope, IHostTimers hostTimers, TimerCallback callback, object? state) : ITimer, IScheduled
{
    private static readonly ContextCallback Call = static timer => ((VirtualTimer)timer!).Invoke();
    private static readonly SendOrPostCallback Fire = static timer => ((VirtualTimer)timer!).RunCallback();

    private readonly ExecutionContext? flow = ExecutionContext.Capture();
    private readonly int epoch = scope?.Epoch ?? 0;
    private long version;
    private long period;
    private bool isPending;

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var due = Checked(dueTime, nameof(dueTime));
        var every = Checked(period, nameof(period));
        lock (scheduler.Gate)
        {
            version++;
            SetPending(false);
            this.period = every;
            if (due >= 0)
                Schedule((scope?.LocalNow ?? scheduler.Now) + due);
            scheduler.Wake();
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (scheduler.Gate)
        {
            version++;
            SetPending(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Due(long token)
    {
        if (token != version)
            return;
        SetPending(false);
        if (period > 0)
            Schedule(scheduler.Now + period);

        // Timers fire without a synchronization context, so that what awaits them without one goes on at once, on the pump.
        var work = new ReadyWork(scope, Fire, this, UnderContext: false);
        if (scope is null)
            scheduler.Enqueue(work);
        else
            scope.Accept(work);
    }

    private static long Checked(TimeSpan value, string name) =>
        value switch
        {
            _ when value == Timeout.InfiniteTimeSpan => -1,
            _ when value < TimeSpan.Zero => throw new ArgumentOutOfRangeException(name, value, "A timer's time is zero or more, or Timeout.InfiniteTimeSpan."),
            _ => value.Ticks,
        };

    private void Schedule(long time)
    {
        if (scope is { IsKilled: true })
            return;
        scheduler.At(time, this, version);
        SetPending(true);
    }

    private void SetPending(bool pending)
    {
        if (pending == isPending)
            return;
        isPending = pending;
        var change = pending ? 1 : -1;
        if (scope is null)
        {
            // A periodic timer of the test never ends: it cannot keep a run from being idle.
            if (period <= 0)
                hostTimers.CountHostTimer(change);
        }
        else if (scope.IsLive && scope.Epoch == epoch)
        {
            if (state is CancellationTokenSource)
                scope.CountDeadline(change);
            else
                scope.CountTimer(change);
        }
    }

    private void RunCallback()
    {
        if (flow is null)
            Invoke();
        else
            ExecutionContext.Run(flow, Call, this);
    }

    private void Invoke() => callback(state);
}
