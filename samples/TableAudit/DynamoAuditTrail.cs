using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace TableAudit;

/// <summary>An audit trail in a DynamoDB table whose key is the entry's id, so that a repeated put changes nothing.</summary>
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
                    ["by"] = new(entry.By.ToString()),
                    ["key"] = new(entry.Key),
                    ["before"] = TextOrNull(entry.Before),
                    ["after"] = TextOrNull(entry.After),
                },
            }
        );

    private static AttributeValue TextOrNull(string? text) => text is null ? new() { NULL = true } : new(text);
}
