using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Streams;

namespace AtLeastOnce.Runtime;

/// <summary>A source with shards: a Kinesis stream, or the stream of a DynamoDB table.</summary>
public abstract class StreamSource : EventSource
{
    private StreamLog? log;

    private protected StreamSource(string name)
        : base(name) { }

    /// <summary>The shards, closed ones included, parents before their children.</summary>
    public IReadOnlyList<StreamShard> Shards => Guarded(log => log.Shards.ToArray());

    /// <summary>How long records are kept.</summary>
    internal abstract TimeSpan Retention { get; }

    internal abstract EventSourceKind ModelKind { get; }

    /// <summary>How it is read by polling.</summary>
    internal abstract StreamReads ReadsOf(LambdaTestHostOptions options);

    /// <summary>Writes the events of a mapping.</summary>
    internal abstract StreamEventWriter WriterFor(EventSourceMappingOptions mapping);

    /// <summary>Whether a record passes a mapping's filters (F-3, F-4).</summary>
    internal abstract bool Passes(FilterCriteria criteria, StreamRecord record, StreamEventWriter writer);

    /// <summary>Makes the ARN and the first shards.</summary>
    internal abstract void Begin(Simulation simulation, int ordinal);

    internal StreamLog Log =>
        log
        ?? throw new InvalidOperationException(
            $"The {Kind.ToLowerInvariant()} '{Label}' belongs to no host yet. Call host.Map({Kind.ToLowerInvariant()}, function) or host.Add({Kind.ToLowerInvariant()}) first."
        );

    /// <inheritdoc/>
    internal override int DefaultBatchSize => Defaults.OtherBatchSize;

    /// <inheritdoc/>
    internal override long RecordsEver => log?.All.Count ?? 0;

    /// <inheritdoc/>
    internal override bool ReadsPerMapping => true;

    /// <inheritdoc/>
    internal override bool HasRecords => Log.Shards.Any(shard => shard.Trimmed < shard.Records.Count);

    /// <inheritdoc/>
    internal override void Attach(Simulation simulation, int ordinal)
    {
        if (log is not null)
            throw new InvalidOperationException($"The {Kind.ToLowerInvariant()} '{Name}' belongs to another host. Make one for each host.");
        log = new(simulation, this);
        Begin(simulation, ordinal);
    }

    /// <inheritdoc/>
    internal override void Validate(EventSourceMappingOptions mapping) => StreamMappingCheck.Check(mapping, this, Log.Simulation);

    /// <inheritdoc/>
    internal override void Connect(EventSourceMappingOptions mapping, Faults faults) => Log.Add(new(Log, mapping, faults));

    /// <inheritdoc/>
    internal override SourceView View(EventSourceMappingOptions? mapping, RunHistory history) => new StreamView(this, mapping, history);

    private protected bool IsAttached => log is not null;

    private protected T Guarded<T>(Func<StreamLog, T> action)
    {
        var attached = Log;
        return attached.Simulation.Scheduler.Serve(() => action(attached));
    }
}

/// <summary>How a shard is read by polling (B-30, B-35).</summary>
/// <param name="Interval">The time between two reads of a shard.</param>
/// <param name="Latency">How long after its arrival a record can be read.</param>
/// <param name="IsPushed">Whether records are pushed instead, as soon as they can be read.</param>
/// <param name="MostRecords">The most records of a read.</param>
/// <param name="MostBytes">The most bytes of a read.</param>
internal sealed record StreamReads(TimeSpan Interval, TimeSpan Latency, bool IsPushed, int MostRecords, long MostBytes);
