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

/// <summary>Handlers of a queue that delivers a message again for twelve minutes.</summary>
public sealed class RedeliveredLater : Handlers
{
    private Task ClaimAsync(string id) =>
        dynamo.PutItemAsync(
            new PutItemRequest
            {
                Item = new Dictionary<string, AttributeValue>
                {
                    ["id"] = new AttributeValue(id),
                    ["expiresAt"] = new AttributeValue { N = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds().ToString() },
                },
                ConditionExpression = "attribute_not_exists(id)",
            }
        );

    // expect ALO107
    public async Task SendsInOrder(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await sqs.SendMessageAsync(
                new SendMessageRequest
                {
                    QueueUrl = "shipped.fifo",
                    MessageBody = message.Body,
                    MessageGroupId = "orders",
                    MessageDeduplicationId = message.MessageId,
                }
            );
        }
    }

    // expect ALO107
    public async Task SendsInOrderBelow(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await events.ShippedInOrderAsync(Parse(message.Body));
        }
    }

    // expect ALO102
    public async Task SendsInOrderUnderANewId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await sqs.SendMessageAsync(
                new SendMessageRequest
                {
                    QueueUrl = "shipped.fifo",
                    MessageBody = message.Body,
                    MessageGroupId = "orders",
                    MessageDeduplicationId = Guid.NewGuid().ToString(),
                }
            );
        }
    }

    // expect ALO107
    public async Task WritesUnderAToken(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.TransactWriteItemsAsync(
                new TransactWriteItemsRequest
                {
                    ClientRequestToken = message.MessageId,
                    TransactItems = new List<TransactWriteItem> { new TransactWriteItem { Update = new Update { UpdateExpression = "ADD sold :one" } } },
                }
            );
        }
    }

    // expect ALO107
    public async Task ClaimsForFiveMinutes(SQSEvent evnt)
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
                        ["ttl"] = new AttributeValue { N = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds().ToString() },
                    },
                    ConditionExpression = "attribute_not_exists(id)",
                }
            );
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect ALO107
    public async Task ClaimsForThreeHundredSeconds(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            await dynamo.PutItemAsync(
                new PutItemRequest
                {
                    TableName = "handled",
                    Item = new Dictionary<string, AttributeValue>
                    {
                        ["id"] = new AttributeValue(message.MessageId),
                        ["ttl"] = new AttributeValue { N = (now + 300).ToString() },
                    },
                    ConditionExpression = "attribute_not_exists(id)",
                }
            );
            await stock.CountAsync(message.Body);
        }
    }

    // expect ALO107
    public async Task ClaimsUntilALocal(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var expires = DateTimeOffset.UtcNow + TimeSpan.FromMinutes(10);
            await dynamo.PutItemAsync(
                new PutItemRequest
                {
                    TableName = "handled",
                    Item = new Dictionary<string, AttributeValue>
                    {
                        ["id"] = new AttributeValue(message.MessageId),
                        ["ttl"] = new AttributeValue { N = expires.ToUnixTimeSeconds().ToString() },
                    },
                    ConditionExpression = "attribute_not_exists(id)",
                }
            );
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect ALO107
    public async Task ClaimsForFiveMinutesBelow(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await ClaimAsync(message.MessageId);
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsForAnHour(SQSEvent evnt)
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
                        ["ttl"] = new AttributeValue { N = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString() },
                    },
                    ConditionExpression = "attribute_not_exists(id)",
                }
            );
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsAStateForFiveMinutes(SQSEvent evnt)
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
                        ["leaseUntil"] = new AttributeValue { N = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds().ToString() },
                    },
                    ConditionExpression = "attribute_not_exists(id) OR leaseUntil < :now",
                }
            );
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ChargesUnderAKey(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await payments.ChargeAsync(Parse(message.Body), message.MessageId);
        }
    }

    // expect ALO111
    public async Task SendsAsItComes(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await sqs.SendMessageAsync("shipped", message.Body);
        }
    }

    // expect none
    public async Task SavesForFiveMinutes(SQSEvent evnt)
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
                        ["ttl"] = new AttributeValue { N = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds().ToString() },
                    },
                }
            );
        }
    }

    // expect none
    public async Task ClaimsForAConfiguredTime(SQSEvent evnt)
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
                        ["ttl"] = new AttributeValue { N = DateTimeOffset.UtcNow.AddMinutes(message.Body.Length).ToUnixTimeSeconds().ToString() },
                    },
                    ConditionExpression = "attribute_not_exists(id)",
                }
            );
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    private static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(2);

    private Task<bool> TryClaimAsync(string id) => redis.StringSetAsync("claim:" + id, 1, ClaimTime, When.NotExists);

    private Task FinishAsync(string id) => redis.KeyExpireAsync("claim:" + id, TimeSpan.FromDays(14));

    // expect ALO107
    public async Task ClaimsInRedisForFiveMinutes(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!await redis.StringSetAsync("seen:" + message.MessageId, 1, TimeSpan.FromMinutes(5), When.NotExists))
                continue;
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect ALO107
    public async Task ClaimsInRedisBelow(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (await TryClaimAsync(message.MessageId))
                await stock.CountAsync(message.Body);
        }
    }

    // expect ALO107
    public async Task ClaimsInRedisAndGivesUpOnFailure(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!await TryClaimAsync(message.MessageId))
                continue;
            try
            {
                await stock.CountAsync(message.Body);
            }
            catch (Exception)
            {
                await redis.KeyDeleteAsync("claim:" + message.MessageId);
                throw;
            }
        }
    }

    // expect ALO107
    public async Task LocksInRedisAndKeepsTheLock(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var isMine = await redis.LockTakeAsync("order:" + message.MessageId, "worker", TimeSpan.FromSeconds(90));
            if (isMine)
                await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsInRedisForADay(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!await redis.StringSetAsync("seen:" + message.MessageId, 1, TimeSpan.FromHours(23), When.NotExists))
                continue;
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsInRedisAndKeepsTheClaimWhenDone(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!await TryClaimAsync(message.MessageId))
                throw new InvalidOperationException("in progress");
            await payments.ChargeAsync(Parse(message.Body));
            await FinishAsync(message.MessageId);
        }
    }

    // expect none
    public async Task LocksInRedisWhileItLooks(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            if (!await redis.LockTakeAsync("order:" + order.Id, "worker", TimeSpan.FromSeconds(30)))
                throw new InvalidOperationException("in progress");
            if (await orders.ExistsAsync(order.Id))
                continue;
            await payments.ChargeAsync(order);
        }
    }

    // expect none
    public async Task ClaimsInRedisForAConfiguredTime(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!await redis.StringSetAsync("seen:" + message.MessageId, 1, TimeSpan.FromSeconds(message.Body.Length), When.NotExists))
                continue;
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect ALO104
    public async Task ClaimsForGoodBesideRedis(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!await rows.ClaimAsync(message.MessageId) || !await TryClaimAsync(message.MessageId))
                continue;
            await payments.ChargeAsync(Parse(message.Body), message.MessageId);
        }
    }
}
