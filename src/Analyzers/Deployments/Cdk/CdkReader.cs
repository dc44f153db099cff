using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

/// <summary>
/// Reads what a compilation deploys with the CDK: functions, queues, streams, tables and the event sources between them, through stacks and constructs of the same
/// compilation with their arguments. What is computed is unknown; so is a construct whose insides are changed.
/// </summary>
internal sealed class CdkReader
{
    private const string Sqs = "Amazon.CDK.AWS.SQS.";
    private const string Lambda = "Amazon.CDK.AWS.Lambda.";
    private static readonly ProgramLibrary Library = new("Amazon.CDK", "Amazon.CDK.Stack", "Constructs.Construct");
    private const string Alias = Lambda + "Alias";

    private readonly ProgramValues values;
    private readonly CdkValues reader;
    private readonly CdkResources resources;
    private readonly CdkQueues cdkQueues;
    private readonly CdkSources cdkSources;
    private readonly CdkMappings mappings;
    private readonly CdkRoles roles;
    private readonly List<Function> functions = [];
    private readonly List<Queue> queues = [];
    private readonly List<EventSourceMapping> found = [];
    private readonly List<Resource> others = [];

    private CdkReader(ProgramValues values)
    {
        this.values = values;
        (reader, resources) = (new(values), new(values));
        (cdkQueues, cdkSources) = (new(values, reader, resources), new(values, reader, resources));
        mappings = new(values, reader, resources);
        roles = new(values, resources);
    }

    /// <summary>Whether the compilation can deploy anything with the library.</summary>
    public static bool MayDeploy(Compilation compilation) => Library.IsKnownTo(compilation);

    /// <summary>The model; null where the compilation deploys nothing with the CDK.</summary>
    public static DeploymentModel? Read(Compilation compilation, SemanticModels models, CancellationToken cancellationToken)
    {
        var frames = new ProgramFrames(models, cancellationToken);
        return ProgramWalk.Through(Library, compilation, models, frames, cancellationToken) is { } walk ? new CdkReader(new(frames)).Read(walk) : null;
    }

    private DeploymentModel? Read(ProgramWalk walk)
    {
        var creations = walk.Creations.Where(creation => IsResource(creation.Operation.Type)).ToList();
        foreach (var creation in creations)
            resources.Add(creation);
        foreach (var construct in walk.Overridden)
            resources.Override(construct);
        var readable = creations.Where(resources.IsReadable).ToList();
        foreach (var creation in readable.Where(creation => creation.Operation.Type.Is(Alias)))
            resources.AddAlias(creation, PropsOf(creation).Value("Version"));
        foreach (var creation in readable)
            Declare(creation);
        foreach (var creation in readable)
            DeclareMappings(creation);
        foreach (var call in walk.Calls)
            DeclareMapping(call);
        foreach (var source in walk.Creations.Where(creation => CdkMappings.KindOf(creation.Operation.Type) is not null))
            AddSource(mappings.OfUnseenFunction(source));
        roles.Read(walk);
        others.AddRange(roles.All);
        return functions.Count + queues.Count + found.Count == 0 ? null : new("", functions, queues, found, others) { Dialect = Dialect.Cdk };
    }

    private static bool IsResource(ITypeSymbol? type) =>
        type is not null
        && (
            IsQueue(type)
            || IsFunction(type)
            || IsMapping(type)
            || type.Is("Amazon.CDK.AWS.Kinesis.Stream")
            || type.Is("Amazon.CDK.AWS.Kinesis.CfnStream")
            || type.Is("Amazon.CDK.AWS.Kinesis.StreamConsumer")
            || type.Is(Alias)
            || type.Is("Amazon.CDK.AWS.DynamoDB.Table")
            || type.Is("Amazon.CDK.AWS.DynamoDB.TableV2")
            || type.Is("Amazon.CDK.AWS.SNS.Topic")
            || type.Is("Amazon.CDK.AWS.S3.Bucket")
        );

    private static bool IsQueue(ITypeSymbol type) => type.Is(Sqs + "Queue") || type.Is(Sqs + "CfnQueue");

    private static bool IsFunction(ITypeSymbol type) =>
        type.IsOrDerivesFrom(Lambda + "Function") || type.Is(Lambda + "SingletonFunction") || type.Is(Lambda + "CfnFunction");

    private static bool IsMapping(ITypeSymbol type) => type.Is(Lambda + "EventSourceMapping") || type.Is(Lambda + "CfnEventSourceMapping");

    private void Declare(Written creation)
    {
        var type = creation.Operation.Type!;
        var id = resources.IdOf(creation)!;
        var props = PropsOf(creation);
        var site = CdkResources.SiteOf(creation);
        if (type.Is(Sqs + "Queue"))
            queues.Add(cdkQueues.QueueOf(id, site, props));
        else if (type.Is(Sqs + "CfnQueue"))
            queues.Add(cdkQueues.LowLevelQueueOf(id, site, props));
        else if (IsFunction(type))
            functions.Add(FunctionOf(id, site, props, type));
        else if (type.Is(Alias))
            others.Add(cdkSources.AliasOf(creation, id, site, props));
        else if (type.Name is "Stream" or "CfnStream")
            others.Add(cdkSources.StreamOf(id, site, props));
        else if (type.Name == "StreamConsumer")
            others.Add(cdkSources.ConsumerOf(id, site, props));
        else if (type.Name is "Table" or "TableV2")
            others.Add(cdkSources.TableOf(id, site, props));
        else if (type.Name == "Topic")
            others.Add(CdkSources.TopicOf(id, site, props));
        else if (type.Name == "Bucket")
            others.Add(new Bucket(id) { Site = site, Name = props.ReadObject("BucketName", CdkValues.Text, Setting<string>.Missing()) });
    }

