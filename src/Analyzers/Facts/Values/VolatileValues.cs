using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Values;

/// <summary>What gives another value at every delivery of the same record.</summary>
/// <param name="types">The types of the Lambda packages.</param>
/// <param name="isInvokedByMapping">Whether an event source mapping invokes: each of its deliveries has a request id of its own; the retries of an asynchronous event share one.</param>
internal sealed class VolatileValues(KnownTypes types, bool isInvokedByMapping)
{
    private static readonly (string Type, string[] Members)[] Known =
    [
        ("System.Guid", ["NewGuid", "CreateVersion7"]),
        ("System.DateTime", ["Now", "UtcNow", "Today"]),
        ("System.DateTimeOffset", ["Now", "UtcNow"]),
        ("System.TimeProvider", ["GetUtcNow", "GetLocalNow", "GetTimestamp"]),
        ("System.Environment", ["TickCount", "TickCount64"]),
        ("System.Diagnostics.Stopwatch", ["GetTimestamp"]),
        ("System.IO.Path", ["GetRandomFileName", "GetTempFileName"]),
        ("System.Random", ["*"]),
        ("System.Security.Cryptography.RandomNumberGenerator", ["*"]),
        ("System.Ulid", ["NewUlid"]),
        ("NUlid.Ulid", ["NewUlid"]),
        ("MassTransit.NewId", ["Next", "NextGuid", "NextSequentialGuid"]),
    ];

    // Attributes of a message that count its receives.
    private static readonly string[] ReceiveAttributes = ["ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp"];

    /// <summary>Whether the operation reads the time of day.</summary>
    public static bool IsClock(IOperation operation) =>
        operation switch
        {
            IPropertyReferenceOperation { Property: { Name: "Now" or "UtcNow", ContainingType: var type } } => type.Is("System.DateTime")
                || type.Is("System.DateTimeOffset"),
            IInvocationOperation { TargetMethod: { Name: "GetUtcNow" or "GetLocalNow", ContainingType: var type } } => type.IsOrDerivesFrom(
                "System.TimeProvider"
            ),
            _ => false,
        };

    /// <summary>How messages call the operation; null unless it is volatile.</summary>
    public string? NameOf(IOperation operation)
    {
        var (member, instance) = operation switch
        {
            IInvocationOperation invocation => ((ISymbol)invocation.TargetMethod, invocation.Instance),
            IPropertyReferenceOperation property => (property.Property, property.Instance),
            _ => (null, null),
        };
        if (member?.ContainingType is not { } type)
            return null;
        if (operation is IPropertyReferenceOperation reference && OfInvocation(reference) is { } name)
            return name;
        foreach (var (known, members) in Known)
        {
            if ((members[0] == "*" || members.Contains(member.Name)) && type.IsOrDerivesFrom(known))
                return operation is IInvocationOperation ? $"{type.Name}.{member.Name}()" : $"{type.Name}.{member.Name}";
        }

        return null;
    }

    /// <summary>Whether the operation identifies the work although it stands in no record: the request id, which the retries of an asynchronous event share .</summary>
    public bool IsIdentity(IOperation operation) =>
        !isInvokedByMapping
        && operation is IPropertyReferenceOperation { Property.Name: "AwsRequestId" } property
        && types.IsLambdaContext(property.Instance?.Type);

    private string? OfInvocation(IPropertyReferenceOperation reference)
    {
        var name = reference.Property.Name;
        if (types.IsLambdaContext(reference.Instance?.Type))
            return name is "LogStreamName" || (name is "AwsRequestId" && isInvokedByMapping) ? $"ILambdaContext.{name}" : null;
        if (name is "ReceiptHandle" && types.IsRecord(reference.Instance?.Type))
            return "ReceiptHandle";
        return
            reference.Property.IsIndexer
            && reference.Instance is IPropertyReferenceOperation { Property.Name: "Attributes", Instance: { } record }
            && types.IsRecord(record.Type)
            && reference.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: string key } }]
            && ReceiveAttributes.Contains(key)
            ? key
            : null;
    }
}
