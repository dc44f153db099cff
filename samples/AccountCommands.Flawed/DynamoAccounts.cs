using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace AccountCommands.Flawed;

/// <summary>Accounts in a DynamoDB table.</summary>
public sealed class DynamoAccounts(IAmazonDynamoDB dynamo, string table) : IAccounts
{
    /// <inheritdoc/>
    public Task BookAsync(AccountCommand command) =>
        dynamo.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = new() { ["id"] = new(command.Account) },
                UpdateExpression = "ADD balance :amount",
                ExpressionAttributeValues = new() { [":amount"] = new() { N = command.Amount.ToString(CultureInfo.InvariantCulture) } },
            }
        );
}
