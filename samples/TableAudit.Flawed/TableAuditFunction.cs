using Amazon.DynamoDBv2;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

namespace TableAudit.Flawed;

/// <summary>A line of the audit trail.</summary>
public sealed record AuditEntry(string Id, string Change, string Key, string After);

/// <summary>The audit trail.</summary>
public interface IAuditTrail
{
    /// <summary>Writes an entry.</summary>
    Task WriteAsync(AuditEntry entry);
}

/// <summary>Writes an audit trail of a table, whose author has tried it with inserts and updates.</summary>
public sealed class TableAuditFunction(IAuditTrail trail)
{
    /// <summary>Lambda makes the function with this one.</summary>
    public TableAuditFunction()
        : this(new DynamoAuditTrail(new AmazonDynamoDBClient(), Environment.GetEnvironmentVariable("AUDIT_TABLE")!)) { }

    /// <summary>The handler of the template.</summary>
    public async Task HandleAsync(DynamoDBEvent batch)
    {
        foreach (var record in batch.Records)
        {
            var customer = record.Dynamodb.NewImage;
            await trail.WriteAsync(new(Guid.NewGuid().ToString(), record.EventName, customer["id"].S, customer.ToJson()));
        }
    }
}
