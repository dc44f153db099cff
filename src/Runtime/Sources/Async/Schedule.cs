using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime.Sources.Async;

/// <summary>What a schedule sends, and to whom.</summary>
/// <param name="Name">The name of the rule or schedule.</param>
/// <param name="Target">Who gets it.</param>
internal sealed record ScheduledEvent(string Name, IDestination Target)
{
    /// <summary>Whether it is a schedule of EventBridge Scheduler, and not a rule of EventBridge.</summary>
    public bool IsOfScheduler { get; init; }

    /// <summary>The constant that is sent; null for the event of the schedule.</summary>
    public string? Input { get; init; }

    /// <summary>What is sent at a time.</summary>
    public string Text(string id, DateTimeOffset at, LambdaTestHostOptions options)
    {
        if (Input is not null)
            return Input;

        // Scheduler's detail is a text.
        var (source, detail, arn) = IsOfScheduler
            ? ("aws.scheduler", "\"{}\"", $"arn:aws:scheduler:{options.Region}:{options.AccountId}:schedule/default/{Name}")
            : ("aws.events", "{}", $"arn:aws:events:{options.Region}:{options.AccountId}:rule/{Name}");
        return EventBus.Text(new(id, source, "Scheduled Event", detail), at, options, [arn]);
    }
}

/// <summary>A rule of EventBridge, or a schedule of its Scheduler: sends an event, again and again (N-10).</summary>
internal sealed class Schedule : IScheduled
{
    // Ids of scheduled events never meet those of events that are put on a bus.
    private const long FirstPosition = 1L << 30;

    private readonly Simulation simulation;
    private readonly ScheduleTimes times;
    private readonly ScheduledEvent sent;
    private readonly long position;
    private long fired;
    private long next;

    public Schedule(Simulation simulation, ScheduleTimes times, ScheduledEvent sent, int ordinal)
    {
        (this.simulation, this.times, this.sent) = (simulation, times, sent);
        position = (FirstPosition + ordinal) << 32;
        Await(simulation.Scheduler.Now);
    }

    /// <inheritdoc/>
    public void Due(long token)
    {
        // A schedule never ends, so it must not keep a run going that waits for the end of everything.
        if (simulation.Scheduler.RunsForATime)
            Fire();
        Await(next);
    }

    private void Await(long from)
    {
        if (times.After(simulation.TimeAt(from)) is not { } time)
            return;
        next = (time - simulation.Options.Start).Ticks;
        simulation.Scheduler.At(next, this, 0);
    }

    private void Fire()
    {
        var id = simulation.Choices.GuidText(IdKind.BusEvent, position + fired++);
        sent.Target.Accept(new DestinationRecord(next, sent.Text(id, simulation.TimeAt(next), simulation.Options)) { From = $"schedule {sent.Name}" });
    }
}
