using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime;

/// <summary>What an event source mapping reads.</summary>
public abstract class EventSource
{
    private protected EventSource(string name) => Name = name;

    /// <summary>The name in AWS.</summary>
    public string Name { get; }

    /// <summary>The ARN that a mapping names; known once a host has the source.</summary>
    public string Arn { get; private protected set; } = "";

    /// <summary>The logical id in the template.</summary>
    internal string? LogicalId { get; init; }

    /// <summary>What messages and histories call the source.</summary>
    internal string Label => LogicalId ?? Name;

    /// <summary>What the template leaves open.</summary>
    internal OpenSettings Open { get; } = new();

    /// <summary>What it is, in messages and as the host's method that gives it: <c>Queue</c>.</summary>
    internal abstract string Kind { get; }

    /// <summary>The AWS service, as refusals name it: <c>SQS</c>.</summary>
    internal abstract string Service { get; }

    /// <summary>The batch size of a mapping that sets none (P-4).</summary>
    internal virtual int DefaultBatchSize => Defaults.SqsBatchSize;

    /// <summary>The records that arrived so far, if it keeps count: what a mapping made now begins after with LATEST (B-43).</summary>
    internal virtual long RecordsEver => 0;

    /// <summary>Whether records are in it that a mapping could still read.</summary>
    internal abstract bool HasRecords { get; }

    /// <summary>Whether each mapping reads all records on its own, as of a stream; of a queue they share them.</summary>
    internal abstract bool ReadsPerMapping { get; }

    /// <summary>Gives the source to a host; once.</summary>
    internal abstract void Attach(Simulation simulation, int ordinal);

    /// <summary>Throws what AWS refuses about a mapping of this source, in AWS's words.</summary>
    internal abstract void Validate(EventSourceMappingOptions mapping);

    /// <summary>Makes the pollers of a mapping; under the scheduler's gate, before the first run.</summary>
    internal abstract void Connect(EventSourceMappingOptions mapping, Faults faults);

    /// <summary>What the run shows of the source.</summary>
    /// <param name="mapping">The mapping whose reading is shown, where each mapping reads on its own; null for what all share.</param>
    /// <param name="history">The invocations of the run.</param>
    internal abstract SourceView View(EventSourceMappingOptions? mapping, RunHistory history);
}
