using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime.Scheduling;

/// <summary>What all parts of one host share: the clock, the choices, the history and the options.</summary>
internal sealed class Simulation : IRunGoal, IHostTimers
{
    private long invocationsAtStart;
    private long messages;

    /// <summary>Makes the parts.</summary>
    public Simulation(LambdaTestHostOptions options)
    {
        Options = options;
        Choices = new(options.Seed, options.RecordedChoices, options.ReplayedChoices);
        History = new(options);
        Scheduler = new(this, new(options.RealTimeLimit, options.RealTimeGrace));
        Faults = new(Scheduler, Choices);
        TimeProvider = new VirtualTimeProvider(Scheduler, options.Start, this);
        StartMilliseconds = options.Start.ToUnixTimeMilliseconds();
        StartTicks = (options.Start - DateTimeOffset.UnixEpoch).Ticks;
    }

    /// <summary>The host's options.</summary>
    public LambdaTestHostOptions Options { get; }

    /// <summary>The pump.</summary>
    public Scheduler Scheduler { get; }

    /// <summary>Every choice.</summary>
    public Choices Choices { get; }

    /// <summary>What goes wrong.</summary>
    public Faults Faults { get; }

    /// <summary>What happened.</summary>
    public HistoryRecorder History { get; }

    /// <summary>The virtual clock as .NET sees it.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>The host's start as AWS writes times.</summary>
    public long StartMilliseconds { get; }

    /// <summary>The host's start in ticks since 1970.</summary>
    public long StartTicks { get; }

    /// <summary>Takes a source into the host that another one names: the dead-letter queue of a queue, the destination of a stream.</summary>
    public Action<EventSource>? Adopt { get; set; }

    /// <summary>Takes a function into the host that something else names: a destination, a subscription.</summary>
    public Action<LambdaFunction>? AdoptFunction { get; set; }

    /// <summary>The topics, buckets and buses of the host.</summary>
    public List<EventPublisher> Publishers { get; } = [];

    /// <summary>What runs show beside the event sources.</summary>
    public List<IViewed> Viewed { get; } = [];

    /// <summary>Asynchronous invocations accepted.</summary>
    public long AsynchronousEvents { get; set; }

    /// <summary>Messages, busy pollers and timers of the test that something will still happen to.</summary>
    public long ActiveWork { get; set; }

    /// <summary>Invocations begun.</summary>
    public long Invocations { get; set; }

    /// <summary>The virtual time of the running code, or of the clock where no handler runs.</summary>
    public long CallerNow => WorkScope.Current is { } scope && scope.Scheduler == Scheduler ? scope.LocalNow : Scheduler.Now;

    /// <inheritdoc/>
    public bool IsIdle => ActiveWork == 0;

    /// <summary>The number of the next message of the host.</summary>
    public long NextMessage() => ++messages;

    /// <summary>Milliseconds since 1970 of a virtual time.</summary>
    public long EpochMilliseconds(long ticks) => StartMilliseconds + (ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>The date and time of a virtual time.</summary>
    public DateTimeOffset TimeAt(long ticks) => Options.Start + TimeSpan.FromTicks(ticks);

    /// <summary>Tells of a fault that struck.</summary>
    public void NoteFault(FaultKind kind, string who, string what, long? at = null)
    {
        if (History.IsTaken)
            History.Add(new FaultStruck(TimeSpan.FromTicks(at ?? Scheduler.Now), kind, who, what));
    }

    /// <summary>Starts counting the invocations of a run.</summary>
    public void BeginRun() => invocationsAtStart = Invocations;

    /// <inheritdoc/>
    public void Check()
    {
        if (Invocations - invocationsAtStart > Options.InvocationLimit)
            throw InvocationLimitException.Of(Options.InvocationLimit, Scheduler.Now);
    }

    /// <inheritdoc/>
    public void CountHostTimer(int change) => ActiveWork += change;
}
