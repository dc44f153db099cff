namespace AtLeastOnce.Deployment.Model;

/// <summary>Something in a deployment file that keeps it, or a part of it, from being understood.</summary>
/// <param name="Place">Where.</param>
/// <param name="Text">What, as a sentence.</param>
internal sealed record Problem(Place Place, string Text);

/// <summary>What one file (or one scenario built in code) deploys.</summary>
internal sealed class DeploymentModel
{
    private readonly Dictionary<string, Resource> resources = new(StringComparer.Ordinal);

    /// <summary>Makes a model. Of two resources with one logical id the first counts in lookups.</summary>
    public DeploymentModel(
        string path = "",
        IReadOnlyList<Function>? functions = null,
        IReadOnlyList<Queue>? queues = null,
        IReadOnlyList<EventSourceMapping>? mappings = null
    )
    {
        Path = path;
        Functions = functions ?? [];
        Queues = queues ?? [];
        Mappings = mappings ?? [];
        foreach (var resource in Functions.Concat<Resource>(Queues).Concat(Mappings))
        {
            if (!resources.ContainsKey(resource.LogicalId))
                resources.Add(resource.LogicalId, resource);
        }
    }

    /// <summary>The file as it was given to the reader; empty for a model built in code.</summary>
    public string Path { get; }

    /// <summary>Whether the file is a template at all. False without any <see cref="Problems"/> for other files of the same format.</summary>
    public bool IsTemplate { get; init; } = true;

    /// <summary>The functions, in the order written.</summary>
    public IReadOnlyList<Function> Functions { get; }

    /// <summary>The queues, in the order written.</summary>
    public IReadOnlyList<Queue> Queues { get; }

    /// <summary>The event source mappings, in the order written.</summary>
    public IReadOnlyList<EventSourceMapping> Mappings { get; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>The comments that silence rules.</summary>
    public IReadOnlyList<Suppression> Suppressions { get; init; } = [];

    /// <summary>The function, queue or mapping with that logical id, or null.</summary>
    public Resource? Find(string logicalId) => resources.TryGetValue(logicalId, out var resource) ? resource : null;

    /// <summary>The queue that the mapping reads, if this model declares it.</summary>
    public Queue? QueueOf(EventSourceMapping mapping) => Follow<Queue>(mapping.Source);

    /// <summary>The function that the mapping invokes, if this model declares it.</summary>
    public Function? FunctionOf(EventSourceMapping mapping) => Follow<Function>(mapping.Function);

    /// <summary>The mappings that invoke the function.</summary>
    public IEnumerable<EventSourceMapping> MappingsOf(Function function) => Mappings.Where(mapping => FunctionOf(mapping) == function);

    /// <summary>The mappings that read the queue.</summary>
    public IEnumerable<EventSourceMapping> MappingsOf(Queue queue) => Mappings.Where(mapping => QueueOf(mapping) == queue);

    /// <summary>The queue that takes the messages which <paramref name="queue"/> gives up, if it is one and this model declares it.</summary>
    public Queue? DeadLetterQueueOf(Queue queue) => queue.RedrivePolicy.Single() is { } policy ? Follow<Queue>(policy.DeadLetter) : null;

    /// <summary>Whether some queue of this model may give its messages up to <paramref name="queue"/>.</summary>
    public bool IsDeadLetterQueue(Queue queue) => Queues.Any(source => source.RedrivePolicy.Any(policy => Follow<Queue>(policy.DeadLetter) == queue));

    /// <summary>The comment that silences a finding of <paramref name="ruleId"/> at <paramref name="place"/>, or null.</summary>
    public Suppression? SuppressionOf(string ruleId, Place place) =>
        Suppressions.FirstOrDefault(suppression => suppression.RuleId == ruleId && suppression.Covers(place));

    private T? Follow<T>(ResourceLink link)
        where T : Resource => link.LogicalId is { } id ? Find(id) as T : null;
}
