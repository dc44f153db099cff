using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Hosting;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Sqs;

namespace AtLeastOnce.Runtime;

/// <summary>Everything that happened in a host up to the end of a run. Runs are cumulative: the next one holds this one's history too.</summary>
public sealed partial class EsmRun
{
    private readonly string where;
    private readonly string replay;
    private readonly IReadOnlyList<QueueView> queues;
    private readonly IReadOnlyList<EventSourceMappingOptions> mappings;
    private readonly bool isFull;

    internal EsmRun(
        Simulation simulation,
        string where,
        string replay,
        IReadOnlyList<(string Name, MessageStore Store)> stores,
        IReadOnlyList<EventSourceMappingOptions> mappings
    )
    {
        this.where = where;
        this.replay = replay;
        this.mappings = mappings;
        isFull = simulation.History.IsFull;
        Events = simulation.History.Events;
        Invocations = simulation.History.Invocations;
        InvocationCount = simulation.Invocations;
        End = TimeSpan.FromTicks(simulation.Scheduler.Now);
        UsedRealTime = simulation.Scheduler.UsedRealTime;
        Seed = simulation.Options.Seed;
        queues = [.. stores.Select(store => new QueueView(store.Name, store.Store, Invocations))];
    }

    /// <summary>What happened, in order; empty where only the ledger is kept.</summary>
    public IReadOnlyList<EsmEvent> Events { get; }

    /// <summary>The invocations in the order they began; empty where only the ledger is kept.</summary>
    public IReadOnlyList<InvocationRecord> Invocations { get; }

    /// <summary>How many invocations there were, whether or not they are kept.</summary>
    public long InvocationCount { get; }

    /// <summary>The virtual time since the host's start at which the run ended.</summary>
    public TimeSpan End { get; }

    /// <summary>Whether real time has had an influence, because a handler did real work: the same seed may then give another run.</summary>
    public bool UsedRealTime { get; }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>What happened, as text; the middle of a long run is left out.</summary>
    public string Timeline => TimelineWriter.Write(Events, TimelineWriter.ElidedLines);

    /// <summary>A queue at the end of the run.</summary>
    /// <param name="name">Its name, or its logical id in the template.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public QueueView Queue(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return queues.FirstOrDefault(queue => queue.Name == name || queue.Store.Queue.Name == name)
            ?? throw new ArgumentException(Names.Missing("queue", name, where, [.. queues.Select(queue => queue.Name)]), nameof(name));
    }

    /// <summary>Where every record of a mapping's queue ended.</summary>
    /// <param name="mapping">The mapping's name.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public Ledger Ledger(string mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var found =
            mappings.FirstOrDefault(candidate => candidate.Name == mapping)
            ?? throw new ArgumentException(Names.Missing("mapping", mapping, where, [.. mappings.Select(candidate => candidate.Name)]), nameof(mapping));
        return ViewOf(found).Ledger;
    }

    /// <summary>The whole history as text: the same seed and scenario give the same, byte for byte, unless <see cref="UsedRealTime"/>.</summary>
    public string Dump() => HistoryDump.Write(this, queues);

    private QueueView ViewOf(EventSourceMappingOptions mapping) => queues.First(queue => queue.Store == mapping.Queue.Store);
}
