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

/// <summary>Handlers that are invoked asynchronously.</summary>
public sealed class RedeliveredEvents : Handlers
{
    private static readonly HashSet<string> Seen = new();

    // expect ALO101
    public async Task ChargesForAFile(S3Event evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            var file = record.S3.Object;
            await payments.ChargeAsync(new Order(file.Key, file.ETag, 1, 10));
        }
    }

    // expect none
    public async Task SavesAFile(S3Event evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            var file = record.S3.Object;
            await orders.SaveAsync(new Order(file.Key, file.ETag, 1, 10));
        }
    }

    // expect ALO101
    public async Task CountsANotification(SNSEvent evnt)
    {
        foreach (var record in evnt.Records)
            await stock.CountAsync(record.Sns.Message);
    }

    // expect none
    public async Task CountsANotificationOnce(SNSEvent evnt)
    {
        foreach (var record in evnt.Records)
            await stock.TakeOnceAsync(record.Sns.Subject, 1, record.Sns.MessageId);
    }

    // expect ALO104
    public async Task ClaimsANotificationThenCharges(SNSEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ClaimAsync(record.Sns.MessageId);
            }
            catch (ConditionalCheckFailedException)
            {
                continue;
            }

            await payments.ChargeAsync(Parse(record.Sns.Message));
        }
    }

    // expect ALO102
    public async Task SavesAnEventUnderANewId(CloudWatchEvent<Order> evnt)
    {
        await orders.SaveNewAsync(evnt.Detail);
    }

    // expect none
    public async Task SavesAnEventUnderItsId(CloudWatchEvent<Order> evnt)
    {
        await orders.SaveAsync(evnt.Detail with { Id = evnt.Id });
    }

    // expect ALO101
    public async Task ChargesEveryNight(ScheduledEvent evnt)
    {
        foreach (var id in new[] { "a", "b" })
            await payments.ChargeAsync(new Order(id, id, 1, 10));
    }

    // expect none
    public async Task SavesEveryNightUnderTheRequestId(ScheduledEvent evnt, ILambdaContext context)
    {
        await orders.SaveAsync(new Order(context.AwsRequestId, "report", 1, 0));
    }

    // expect ALO102
    public async Task SavesEveryNightUnderTheClock(ScheduledEvent evnt)
    {
        await dynamo.PutItemAsync(
            new PutItemRequest
            {
                TableName = "handled",
                Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(DateTime.UtcNow.ToString("O")) },
            }
        );
    }

    // expect none
    public async Task SavesEveryNightUnderTheEventsTime(ScheduledEvent evnt)
    {
        await dynamo.PutItemAsync(
            new PutItemRequest
            {
                TableName = "handled",
                Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(evnt.Time.ToString("O")) },
            }
        );
    }

    // expect ALO111
    public async Task SendsTheDetailOn(CloudWatchEvent<string> evnt)
    {
        await sqs.SendMessageAsync("shipped", evnt.Detail);
    }

    // expect none
    public async Task SendsTheDetailOnWithItsId(CloudWatchEvent<string> evnt)
    {
        await sqs.SendMessageAsync("shipped", JsonSerializer.Serialize(new { evnt.Id, evnt.Detail }));
    }

    // expect none
    public async Task SendsTheWholeEventOn(CloudWatchEvent<string> evnt)
    {
        await sqs.SendMessageAsync("shipped", JsonSerializer.Serialize(evnt));
    }

    // expect ALO111
    public async Task TellsThatAFileCame(S3Event evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            var file = record.S3.Object;
            await events.ShippedAsync(new Order(file.Key, file.ETag, 1, 10));
        }
    }

    // expect ALO105
    public async Task RemembersNotificationsInMemory(SNSEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            if (Seen.Add(record.Sns.MessageId))
                await payments.ChargeAsync(Parse(record.Sns.Message));
        }
    }

    // expect ALO110
    public async Task LetsTheRefusedFileThrough(S3Event evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            var file = record.S3.Object;
            await dynamo.PutItemAsync(
                new PutItemRequest
                {
                    TableName = "handled",
                    Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(file.Sequencer) },
                    ConditionExpression = "attribute_not_exists(id)",
                }
            );
        }
    }

    // expect none
    public async Task TakesTheRefusedFile(S3Event evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            var file = record.S3.Object;
            try
            {
                await orders.ClaimAsync(file.Sequencer);
            }
            catch (ConditionalCheckFailedException)
            {
                context.Logger.LogInformation("again");
            }
        }
    }

    // expect ALO103
    public async Task LooksForTheFileThenCharges(S3Event evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            var file = record.S3.Object;
            if (await orders.ExistsAsync(file.Key))
                continue;
            await payments.ChargeAsync(new Order(file.Key, file.ETag, 1, 10));
        }
    }

    // expect none
    public async Task ChargesUnderTheRequestId(S3Event evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            var file = record.S3.Object;
            await payments.ChargeAsync(new Order(file.Key, file.ETag, 1, 10), context.AwsRequestId);
        }
    }

    // expect ALO102
    public async Task ChargesUnderANewKey(S3Event evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            var file = record.S3.Object;
            await payments.ChargeAsync(new Order(file.Key, file.ETag, 1, 10), Guid.NewGuid().ToString());
        }
    }

    // expect ALO102
    public async Task ChargesAMessageUnderTheRequestId(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            await payments.ChargeAsync(Parse(message.Body), context.AwsRequestId);
        }
    }

    // expect ALO109
    public async Task GoesOnWithoutTheClaim(S3Event evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            var file = record.S3.Object;
            try
            {
                await orders.ClaimAsync(file.Sequencer);
            }
            catch (Exception exception)
            {
                context.Logger.LogWarning(exception.Message);
            }

            await payments.ChargeAsync(new Order(file.Key, file.ETag, 1, 10));
        }
    }

    // expect none
    public async Task AsksAboutAFile(S3Event evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            var file = record.S3.Object;
            await payments.RateAsync(file.Key);
        }
    }
}
