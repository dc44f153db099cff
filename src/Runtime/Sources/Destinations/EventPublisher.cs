using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime;

/// <summary>
/// A service of AWS that tells others of what happens in it: an <see cref="SnsTopic"/>, an <see cref="S3Bucket"/>, an <see cref="EventBus"/>. It invokes functions
/// asynchronously.
/// </summary>
public abstract class EventPublisher : IDestination
{
    private readonly List<IDestination> targets = [];
    private Simulation? simulation;

    private protected EventPublisher(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Arn { get; private set; } = "";

    /// <summary>The logical id in the template.</summary>
    internal string? LogicalId { get; init; }

    /// <summary>What it is, in messages and as the host's method that gives it: <c>Topic</c>.</summary>
    internal abstract string Kind { get; }

    /// <summary>What histories call it: <c>topic orders</c>.</summary>
    internal string Label => $"{Kind.ToLowerInvariant()} {Name}";

    private protected Simulation Simulation =>
        simulation
        ?? throw new InvalidOperationException(
            $"The {Label} belongs to no host yet. Call host.Add({Kind.ToLowerInvariant()}) first, or make it the destination of a function that is in a host."
        );

    /// <summary>Takes it into a host; again is harmless.</summary>
    internal void Join(Simulation joined)
    {
        if (simulation == joined)
            return;
        if (simulation is not null)
            throw new InvalidOperationException($"The {Label} belongs to another host. Make a {Kind.ToLowerInvariant()} for each host.");
        if (joined.Publishers.Exists(other => other.Kind == Kind && other.Name == Name))
            throw new ArgumentException($"There is a {Label} already.", nameof(joined));
        simulation = joined;
        Arn = ArnIn(joined.Options);
        joined.Publishers.Add(this);
        foreach (var target in targets)
            target.Join(joined);
    }

    /// <inheritdoc/>
    void IDestination.Join(Simulation joined) => Join(joined);

    /// <inheritdoc/>
    void IDestination.Accept(DestinationRecord record) => Accept(record);

    private protected abstract string ArnIn(LambdaTestHostOptions options);

    /// <summary>Takes a record or a notification; under the gate.</summary>
    private protected abstract void Accept(DestinationRecord record);

    /// <summary>Takes who is told into the host, now or with the publisher.</summary>
    private protected void AddTarget(IDestination target)
    {
        ArgumentNullException.ThrowIfNull(target);
        targets.Add(target);
        if (simulation is not null)
            target.Join(simulation);
    }

    /// <summary>Does what the test or a handler asks for, at its own time.</summary>
    private protected T Guarded<T>(Func<long, T> action)
    {
        var host = Simulation;
        return host.Scheduler.Serve(() => action(host.CallerNow));
    }

    /// <summary>Passes something on; what the target refuses is lost (N-4).</summary>
    private protected void Deliver(IDestination target, DestinationRecord record)
    {
        try
        {
            target.Accept(record);
        }
        catch (Exception refusal) when (refusal is SqsException or AwsRefusalException)
        {
            Simulation.History.Add(new NotificationRefused(TimeSpan.FromTicks(record.At), Label, target.Name, refusal.Message));
        }
    }
}
