using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime.Sources.Async;

/// <summary>A rule of EventBridge with a rate: invokes a function asynchronously, again and again (N-10).</summary>
internal sealed class Schedule : IScheduled
{
    // Ids of scheduled events never meet those of events that are put on a bus.
    private const long FirstPosition = 1L << 30;

    private readonly Simulation simulation;
    private readonly IDestination target;
    private readonly string name;
    private readonly long rate;
    private readonly long position;
    private long fired;
    private long next;

    public Schedule(Simulation simulation, TimeSpan rate, IDestination target, string name, int ordinal)
    {
        this.simulation = simulation;
        this.target = target;
        this.name = name;
        this.rate = rate.Ticks;
        position = (FirstPosition + ordinal) << 32;
        next = simulation.Scheduler.Now + rate.Ticks;
        simulation.Scheduler.At(next, this, 0);
    }

    /// <inheritdoc/>
    public void Due(long token)
    {
        // A schedule never ends, so it must not keep a run going that waits for the end of everything.
        if (simulation.Scheduler.RunsForATime)
            Fire();
        next += rate;
        simulation.Scheduler.At(next, this, 0);
    }

    private void Fire()
    {
        var options = simulation.Options;
        var about = new BusEvent(simulation.Choices.GuidText(IdKind.BusEvent, position + fired++), "aws.events", "Scheduled Event", "{}");
        var json = EventBus.Text(about, simulation.TimeAt(next), options, [$"arn:aws:events:{options.Region}:{options.AccountId}:rule/{name}"]);
        target.Accept(new DestinationRecord(next, json) { From = $"schedule {name}" });
    }
}
