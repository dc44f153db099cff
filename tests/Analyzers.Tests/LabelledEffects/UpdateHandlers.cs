using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;

namespace Labelled;

/// <summary>Updates and transactions of DynamoDB.</summary>
public sealed class UpdateHandlers : Handlers
{
    // expect ALO101
    public async Task TakesFromStock(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            await stock.TakeAsync(order.Id, order.Quantity);
        }
    }

    // expect none
    public async Task TakesFromStockOnce(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            await stock.TakeOnceAsync(order.Id, order.Quantity, message.MessageId);
        }
    }

    // expect ALO101
    public async Task Counts(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await stock.CountAsync(message.Body);
    }

    // expect none
    public async Task Sets(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            await stock.SetAsync(order.Id, order.Quantity);
        }
    }

    // expect ALO101
    public async Task CountsHere(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = "visits",
                    Key = Key(message.Body),
                    UpdateExpression = "SET visits = if_not_exists(visits, :zero) + :one",
                    ExpressionAttributeValues = new Dictionary<string, AttributeValue>
                    {
                        {
                            ":zero",
                            new AttributeValue { N = "0" }
                        },
                        {
                            ":one",
                            new AttributeValue { N = "1" }
                        },
                    },
                }
            );
        }
    }

    // expect none
    public async Task RemembersTheFirst(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = "visits",
                    Key = Key(message.Body),
                    UpdateExpression = "SET firstVisit = if_not_exists(firstVisit, :now), lastVisit = :now",
                    ExpressionAttributeValues = new Dictionary<string, AttributeValue> { { ":now", new AttributeValue(DateTime.UtcNow.ToString("O")) } },
                }
            );
        }
    }

    // expect ALO101
    public Task AppendsToAList(SQSEvent evnt) =>
        Task.WhenAll(
            evnt.Records.Select(message =>
                dynamo.UpdateItemAsync(
                    new UpdateItemRequest
                    {
                        TableName = "carts",
                        Key = Key(message.MessageId),
                        UpdateExpression = "SET #h = list_append(#h, :entry)",
                        ExpressionAttributeNames = new Dictionary<string, string> { ["#h"] = "history" },
                        ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":entry"] = new AttributeValue(message.Body) },
                    }
                )
            )
        );

    // expect none
    public async Task AddsToASet(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var request = new UpdateItemRequest
            {
                TableName = "tags",
                Key = Key("all"),
                UpdateExpression = "ADD tags :tag",
                ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":tag"] = new AttributeValue { SS = new List<string> { message.Body } } },
            };
            await dynamo.UpdateItemAsync(request);
        }
    }

    // expect ALO101
    public async Task AddsInTheOldForm(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.UpdateItemAsync(
                "visits",
                Key(message.Body),
                new Dictionary<string, AttributeValueUpdate> { ["count"] = new AttributeValueUpdate(new AttributeValue { N = "1" }, AttributeAction.ADD) }
            );
        }
    }

    // expect none
    public async Task PutsInTheOldForm(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    Key = Key(message.MessageId),
                    AttributeUpdates = new Dictionary<string, AttributeValueUpdate>
                    {
                        ["body"] = new AttributeValueUpdate { Value = new AttributeValue(message.Body), Action = AttributeAction.PUT },
                    },
                }
            );
        }
    }

    // expect ALO101
    public async Task AddsInTheOldFormByRequest(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var request = new UpdateItemRequest
            {
                Key = Key(message.MessageId),
                AttributeUpdates = new Dictionary<string, AttributeValueUpdate>
                {
                    ["seen"] = new AttributeValueUpdate
                    {
                        Value = new AttributeValue { N = "1" },
                        Action = AttributeAction.ADD,
                    },
                },
            };
            await dynamo.UpdateItemAsync(request);
        }
    }

    // expect none
    public async Task CountsOncePerMessage(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    Key = Key(message.Body),
                    UpdateExpression = "SET visits = visits + :one ADD handled :ids",
                    ConditionExpression = "NOT contains(handled, :id)",
                    ExpressionAttributeValues = new Dictionary<string, AttributeValue>
                    {
                        [":one"] = new AttributeValue { N = "1" },
                        [":id"] = new AttributeValue(message.MessageId),
                        [":ids"] = new AttributeValue { SS = new List<string> { message.MessageId } },
                    },
                }
            );
        }
    }

    // expect ALO101
    public async Task CountsByTransaction(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.TransactWriteItemsAsync(
                new TransactWriteItemsRequest
                {
                    TransactItems = new List<TransactWriteItem>
                    {
                        new TransactWriteItem
                        {
                            Update = new Update
                            {
                                Key = Key(message.Body),
                                UpdateExpression = "SET total = total + :one",
                                ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":one"] = new AttributeValue { N = "1" } },
                            },
                        },
                    },
                }
            );
        }
    }

    // expect none
    public async Task CountsInTheTransactionOfTheMark(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var mark = new Put { Item = Key(message.MessageId), ConditionExpression = "attribute_not_exists(id)" };
            var count = new Update { Key = Key(message.Body), UpdateExpression = "SET total = total + :one" };
            await dynamo.TransactWriteItemsAsync(
                new TransactWriteItemsRequest
                {
                    TransactItems = new List<TransactWriteItem>
                    {
                        new TransactWriteItem { Put = mark },
                        new TransactWriteItem { Update = count },
                    },
                }
            );
        }
    }

    // expect none
    public async Task CountsByTransactionWithAToken(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var request = new TransactWriteItemsRequest { ClientRequestToken = message.MessageId, TransactItems = new List<TransactWriteItem>() };
            request.TransactItems.Add(
                new TransactWriteItem
                {
                    Update = new Update { Key = Key(message.Body), UpdateExpression = "ADD total :one" },
                }
            );
            await dynamo.TransactWriteItemsAsync(request);
        }
    }

    // expect ALO101
    public async Task TakesTheFirstOfAList(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            context.Logger.LogInformation(message.MessageId);
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = "seats",
                    Key = Key(message.Body),
                    UpdateExpression = "REMOVE free[0]",
                }
            );
        }
    }

    // expect none
    public async Task RemovesAnAttribute(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await dynamo.UpdateItemAsync(new UpdateItemRequest { Key = Key(message.Body), UpdateExpression = "REMOVE reservation DELETE tags :tag" });
    }

    // expect none
    public async Task ComputesTheExpression(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var parts = message.Body.Split(',').Select((_, i) => $"a{i} = :v{i}");
            await dynamo.UpdateItemAsync(new UpdateItemRequest { Key = Key(message.MessageId), UpdateExpression = "SET " + string.Join(", ", parts) });
        }
    }

    // expect ALO101
    public async Task BuildsTheExpression(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var expression = "SET updated = :now";
            expression += ", revision = revision + :one";
            await dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    Key = Key(message.Body),
                    UpdateExpression = $"SET updated = :now, revision = revision + :one",
                    ConditionExpression = "attribute_exists(id)",
                }
            );
            Console.WriteLine(expression);
        }
    }

    // expect none
    public async Task Deletes(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await dynamo.DeleteItemAsync(new DeleteItemRequest { TableName = "orders", Key = Key(message.Body) });
    }

    // expect none
    public async Task WritesMany(SQSEvent evnt)
    {
        var puts = evnt.Records.Select(message => new WriteRequest { PutRequest = new PutRequest { Item = Key(message.MessageId) } }).ToList();
        await dynamo.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new Dictionary<string, List<WriteRequest>> { ["orders"] = puts } });
    }

    private static Dictionary<string, AttributeValue> Key(string id) => new() { ["id"] = new AttributeValue(id) };
}
