using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace AccountCommands;

/// <summary>Accounts in a DynamoDB table, and beside them the commands that are booked: both are written in one transaction, or neither.</summary>
/// <param name="dynamo">The client.</param>
/// <param name="accounts">The table of the accounts.</param>
/// <param name="booked">The table of the booked commands.</param>
public sealed class DynamoAccounts(IAmazonDynamoDB dynamo, string accounts, string booked) : IAccounts
{
    /// <inheritdoc/>
    public async Task BookAsync(AccountCommand command)
    {
        var mark = new Put
        {
            TableName = booked,
            Item = new() { ["id"] = new(command.Id) },
            ConditionExpression = "attribute_not_exists(id)",
        };
        var change = new Update
        {
            TableName = accounts,
            Key = new() { ["id"] = new(command.Account) },
            UpdateExpression = "ADD balance :amount",
            ExpressionAttributeValues = new() { [":amount"] = new() { N = command.Amount.ToString(CultureInfo.InvariantCulture) } },
        };
        try
        {
            await dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [new() { Put = mark }, new() { Update = change }] });
        }
        catch (TransactionCanceledException canceled) when (canceled.CancellationReasons.Exists(reason => reason.Code == "ConditionalCheckFailed"))
        {
            // Booked before: this is another delivery of the same command.
        }
    }
}
