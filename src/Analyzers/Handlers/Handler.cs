using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>How a handler was recognised; the later ones are the surer ones.</summary>
internal enum HandlerOrigin
{
    /// <summary>A method whose parameters are those of a handler.</summary>
    Signature,

    /// <summary>Inherited from a generic base class that is closed over an event type.</summary>
    BaseClass,

    /// <summary>An attribute of the Annotations package or of Powertools.</summary>
    Attribute,

    /// <summary>A delegate given to <c>LambdaBootstrapBuilder</c>.</summary>
    Bootstrap,

    /// <summary>The <c>Handler</c> string of a function in a template.</summary>
    Template,
}

/// <summary>A method that Lambda calls with a batch of records or an asynchronous event, or with what the deployment says is one.</summary>
/// <param name="method">The method; constructed when it is inherited from a generic base class.</param>
/// <param name="type">The class that Lambda instantiates; null for local functions and lambdas.</param>
/// <param name="source">What feeds it.</param>
/// <param name="eventParameter">The parameter that carries the event; null when the handler has none.</param>
/// <param name="anchor">The handler's name in source: where findings about it sit.</param>
/// <param name="origin">How it was recognised.</param>
internal sealed class Handler(
    IMethodSymbol method,
    INamedTypeSymbol? type,
    EventSourceKind source,
    IParameterSymbol? eventParameter,
    Location anchor,
    HandlerOrigin origin
)
{
    private ResponseShape? response;

    /// <summary>The method; constructed when it is inherited from a generic base class.</summary>
    public IMethodSymbol Method { get; } = method;

    /// <summary>The class that Lambda instantiates; null for local functions and lambdas.</summary>
    public INamedTypeSymbol? Type { get; } = type;

    /// <summary>What feeds it.</summary>
    public EventSourceKind Source { get; } = source;

    /// <summary>The parameter that carries the event; null when the handler has none.</summary>
    public IParameterSymbol? EventParameter { get; } = eventParameter;

    /// <summary>The handler's name in source: where findings about it sit.</summary>
    public Location Anchor { get; } = anchor;

    /// <summary>How it was recognised.</summary>
    public HandlerOrigin Origin { get; } = origin;

    /// <summary>
    /// What sends its events, by the type of its parameter or by a template: they wait in Lambda's own queue and invoke it asynchronously. Null for batches and for
    /// callers that wait for the answer.
    /// </summary>
    public TriggerKind? Trigger { get; init; }

    /// <summary>How often Lambda runs an event again that failed; null when that is not known.</summary>
    public int? Retries { get; init; } = Defaults.AsynchronousRetries;

    /// <summary>Whether it is invoked asynchronously and by no event source mapping.</summary>
    public bool IsAsynchronous => Trigger is not null && Source == EventSourceKind.Unknown && Mappings.IsEmpty;

    /// <summary>Whether Lambda may give it the same again: records of a source and asynchronous events come at least once, what a caller waits for comes once.</summary>
    public bool IsDeliveredAgain => Source != EventSourceKind.Unknown || !Mappings.IsEmpty || IsAsynchronous || IsOfBroker;

    // Mappings of brokers deliver at least once as the others do; how they retry is not told apart here.
    private bool IsOfBroker => EventParameter?.Type is { } type && (type.IsIn("Amazon.Lambda.KafkaEvents") || type.IsIn("Amazon.Lambda.MQEvents"));

    /// <summary>What it returns to Lambda.</summary>
    public ResponseShape Response => response ??= ResponseShape.Of(Method, EventParameter?.Type, Serializer, IsWrapped, ReturnsPlainObjects);

    /// <summary>Whether it promises an object, and everything it returns is seen and names no failures.</summary>
    public bool ReturnsPlainObjects { get; init; }

    /// <summary>
    /// The parameter that carries the records, and nothing else; null where the event is read by hand, as what is taken out of it need not be a batch.
    /// </summary>
    public IParameterSymbol? BatchParameter => EventParameter is { } parameter && !EventsReadByHand.MayCarryMore(parameter) ? parameter : null;

    /// <summary>What reads its event and writes its response.</summary>
    public ResponseSerializer Serializer { get; init; } = ResponseSerializer.Unknown;

    // The Annotations package generates the method that Lambda calls.
    private bool IsWrapped => Method.HasAttribute("Amazon.Lambda.Annotations.LambdaFunctionAttribute");

    /// <summary>The mappings that feed it; empty when no template or attribute says.</summary>
    public ImmutableArray<HandlerMapping> Mappings { get; init; } = ImmutableArray<HandlerMapping>.Empty;

    /// <summary>Whether a template feeds it by events that could not be understood, so that <see cref="Mappings"/> may lack some.</summary>
    public bool HasUnreadMappings { get; init; }

    /// <summary>
    /// Whether the source delivers batches whose failures the response can name. False where a mapping delivers another event than the handler takes: that is ALO515.
    /// </summary>
    public bool IsBatchSource => (Source == EventSourceKind.Sqs || IsStream) && (Mappings.IsEmpty || Mappings.All(link => link.Mapping.Kind == Source));

    /// <summary>Whether the source is a stream: its poller reads a shard in order and waits where a batch fails.</summary>
    public bool IsStream => Source is EventSourceKind.Kinesis or EventSourceKind.DynamoDb;

    /// <summary>What the project's configuration says of queues whose type nothing else tells; null where it is silent.</summary>
    public bool? AssumesFifo { get; init; }

    /// <summary>Whether all its queues are FIFO queues (true) or standard queues (false); null where that is not known. A message's group id proves nothing: standard queues have it too.</summary>
    public bool? ReadsFifo
    {
        get
        {
            if (Source != EventSourceKind.Sqs || Mappings.IsEmpty)
                return Source == EventSourceKind.Sqs && !HasUnreadMappings ? AssumesFifo : null;
            var types = Mappings.Select(link => link.ReadsFifo ?? AssumesFifo).Distinct().ToList();
            return types.Count == 1 ? types[0] : null;
        }
    }

    /// <summary>Whether everything it is fed by is known to be a FIFO queue.</summary>
    public bool IsFifo => ReadsFifo == true;

    /// <summary>What a record of the source is called.</summary>
    public string RecordName =>
        IsAsynchronous ? "event"
        : Source == EventSourceKind.Sqs ? "message"
        : "record";

    /// <summary>The response of the source's package that names failed records.</summary>
    public string ResponseName =>
        Source == EventSourceKind.Sqs ? "SQSBatchResponse"
        : !WorksOnWindow ? "StreamsEventResponse"
        : Source == EventSourceKind.Kinesis ? "KinesisTimeWindowResponse"
        : "DynamoDBTimeWindowResponse";

    /// <summary>Whether it surely gets the batches of tumbling windows: by a mapping, or by its event where no mapping says that there are none.</summary>
    public bool WorksOnWindow =>
        IsStream
        && (
            Mappings.Any(link => link.Mapping.TumblingWindow.All(seconds => seconds > 0))
            || TakesWindow && !(Mappings.Length > 0 && Mappings.All(link => link.Mapping.TumblingWindow.All(seconds => seconds == 0)))
        );

    private bool TakesWindow =>
        EventParameter?.Type is { } type
        && (
            type.IsOrDerivesFrom("Amazon.Lambda.KinesisEvents.KinesisTimeWindowEvent")
            || type.IsOrDerivesFrom("Amazon.Lambda.DynamoDBEvents.DynamoDBTimeWindowEvent")
        );

    /// <summary>The name by which messages call it: a method's own name; <c>handler</c> for a lambda.</summary>
    public string Name => Method.MethodKind == MethodKind.AnonymousFunction ? "handler" : Method.OwnName();

    /// <summary>
    /// Whether it may get more than one record at once: by every mapping that feeds it, or by AWS's default when none is known.
    /// False when a batch size is unknown (unknown is not evidence).
    /// </summary>
    public bool GetsBatches => Mappings.IsEmpty && !HasUnreadMappings || Mappings.Any(link => link.Mapping.BatchSize.All(size => size > 1));

    /// <summary>The same handler with the mappings that feed it.</summary>
    public Handler With(ImmutableArray<HandlerMapping> mappings, EventSourceKind source, HandlerOrigin origin, bool hasUnreadMappings = false) =>
        Copy(source, origin, mappings, hasUnreadMappings, Trigger, Retries, AssumesFifo);

    /// <summary>The same handler with what invokes it asynchronously.</summary>
    public Handler With(TriggerKind? trigger, int? retries) => Copy(Source, Origin, Mappings, HasUnreadMappings, trigger, retries, AssumesFifo);

    /// <summary>The same handler in a project whose configuration says of what type queues are.</summary>
    public Handler Assuming(bool isFifo) => Copy(Source, Origin, Mappings, HasUnreadMappings, Trigger, Retries, isFifo);

    private Handler Copy(
        EventSourceKind source,
        HandlerOrigin origin,
        ImmutableArray<HandlerMapping> mappings,
        bool hasUnreadMappings,
        TriggerKind? trigger,
        int? retries,
        bool? assumesFifo
    ) =>
        new(Method, Type, source, EventParameter, Anchor, origin)
        {
            Mappings = mappings,
            HasUnreadMappings = hasUnreadMappings,
            Trigger = trigger,
            Retries = retries,
            AssumesFifo = assumesFifo,
            Serializer = Serializer,
            ReturnsPlainObjects = ReturnsPlainObjects,
        };
}
