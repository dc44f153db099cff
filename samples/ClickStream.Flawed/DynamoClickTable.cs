using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ClickStream.Flawed;

/// <summary>Clicks in a DynamoDB table.</summary>
/// <param name="dynamo">The client.</param>
/// <param name="table">The table's name.</param>
public sealed class DynamoClickTable(IAmazonDynamoDB dynamo, string table) : IClickTable
{
    /// <inheritdoc/>
    public Task PutAsync(string id, Click click) =>
        dynamo.PutItemAsync(
            new PutItemRequest
            {
                TableName = table,
                Item = new()
                {
                    ["id"] = new(id),
                    ["visitor"] = new(click.Visitor),
                    ["page"] = new(click.Page),
                    ["advertisement"] = click.Advertisement is null ? new() { NULL = true } : new(click.Advertisement),
                },
            }
        );
}
