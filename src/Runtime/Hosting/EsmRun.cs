using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.History.Chart;
using AtLeastOnce.Runtime.Hosting;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime;

/// <summary>Everything that happened in a host up to the end of a run. Runs are cumulative: the next one holds this one's history too.</summary>
public sealed partial class EsmRun
{
    private readonly string where;
    private readonly string replay;
    private readonly IReadOnlyList<EventSource> sources;
    private readonly Dictionary<(EventSource Source, EventSourceMappingOptions? Mapping), SourceView> views = [];
    private readonly IReadOnlyList<EventSourceMappingOptions> mappings;
    private readonly bool isFull;

    internal EsmRun(Simulation simulation, string where, string replay, IReadOnlyList<EventSource> sources, IReadOnlyList<EventSourceMappingOptions> mappings)
    {
        this.where = where;
        this.replay = replay;
        this.mappings = mappings;
        this.sources = sources;
        isFull = simulation.History.IsKept;
        Events = simulation.History.Events;
        Invocations = simulation.History.Invocations;
        InvocationCount = simulation.Invocations;
        End = TimeSpan.FromTicks(simulation.Scheduler.Now);
        UsedRealTime = simulation.Scheduler.UsedRealTime;
        Seed = simulation.Options.Seed;
        var history = new RunHistory(Invocations, isFull);
        eventQueues = [.. simulation.Viewed.Select(viewed => viewed.View(history))];
        foreach (var source in sources)
        {
            // What a single mapping has read of a source is what there is to tell of the source.
            EventSourceMappingOptions[] readers = [.. mappings.Where(mapping => mapping.Source == source)];
            var own = source.ReadsPerMapping && readers is [var only] ? only : null;
            var shared = views[(source, null)] = source.View(own, history);
            foreach (var mapping in readers)
                views[(source, mapping)] = !source.ReadsPerMapping || mapping == own ? shared : source.View(mapping, history);
        }
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
        return (QueueView)views[(Find<SqsQueue>("queue", name), null)];
    }

    /// <summary>Where every record of a mapping's source ended.</summary>
    /// <param name="mapping">The mapping's name; or that of its queue, stream or table, where it alone reads from there.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public Ledger Ledger(string mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var found =
            mappings.FirstOrDefault(candidate => candidate.Name == mapping)
            ?? (mappings.Where(candidate => candidate.Source.Name == mapping).Take(2).ToList() is [var only] ? only : null)
            ?? throw new ArgumentException(Names.Missing("mapping", mapping, where, [.. mappings.Select(candidate => candidate.Name)]), nameof(mapping));
        return ViewOf(found).Ledger;
    }

    /// <summary>The whole history as text: the same seed and scenario give the same, byte for byte, unless <see cref="UsedRealTime"/>.</summary>
    public string Dump() => HistoryDump.Write(this, Views);

    /// <summary>
    /// Writes the run as one web page: a chart with a lane a shard, message group or execution environment, each invocation with its request and response, and the ledger. The file
    /// needs no network.
    /// </summary>
    /// <param name="path">The file; its folder is made, and a file of that name replaced.</param>
    /// <returns>The run.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public EsmRun SaveTimeline(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, TimelinePage.Write(this, isFull, Views, replay));
        return this;
    }

    // What all mappings of a source share, or else what each of them has read.
    private IEnumerable<SourceView> Views => views.Values.Distinct().Concat(eventQueues);

    private SourceView ViewOf(EventSourceMappingOptions mapping) => views[(mapping.Source, mapping)];

    private T Find<T>(string kind, string name)
        where T : EventSource
    {
        T[] all = [.. sources.OfType<T>()];
        return Array.Find(all, source => source.Label == name || source.Name == name)
            ?? throw new ArgumentException(Names.Missing(kind, name, where, [.. all.Select(source => source.Label)]), nameof(name));
    }
}
