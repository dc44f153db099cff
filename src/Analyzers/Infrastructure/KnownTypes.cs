using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>
/// The types of the Lambda, Powertools and AWS.Messaging packages, told apart from look-alikes by their full name.
/// A type that several assemblies define counts in each of them.
/// </summary>
internal sealed class KnownTypes
{
    private static readonly (string Name, EventSourceKind Kind)[] EventNames =
    [
        ("Amazon.Lambda.SQSEvents.SQSEvent", EventSourceKind.Sqs),
        ("Amazon.Lambda.KinesisEvents.KinesisEvent", EventSourceKind.Kinesis),
        ("Amazon.Lambda.DynamoDBEvents.DynamoDBEvent", EventSourceKind.DynamoDb),
    ];

    private static readonly (string Name, EventSourceKind Kind)[] RecordNames =
    [
        ("Amazon.Lambda.SQSEvents.SQSEvent+SQSMessage", EventSourceKind.Sqs),
        ("Amazon.Lambda.KinesisEvents.KinesisEvent+KinesisEventRecord", EventSourceKind.Kinesis),
        ("Amazon.Lambda.DynamoDBEvents.DynamoDBEvent+DynamodbStreamRecord", EventSourceKind.DynamoDb),
    ];

    // What other services send, which Lambda queues and hands over asynchronously.
    private static readonly (string Name, TriggerKind Kind)[] TriggerNames =
    [
        ("Amazon.Lambda.S3Events.S3Event", TriggerKind.S3),
        ("Amazon.Lambda.SNSEvents.SNSEvent", TriggerKind.Sns),
        ("Amazon.Lambda.CloudWatchEvents.ScheduledEvents.ScheduledEvent", TriggerKind.Schedule),
        ("Amazon.Lambda.CloudWatchEvents.CloudWatchEvent`1", TriggerKind.EventBridge),
    ];

    // One type of each package that can make a compilation ours.
    private static readonly string[] Markers =
    [
        "Amazon.Lambda.Core.ILambdaContext",
        "Amazon.Lambda.Annotations.LambdaFunctionAttribute",
        PowertoolsBatch.Attribute,
        "AWS.Messaging.Lambda.ILambdaMessaging",
        "Amazon.CDK.Stack",
        "Pulumi.Aws.Lambda.EventSourceMapping",
    ];

    private readonly Dictionary<INamedTypeSymbol, EventSourceKind> events = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<INamedTypeSymbol, EventSourceKind> records = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<INamedTypeSymbol, TriggerKind> triggers = new(SymbolEqualityComparer.Default);
    private readonly HashSet<INamedTypeSymbol> lambdaContexts;

    private KnownTypes(Compilation compilation)
    {
        foreach (var (name, kind) in EventNames)
        {
            foreach (var type in compilation.GetTypesByMetadataName(name))
                events[type] = kind;
        }

        foreach (var (name, kind) in RecordNames)
        {
            foreach (var type in compilation.GetTypesByMetadataName(name))
                records[type] = kind;
        }

        foreach (var (name, kind) in TriggerNames)
        {
            foreach (var type in compilation.GetTypesByMetadataName(name))
                triggers[type] = kind;
        }

        lambdaContexts = new(compilation.GetTypesByMetadataName(Markers[0]), SymbolEqualityComparer.Default);
        HasAny = events.Count > 0 || triggers.Count > 0 || Markers.Any(name => compilation.GetTypesByMetadataName(name).Length > 0);
    }

    /// <summary>Whether the compilation knows any type of the packages at all.</summary>
    public bool HasAny { get; }

    /// <summary>Looks the types up, once for a compilation.</summary>
    public static KnownTypes Of(Compilation compilation) => new(compilation);

    /// <summary>The source whose batch <paramref name="type"/> (or a type it derives from) is; <see cref="EventSourceKind.Unknown"/> for any other type.</summary>
    public EventSourceKind EventKind(ITypeSymbol? type) => KindOf(type, events);

    /// <summary>What sends events of <paramref name="type"/> (or of a type it derives from), to be handed over asynchronously; null for any other type.</summary>
    public TriggerKind? TriggerOf(ITypeSymbol? type) => Find(type, triggers);

    /// <summary>The source whose record <paramref name="type"/> (or a type it derives from) is; <see cref="EventSourceKind.Unknown"/> for any other type.</summary>
    public EventSourceKind RecordKind(ITypeSymbol? type) => KindOf(type, records);

    /// <summary>Whether <paramref name="type"/> is a record of an event source.</summary>
    public bool IsRecord(ITypeSymbol? type) => RecordKind(type) != EventSourceKind.Unknown;

    /// <summary>Whether <paramref name="type"/> is Lambda's context, or implements it.</summary>
    public bool IsLambdaContext(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && (lambdaContexts.Contains(named) || named.AllInterfaces.Any(lambdaContexts.Contains));

    private static EventSourceKind KindOf(ITypeSymbol? type, Dictionary<INamedTypeSymbol, EventSourceKind> known) =>
        Find(type, known) ?? EventSourceKind.Unknown;

    private static T? Find<T>(ITypeSymbol? type, Dictionary<INamedTypeSymbol, T> known)
        where T : struct
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (known.TryGetValue(current.OriginalDefinition, out var kind))
                return kind;
        }

        return null;
    }
}
