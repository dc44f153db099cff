using Amazon.DynamoDBv2;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

namespace TableAudit;

/// <summary>Who changed an item.</summary>
public enum ChangedBy
{
    /// <summary>A client of the table.</summary>
    Client,

    /// <summary>DynamoDB itself, when the item's time to live was over.</summary>
    TimeToLive,
}

/// <summary>A line of the audit trail.</summary>
/// <param name="Id">The id of the change: the same whenever the change is read.</param>
/// <param name="Change"><c>INSERT</c>, <c>MODIFY</c> or <c>REMOVE</c>.</param>
/// <param name="By">Who did it.</param>
/// <param name="Key">The item's key, as JSON.</param>
/// <param name="Before">The item before, as JSON; null if there was none.</param>
/// <param name="After">The item after, as JSON; null if there is none any more.</param>
public sealed record AuditEntry(string Id, string Change, ChangedBy By, string Key, string? Before, string? After);

/// <summary>The audit trail. Writing the same entry twice leaves one.</summary>
public interface IAuditTrail
{
    /// <summary>Writes an entry.</summary>
    Task WriteAsync(AuditEntry entry);
}

/// <summary>Writes an audit trail of a table.</summary>
public sealed class TableAuditFunction(IAuditTrail trail)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Lambda makes the function with this one.</summary>
    public TableAuditFunction()
        : this(new DynamoAuditTrail(new AmazonDynamoDBClient(), Environment.GetEnvironmentVariable("AUDIT_TABLE")!)) { }

    /// <summary>The handler of the template.</summary>
    public async Task<StreamsEventResponse> HandleAsync(DynamoDBEvent batch, ILambdaContext context)
    {
        var response = new StreamsEventResponse { BatchItemFailures = [] };
        foreach (var record in batch.Records)
        {
            if (context.RemainingTime < Margin)
            {
                // The stream is read again from here, in an invocation that has time for it.
                response.BatchItemFailures.Add(new() { ItemIdentifier = record.Dynamodb.SequenceNumber });
                break;
            }

            try
            {
                await trail.WriteAsync(EntryOf(record));
            }
            catch (Exception exception)
            {
                context.Logger.LogError(exception, "Change {EventId} failed", record.EventID);
                response.BatchItemFailures.Add(new() { ItemIdentifier = record.Dynamodb.SequenceNumber });

                // The stream is read again from here.
                break;
            }
        }

        return response;
    }

    private static AuditEntry EntryOf(DynamoDBEvent.DynamodbStreamRecord record) =>
        new(
            record.EventID,
            record.EventName,
            record.UserIdentity is { Type: "Service", PrincipalId: "dynamodb.amazonaws.com" } ? ChangedBy.TimeToLive : ChangedBy.Client,
            record.Dynamodb.Keys.ToJson(),
            JsonOf(record.Dynamodb.OldImage),
            JsonOf(record.Dynamodb.NewImage)
        );

    // An insert has no old image, a removal has no new one.
    private static string? JsonOf(Dictionary<string, DynamoDBEvent.AttributeValue>? image) => image is { Count: > 0 } ? image.ToJson() : null;
}
