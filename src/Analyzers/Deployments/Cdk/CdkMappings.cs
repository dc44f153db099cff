using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

/// <summary>Reads event source mappings: event sources that a function is given, and mappings that are constructs of their own.</summary>
internal sealed class CdkMappings(ProgramValues values, CdkValues reader, CdkResources resources)
{
    private const string Sources = "Amazon.CDK.AWS.Lambda.EventSources.";

    private readonly CdkFilters filters = new(values);

    // The event sources that were given to something that is seen.
    private readonly HashSet<(SyntaxNode, ProgramFrame)> given = [];

    /// <summary>What an event source reads from; null for what is no event source of a queue or stream.</summary>
    public static EventSourceKind? KindOf(ITypeSymbol? type) =>
        type?.ToDisplayString() switch
        {
            Sources + "SqsEventSource" => EventSourceKind.Sqs,
            Sources + "KinesisEventSource" or Sources + "KinesisConsumerEventSource" => EventSourceKind.Kinesis,
            Sources + "DynamoEventSource" => EventSourceKind.DynamoDb,
            _ => null,
        };

    /// <summary>The mapping that an event source makes.</summary>
    /// <param name="source">The event source, as it is given to the function.</param>
    /// <param name="giver">The call that gives it, or the function that is made with it.</param>
    /// <param name="function">The function.</param>
    public EventSourceMapping? OfEventSource(Written source, Written giver, ResourceLink function)
    {
        if (
            values.Single(source) is not { Operation: IObjectCreationOperation { Arguments: [{ Value: var read }, ..] arguments } creation } made
            || KindOf(creation.Type) is not { } kind
        )
            return null;
        given.Add((made.Operation.Syntax, made.Frame));
        var link = resources.LinkTo(new(read, made.Frame));
        var props = CdkProps.Of(values, made, arguments.FirstOrDefault(argument => argument.Parameter?.Name == "props"));
        var stream = resources.StreamOf(link);
        var site = CdkResources.SiteOf(made) with { Condition = ConditionOf(giver, made) };
        return Read(kind, NameOf(creation.Type!.Name, function, link), site, stream ?? link, function, props, stream is null ? null : link);
    }

    /// <summary>The mapping of an event source that is made, and given to something that cannot be seen: a function of a package that is not there.</summary>
    public EventSourceMapping? OfUnseenFunction(Written source) =>
        given.Contains((source.Operation.Syntax, source.Frame))
            ? null
            : OfEventSource(source, source, ResourceLink.Unknown("what it is given to cannot be seen"));

    /// <summary>The mapping that is a construct of its own, or made by <c>AddEventSourceMapping</c>.</summary>
    /// <param name="made">The creation or call.</param>
    /// <param name="props">Its properties.</param>
    /// <param name="kindOf">What a resource of the model is, as a source.</param>
    /// <param name="function">The function; null where the properties name it.</param>
    public EventSourceMapping Own(Written made, CdkProps props, Func<ResourceLink, EventSourceKind> kindOf, ResourceLink? function)
    {
        var link = resources.LinkTo(props.Value("EventSourceArn"));
        var target = function ?? resources.LinkTo(props.Value("Target") ?? props.Value("FunctionName"));
        return Read(kindOf(link), NameOf("EventSourceMapping", target, link), CdkResources.SiteOf(made), link, target, props);
    }

    // A source may be chosen in one branch, and given in another.
    private static string? ConditionOf(Written giver, Written made)
    {
        var (given, chosen) = (ProgramBranches.BranchOf(giver), ProgramBranches.BranchOf(made));
        return given is null || chosen is null || given == chosen ? given ?? chosen : $"{given} and {chosen}";
    }

