using AtLeastOnce.Deployment.Dialects;

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
    /// <param name="path">The file.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="queues">The queues.</param>
    /// <param name="mappings">The mappings.</param>
    /// <param name="others">Everything else, of all types.</param>
    public DeploymentModel(
        string path = "",
        IReadOnlyList<Function>? functions = null,
        IReadOnlyList<Queue>? queues = null,
        IReadOnlyList<EventSourceMapping>? mappings = null,
        IReadOnlyList<Resource>? others = null
    )
    {
        Others = others ?? [];
        Path = path;
        Functions = functions ?? [];
        Queues = queues ?? [];
        Mappings = mappings ?? [];
        (Streams, Tables, Topics, Buckets) = (All<KinesisStream>(), All<Table>(), All<Topic>(), All<Bucket>());
        (Triggers, InvokeConfigs, Roles) = (All<EventTrigger>(), All<EventInvokeConfig>(), All<Role>());
        foreach (var resource in Resources)
        {
            if (!resources.ContainsKey(resource.LogicalId))
                resources.Add(resource.LogicalId, resource);
        }
    }

    /// <summary>The file as it was given to the reader; empty for a model built in code.</summary>
    public string Path { get; }

    /// <summary>Whether the file is a template at all. False without any <see cref="Problems"/> for other files of the same format.</summary>
    public bool IsTemplate { get; init; } = true;

    /// <summary>Another file that describes what is deployed, as a path relative to this one: the template of <c>aws-lambda-tools-defaults.json</c>.</summary>
    public Setting<string> NamedTemplate { get; init; } = Setting<string>.Missing();

    /// <summary>In what it is written.</summary>
    public Dialect Dialect { get; init; }

    /// <summary>Whether it is read from C# code, whose files its places name, and not from a template.</summary>
    public bool IsWrittenInCode => Dialect is Dialect.Cdk or Dialect.Pulumi;

    /// <summary>The functions, in the order written.</summary>
    public IReadOnlyList<Function> Functions { get; }

    /// <summary>The queues, in the order written.</summary>
    public IReadOnlyList<Queue> Queues { get; }

    /// <summary>The event source mappings, in the order written.</summary>
    public IReadOnlyList<EventSourceMapping> Mappings { get; }

    /// <summary>The Kinesis streams, in the order written.</summary>
    public IReadOnlyList<KinesisStream> Streams { get; }

    /// <summary>The DynamoDB tables, in the order written.</summary>
    public IReadOnlyList<Table> Tables { get; }

    /// <summary>The SNS topics, in the order written.</summary>
    public IReadOnlyList<Topic> Topics { get; }

    /// <summary>The S3 buckets, in the order written.</summary>
    public IReadOnlyList<Bucket> Buckets { get; }

    /// <summary>What sends events to functions and queues, in the order written.</summary>
    public IReadOnlyList<EventTrigger> Triggers { get; }

    /// <summary>How asynchronous invocations are run, in the order written.</summary>
    public IReadOnlyList<EventInvokeConfig> InvokeConfigs { get; }

    /// <summary>The roles, those that SAM makes included, in the order written.</summary>
    public IReadOnlyList<Role> Roles { get; }

    /// <summary>What the policies of queues, topics, streams and buckets may allow a role, whatever its own policies say; each names what it is about.</summary>
    public IReadOnlyList<PolicyStatement> ResourcePolicies { get; init; } = [];

    /// <summary>Every resource that is no function, queue or mapping, consumers, aliases and versions included.</summary>
    public IReadOnlyList<Resource> Others { get; }

    /// <summary>Every resource.</summary>
    public IEnumerable<Resource> Resources => Functions.Concat<Resource>(Queues).Concat(Mappings).Concat(Others);

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>The comments that silence rules.</summary>
    public IReadOnlyList<Suppression> Suppressions { get; init; } = [];

    /// <summary>The resource with that logical id, or null.</summary>
    public Resource? Find(string logicalId) => resources.TryGetValue(logicalId, out var resource) ? resource : null;

    /// <summary>The queue that the mapping reads, if this model declares it.</summary>
    public Queue? QueueOf(EventSourceMapping mapping) => Follow<Queue>(mapping.Source);

    /// <summary>The Kinesis stream that the mapping reads, if this model declares it.</summary>
    public KinesisStream? StreamOf(EventSourceMapping mapping) => Follow<KinesisStream>(mapping.Source);

    /// <summary>The table whose stream the mapping reads, if this model declares it.</summary>
    public Table? TableOf(EventSourceMapping mapping) => Follow<Table>(mapping.Source);

    /// <summary>
    /// Seconds for which the mapping's stream keeps a record (B-42); missing when the mapping reads no stream of this model.
    /// A DynamoDB stream keeps it for a day.
    /// </summary>
    public Setting<int> StreamRetentionOf(EventSourceMapping mapping) =>
        StreamOf(mapping) is { } stream ? stream.RetentionHours.Select(hours => (int)Math.Min(hours * 3600L, int.MaxValue))
        : mapping.Kind == EventSourceKind.DynamoDb ? Setting<int>.Default(Aws.Defaults.DynamoDbStreamRetention)
        : Setting<int>.Missing();

    /// <summary>The function that gets the trigger's events, if it is one and this model declares it.</summary>
    public Function? TargetFunctionOf(EventTrigger trigger) => Follow<Function>(trigger.Target);

    /// <summary>The queue that gets the trigger's events, if it is one and this model declares it.</summary>
    public Queue? TargetQueueOf(EventTrigger trigger) => Follow<Queue>(trigger.Target);

    /// <summary>The triggers that send to the function.</summary>
    public IEnumerable<EventTrigger> TriggersOf(Function function) => Triggers.Where(trigger => TargetFunctionOf(trigger) == function);

    /// <summary>How asynchronous invocations of the function are run, one for each of its versions and aliases that has settings of its own.</summary>
    public IEnumerable<EventInvokeConfig> InvokeConfigsOf(Function function) => InvokeConfigs.Where(config => Target(config.Function) == function);

    /// <summary>The function's execution role, if this model declares it.</summary>
    public Role? RoleOf(Function function) => Follow<Role>(function.Role);

    /// <summary>The resource that a link leads to, if this model declares it.</summary>
    public Resource? Target(ResourceLink link) => link.LogicalId is { } id ? Find(id) : null;

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
        where T : Resource => Target(link) as T;

    private IReadOnlyList<T> All<T>()
        where T : Resource => [.. Others.OfType<T>()];
}
