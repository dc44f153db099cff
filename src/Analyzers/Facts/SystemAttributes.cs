using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>The attributes that SQS itself gives a message. Lambda asks for all of them, so that reading one that every message of the queue has cannot fail.</summary>
internal static class SystemAttributes
{
    // The first four are on every message; the others on every message of a FIFO queue, whose handlers alone read them.
    private static readonly string[] AlwaysThere =
    [
        "ApproximateFirstReceiveTimestamp",
        "ApproximateReceiveCount",
        "SenderId",
        "SentTimestamp",
        "MessageDeduplicationId",
        "MessageGroupId",
        "SequenceNumber",
    ];

    /// <summary>Whether it reads one that is always there: <c>message.Attributes["MessageGroupId"]</c>.</summary>
    public static bool IsAlwaysThere(IPropertyReferenceOperation indexer, KnownTypes types) =>
        indexer.Instance is IPropertyReferenceOperation { Property.Name: "Attributes", Instance: { } record }
        && types.RecordKind(record.Type) == EventSourceKind.Sqs
        && indexer.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: string name } }]
        && AlwaysThere.Contains(name);
}
