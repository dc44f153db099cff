using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.SNSEvents;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS.Model;
using AWS.Lambda.Powertools.Idempotency;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using StackExchange.Redis;

namespace Labelled;

/// <summary>Claims before, around and after the work.</summary>
public sealed class RedeliveredClaims : Handlers
{
    // expect ALO104
    private async Task<bool> TryTakeAsync(string id)
    {
        try
        {
            await orders.ClaimAsync(id);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private Task WorkAsync(SQSEvent.SQSMessage message) => stock.CountAsync(message.Body);

    // expect ALO104
    public async Task ClaimsThenCharges(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await orders.ClaimAsync(message.MessageId);
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect ALO104
    public async Task ClaimsSkipsThenCharges(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ClaimAsync(message.MessageId);
            }
            catch (ConditionalCheckFailedException)
            {
                continue;
            }

            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsAndReleasesOnFailure(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ClaimAsync(message.MessageId);
            }
            catch (ConditionalCheckFailedException)
            {
                continue;
            }

            try
            {
                await payments.ChargeAsync(Parse(message.Body));
            }
            catch (Exception)
            {
                await dynamo.DeleteItemAsync(
                    new DeleteItemRequest
                    {
                        TableName = "handled",
                        Key = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(message.MessageId) },
                    }
                );
                throw;
            }
        }
    }

    // expect ALO110
    public async Task MarksAfterTheWork(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await payments.ChargeAsync(Parse(message.Body), message.MessageId);
            await orders.ClaimAsync(message.MessageId);
        }
    }

    // expect none
    public async Task MarksAfterTheWorkAndTakesTheRefusal(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await payments.ChargeAsync(Parse(message.Body), message.MessageId);
            try
            {
                await orders.ClaimAsync(message.MessageId);
            }
            catch (ConditionalCheckFailedException)
            {
                Console.WriteLine("again");
            }
        }
    }

    // expect ALO104
    public async Task ClaimsARowThenCharges(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!await rows.ClaimAsync(message.MessageId))
                continue;
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsARowInTheWorksTransaction(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            using var transaction = database.BeginTransaction();
            if (await rows.ClaimAsync(message.MessageId))
                await database.ExecuteAsync("UPDATE stock SET quantity = quantity - 1 WHERE id = @id", new { id = message.Body }, transaction);
            transaction.Commit();
        }
    }

    // expect ALO104
    public async Task ClaimsInRedisForGood(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!await redis.StringSetAsync("done:" + message.MessageId, 1, null, When.NotExists))
                continue;
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task TakesALeaseInRedis(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!await redis.StringSetAsync("lock:" + message.MessageId, 1, TimeSpan.FromMinutes(2), When.NotExists))
                throw new InvalidOperationException("in progress");
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsAStateThatIsTakenOver(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.PutItemAsync(
                new PutItemRequest
                {
                    TableName = "handled",
                    Item = new Dictionary<string, AttributeValue>
                    {
                        ["id"] = new AttributeValue(message.MessageId),
                        ["status"] = new AttributeValue("started"),
                    },
                    ConditionExpression = "attribute_not_exists(id) OR leaseUntil < :now",
                }
            );
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsByABoolThenCounts(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (await TryTakeAsync(message.MessageId))
                await stock.CountAsync(message.Body);
        }
    }

    // expect ALO104
    public async Task ClaimsByAnUpdateThenCharges(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await dynamo.UpdateItemAsync(
                    new UpdateItemRequest
                    {
                        Key = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(message.MessageId) },
                        UpdateExpression = "SET handledBy = :f",
                        ConditionExpression = "attribute_not_exists(handledBy)",
                        ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":f"] = new AttributeValue("orders") },
                    }
                );
            }
            catch (ConditionalCheckFailedException)
            {
                continue;
            }

            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect ALO104
    public async Task ClaimsThenSends(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ClaimAsync(message.MessageId);
            }
            catch (ConditionalCheckFailedException)
            {
                continue;
            }

            await events.ShippedAsync(Parse(message.Body));
        }
    }

    // expect ALO110
    public async Task ClaimsThenOnlyAsks(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await orders.ClaimAsync(message.MessageId);
            await payments.RateAsync("EUR");
        }
    }

    // expect ALO110
    public async Task ClaimsThenOnlyLogs(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            await orders.ClaimAsync(message.MessageId);
            context.Logger.LogInformation(message.MessageId);
        }
    }

    // expect ALO104
    public async Task<SQSBatchResponse> ClaimsAndReportsFailedWork(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                try
                {
                    await orders.ClaimAsync(message.MessageId);
                }
                catch (ConditionalCheckFailedException)
                {
                    continue;
                }

                await payments.ChargeAsync(Parse(message.Body));
            }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO104
    public async Task ClaimsInACallerOfTheWork(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ClaimAsync(message.MessageId);
            }
            catch (ConditionalCheckFailedException)
            {
                continue;
            }

            await WorkAsync(message);
        }
    }

    // expect none
    public async Task WritesBothInOneTransaction(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.TransactWriteItemsAsync(
                new TransactWriteItemsRequest
                {
                    ClientRequestToken = message.MessageId,
                    TransactItems = new List<TransactWriteItem>
                    {
                        new TransactWriteItem
                        {
                            Update = new Update { TableName = "stock", UpdateExpression = "ADD sold :one" },
                        },
                    },
                }
            );
        }
    }
}
