using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace TableAudit.Flawed;

/// <summary>An audit trail in a DynamoDB table.</summary>
public sealed class DynamoAuditTrail(IAmazonDynamoDB dynamo, string table) : IAuditTrail
{
    /// <inheritdoc/>
    public Task WriteAsync(AuditEntry entry) =>
        dynamo.PutItemAsync(
            new PutItemRequest
            {
                TableName = table,
                Item = new()
                {
                    ["id"] = new(entry.Id),
                    ["change"] = new(entry.Change),
                    ["key"] = new(entry.Key),
                    ["after"] = new(entry.After),
                },
            }
        );
}
