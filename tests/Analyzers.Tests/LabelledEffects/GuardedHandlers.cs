using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.Idempotency;
using Dapper;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

namespace Labelled;

/// <summary>Effects behind guards: claims, reads, and guards that fail open.</summary>
public sealed class GuardedHandlers : Handlers
{
    private readonly Shop shop = new();

    // expect none
    public async Task ClaimsBefore(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.PutItemAsync(
                new PutItemRequest
                {
                    Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(message.MessageId) },
                    ConditionExpression = "attribute_not_exists(id)",
                }
            );
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsBeforeInAHelper(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await orders.ClaimAsync(message.MessageId);
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsAndSkipsDuplicates(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ClaimAsync(message.MessageId);
            }
            catch (ConditionalCheckFailedException)
            {
                context.Logger.LogInformation("again");
                continue;
            }

            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsByABool(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (await TryTakeAsync(message.MessageId))
                await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ClaimsInRedis(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!await redis.StringSetAsync("seen:" + message.MessageId, 1, TimeSpan.FromDays(4), When.NotExists))
                continue;
            await stock.CountAsync(message.Body);
        }
    }

    // expect none
    public async Task LocksInRedis(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var isMine = await redis.LockTakeAsync("order:" + message.Body, message.MessageId, TimeSpan.FromMinutes(5));
            if (isMine)
                await stock.CountAsync(message.Body);
        }
    }

    // expect none
    public async Task IsIdempotentByPowertools(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await ChargeOnceAsync(message.Body);
    }

    // expect ALO103
    public async Task ReadsBeforeCharging(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            if (await orders.ExistsAsync(order.Id))
                continue;
            await payments.ChargeAsync(order);
            await orders.SaveAsync(order);
        }
    }

    // expect ALO103
    public async Task ReadsBeforeInserting(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            if (!await shop.Orders.AnyAsync(known => known.Id == order.Id))
                await shop.Database.ExecuteSqlRawAsync("INSERT INTO payments (order_id) VALUES ({0})", order.Id);
        }
    }

    // expect ALO103
    public async Task ReadsTheItemHere(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var response = await dynamo.GetItemAsync("orders", new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(message.MessageId) });
            if (!response.IsItemSet)
            {
                await stock.CountAsync(message.Body);
            }
        }
    }

    // expect ALO103
    public async Task AsksRedisBeforeCounting(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (await redis.KeyExistsAsync("seen:" + message.MessageId))
                continue;
            await stock.CountAsync(message.Body);
            await redis.StringSetAsync("seen:" + message.MessageId, 1);
        }
    }

    // expect ALO103
    public async Task CountsRowsBeforeInserting(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            if (await rows.IsKnownAsync(order.Id))
                continue;
            await rows.InsertAsync(order);
        }
    }

    // expect ALO103
    public async Task FindsTheOrderBeforeMailing(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = await shop.Orders.FirstOrDefaultAsync(known => known.Id == message.Body);
            if (order is not null)
                return;
            await payments.ChargeAsync(new Order(message.Body, "", 1, 1));
        }
    }

    // expect ALO103
    public async Task QueriesBeforeCounting(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var found = await dynamo.QueryAsync(new QueryRequest { TableName = "handled", KeyConditionExpression = "id = :id" });
            if (found.Count > 0)
                continue;
            await CountAsync(message.Body);
        }

        Task CountAsync(string id) => stock.CountAsync(id);
    }

    // expect ALO103
    public async Task AsksForASetMember(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var isKnown = await redis.SetContainsAsync("handled", message.MessageId);
            if (!isKnown)
            {
                await payments.ChargeAsync(Parse(message.Body));
                await redis.SetAddAsync("handled", message.MessageId);
            }
        }
    }

    // expect ALO103
    public Task ReadsInParallel(SQSEvent evnt) =>
        Task.WhenAll(
            evnt.Records.Select(async message =>
            {
                if (!await orders.ExistsAsync(message.MessageId))
                    await stock.CountAsync(message.Body);
            })
        );

    // expect none
    public async Task ReadsBeforeSaving(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            if (!await orders.ExistsAsync(order.Id))
                await orders.SaveAsync(order);
        }
    }

    // expect ALO109
    public async Task GoesOnWhenTheClaimFails(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ClaimAsync(message.MessageId);
            }
            catch (Exception exception)
            {
                context.Logger.LogWarning(exception.Message);
            }

            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect ALO109
    public async Task GoesOnWhenTheReadFails(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                if (await orders.ExistsAsync(message.MessageId))
                    continue;
            }
            catch (Exception exception)
            {
                context.Logger.LogWarning("could not ask: " + exception.Message);
            }

            await stock.CountAsync(message.Body);
        }
    }

    // expect ALO109
    public async Task GoesOnWhenRedisIsAway(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var isNew = true;
            try
            {
                isNew = await redis.StringSetAsync("seen:" + message.MessageId, 1, null, When.NotExists);
            }
            catch
            {
                Console.WriteLine("no redis");
            }

            if (!isNew)
                continue;
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task StopsWhenTheClaimFails(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ClaimAsync(message.MessageId);
            }
            catch (Exception exception)
            {
                context.Logger.LogWarning(exception.Message);
                throw;
            }

            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect ALO101
    public async Task LooksAtTheAmountOnly(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            if (order.Amount > 0 && order.Quantity > 0)
                await payments.ChargeAsync(order);
        }
    }

    // expect ALO101
    public async Task ClaimsAfterwards(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await payments.ChargeAsync(Parse(message.Body));
            await orders.ClaimAsync(message.MessageId);
        }
    }

    // expect ALO101
    public async Task ClaimsOnOneWayOnly(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (message.Body.Length > 100)
                await orders.ClaimAsync(message.MessageId);
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task AsksAnOpaqueGuard(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (Store.Instance is IDeduplication deduplication && await deduplication.IsDuplicateAsync(message.MessageId))
                continue;
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    [Idempotent]
    private Task ChargeOnceAsync(string body) => payments.ChargeAsync(Parse(body));

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
}

public interface IDeduplication
{
    Task<bool> IsDuplicateAsync(string id);
}