    private Function FunctionOf(string id, ResourceSite site, CdkProps props, ITypeSymbol type)
    {
        var isLowLevel = type.Name == "CfnFunction";
        return new(id)
        {
            Site = site,
            Name = props.ReadObject("FunctionName", CdkValues.Text, Setting<string>.Missing()),
            Handler = props.ReadObject("Handler", CdkValues.Text, Setting<string>.Missing()),
            Runtime = props.ReadObject("Runtime", RuntimeOf, Setting<string>.Missing()),
            PackageType = type.IsOrDerivesFrom(Lambda + "DockerImageFunction") ? Setting.Of("Image") : Setting<string>.Default(Defaults.PackageType),
            Timeout = props.Read("Timeout", isLowLevel ? reader.Number : reader.Seconds, Setting<int>.Default(Defaults.FunctionTimeout)),
            MemorySize = props.Read("MemorySize", reader.Number, Setting<int>.Default(Defaults.FunctionMemorySize)),
            ReservedConcurrency = props.Read("ReservedConcurrentExecutions", reader.Number, Setting<int>.Missing()),
            DeadLetter =
                isLowLevel || props.Has("DeadLetterQueueEnabled") || props.Has("DeadLetterTopic")
                    ? Setting<ResourceLink>.Unknown("it is made in code", default, props.Enclosing)
                    : props.ReadObject("DeadLetterQueue", written => resources.LinkTo(written), Setting<ResourceLink>.Missing()),
            // Rules, topics and buckets of the CDK invoke functions too, and are not read.
            MayBeInvokedByOthers = true,
            Role = roles.Of(id, site, isGivenOne: isLowLevel || type.Name == "SingletonFunction" || props.Has("Role")),
        };
    }

    private static string? RuntimeOf(Written value) =>
        CdkValues.Text(value)
        ?? CdkValues.Member(value) switch
        {
            null => null,
            var name when name.StartsWith("DOTNET_", StringComparison.Ordinal) && !name.StartsWith("DOTNET_CORE", StringComparison.Ordinal) => "dotnet"
                + name.Substring("DOTNET_".Length),
            "PROVIDED_AL2023" => "provided.al2023",
            "PROVIDED_AL2" => "provided.al2",
            var name => name.ToLowerInvariant(),
        };

    private void DeclareMappings(Written creation)
    {
        var type = creation.Operation.Type!;
        if (IsMapping(type))
        {
            var mapping = mappings.Own(creation, PropsOf(creation), KindOf, null);
            found.Add(mapping);
            if (!type.Is(Lambda + "CfnEventSourceMapping"))
                roles.GrantDestination(mapping);
        }
        else if (IsFunction(type) && PropsOf(creation).Value("Events") is { } events)
        {
            foreach (var list in values.Of(events))
            {
                foreach (var element in CdkValues.ElementsOf(list))
                    AddSource(mappings.OfEventSource(element, creation, LinkTo(creation)));
            }
        }
    }

    private void DeclareMapping(Written call)
    {
        var invocation = (IInvocationOperation)call.Operation;
        if (invocation.Instance is not { } instance)
            return;
        switch (invocation.TargetMethod.Name)
        {
            case "AddEventSource" when invocation.Arguments is [{ Value: var source }]:
                AddSource(mappings.OfEventSource(new(source, call.Frame), call, resources.LinkTo(new(instance, call.Frame))));
                break;
            case "AddEventSourceMapping" when invocation.Arguments is [_, var options]:
                var own = mappings.Own(call, CdkProps.Of(values, call, options), KindOf, resources.LinkTo(new(instance, call.Frame)));
                found.Add(own);
                roles.GrantDestination(own);
                break;
        }
    }

    private void AddSource(EventSourceMapping? mapping)
    {
        if (mapping is null)
            return;
        found.Add(mapping);
        roles.GrantSource(mapping);
    }

    private ResourceLink LinkTo(Written creation) => ResourceLink.To(resources.IdOf(creation)!, SourcePlaces.Of(creation.Operation.Syntax));

    private EventSourceKind KindOf(ResourceLink link) =>
        link.LogicalId is { } id
            ? queues.Any(queue => queue.LogicalId == id)
                ? EventSourceKind.Sqs
                : others.FirstOrDefault(other => other.LogicalId == id) switch
                {
                    KinesisStream => EventSourceKind.Kinesis,
                    Table => EventSourceKind.DynamoDb,
                    _ => EventSourceKind.Unknown,
                }
            : link.Literal?.Split(':') switch
            {
                ["arn", _, "sqs", ..] => EventSourceKind.Sqs,
                ["arn", _, "kinesis", ..] => EventSourceKind.Kinesis,
                ["arn", _, "dynamodb", ..] => EventSourceKind.DynamoDb,
                _ => EventSourceKind.Unknown,
            };

    private CdkProps PropsOf(Written creation) =>
        CdkProps.Of(values, creation, ((IObjectCreationOperation)creation.Operation).Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "props"));
}