    private EventSourceMapping Read(
        EventSourceKind kind,
        string name,
        ResourceSite site,
        ResourceLink source,
        ResourceLink function,
        CdkProps props,
        ResourceLink? consumer = null
    )
    {
        var id = resources.Unused(name);
        var bare = new EventSourceMapping(id, kind);
        return new(id, kind)
        {
            Site = site,
            DisplayName = name,
            Source = source,
            Function = function,
            Enabled = props.Read("Enabled", CdkValues.Flag, bare.Enabled),
            BatchSize = props.Read("BatchSize", reader.Number, bare.BatchSize),
            MaximumBatchingWindow = props.Has("MaximumBatchingWindowInSeconds")
                ? props.Read("MaximumBatchingWindowInSeconds", reader.Number, bare.MaximumBatchingWindow)
                : props.Read("MaxBatchingWindow", reader.Seconds, bare.MaximumBatchingWindow),
            FunctionResponseTypes = ResponseTypes(props),
            Consumer = consumer is null
                ? bare.Consumer
                : Setting<ResourceLink>.Known([new(consumer, consumer.Place, Provenance.Literal, null)], consumer.Place, consumer.Place),
            Filters = props.Has("FilterCriteria")
                ? Setting<DeclaredFilters>.Unknown("they are made in code", default, props.Enclosing)
                : props.ReadObject("Filters", filters.Of, bare.Filters),
            MaximumConcurrency = props.Read("MaxConcurrency", reader.Number, bare.MaximumConcurrency),
            StartingPosition = props.ReadObject("StartingPosition", written => CdkValues.Text(written) ?? CdkValues.Member(written), bare.StartingPosition),
            StartingPositionTimestamp = props.Read("StartingPositionTimestamp", reader.Timestamp, bare.StartingPositionTimestamp),
            MinimumPollers = props.Inner("ProvisionedPollerConfig").Read("MinimumPollers", reader.Number, bare.MinimumPollers),
            MaximumPollers = props.Inner("ProvisionedPollerConfig").Read("MaximumPollers", reader.Number, bare.MaximumPollers),
            ParallelizationFactor = props.Read("ParallelizationFactor", reader.Number, bare.ParallelizationFactor),
            BisectBatchOnFunctionError = Either(props, "BisectBatchOnError", "BisectBatchOnFunctionError", CdkValues.Flag, bare.BisectBatchOnFunctionError),
            MaximumRetryAttempts = Either(props, "RetryAttempts", "MaximumRetryAttempts", reader.Number, bare.MaximumRetryAttempts),
            MaximumRecordAge = props.Has("MaximumRecordAgeInSeconds")
                ? props.Read("MaximumRecordAgeInSeconds", reader.Number, bare.MaximumRecordAge)
                : props.Read("MaxRecordAge", reader.Seconds, bare.MaximumRecordAge),
            TumblingWindow = props.Has("TumblingWindowInSeconds")
                ? props.Read("TumblingWindowInSeconds", reader.Number, bare.TumblingWindow)
                : props.Read("TumblingWindow", reader.Seconds, bare.TumblingWindow),
            OnFailure = OnFailure(props),
        };
    }

    private static Setting<T> Either<T>(CdkProps props, string name, string lowLevelName, Func<Written, T?> read, Setting<T> absent)
        where T : struct => props.Read(props.Has(lowLevelName) ? lowLevelName : name, read, absent);

    private static Setting<IReadOnlyList<string>> ResponseTypes(CdkProps props)
    {
        IReadOnlyList<string> none = [];
        IReadOnlyList<string> reports = [EventSourceMapping.ReportBatchItemFailuresType];
        if (props.Has("FunctionResponseTypes"))
            return props.ReadObject("FunctionResponseTypes", Texts, Setting<IReadOnlyList<string>>.Default(none));
        return props.Read("ReportBatchItemFailures", CdkValues.Flag, Setting<bool>.Default(false)).Select(isOn => isOn ? reports : none);
    }

    private static IReadOnlyList<string>? Texts(Written list)
    {
        var elements = (list.Operation as IArrayCreationOperation)?.Initializer?.ElementValues;
        var texts = elements?.Select(element => element.ConstantValue is { HasValue: true, Value: string text } ? text : null).ToList();
        return texts is null || texts.Contains(null) ? null : [.. texts.OfType<string>()];
    }

    // new SqsDlq(queue), new SnsDlq(topic), new S3OnFailureDestination(bucket)
    private Setting<ResourceLink> OnFailure(CdkProps props) =>
        props.Has("DestinationConfig")
            ? Setting<ResourceLink>.Unknown("it is made in code", default, props.Enclosing)
            : props.ReadObject(
                "OnFailure",
                destination =>
                    destination.Operation is IObjectCreationOperation { Arguments: [{ Value: var target }, ..] }
                        ? resources.LinkTo(new(target, destination.Frame))
                        : null,
                Setting<ResourceLink>.Missing()
            );

    private static string NameOf(string type, ResourceLink function, ResourceLink source) =>
        function.LogicalId is { } owner ? $"{owner}/{type}"
        : source.LogicalId is { } read ? $"{type} of {read}"
        : type;
}
