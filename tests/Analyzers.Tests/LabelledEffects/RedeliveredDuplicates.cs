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

/// <summary>Writes that are refused the second time.</summary>
public sealed class RedeliveredDuplicates : Handlers
{
    // expect ALO110
    private static Task SaveAsync(Shop shop, Order order)
    {
        shop.Orders.Add(order with { Quantity = 1 });
        return shop.SaveChangesAsync();
    }

    // expect ALO110
    public async Task<SQSBatchResponse> ReportsTheRefusedPut(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await dynamo.PutItemAsync(
                    new PutItemRequest
                    {
                        TableName = "handled",
                        Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(message.MessageId) },
                        ConditionExpression = "attribute_not_exists(id)",
                    }
                );
            }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> TakesTheRefusedPut(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await dynamo.PutItemAsync(
                    new PutItemRequest
                    {
                        TableName = "handled",
                        Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(message.MessageId) },
                        ConditionExpression = "attribute_not_exists(id)",
                    }
                );
            }
            catch (ConditionalCheckFailedException) { }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> TellsTheRefusedPutApart(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await dynamo.PutItemAsync(
                    new PutItemRequest
                    {
                        TableName = "handled",
                        Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(message.MessageId) },
                        ConditionExpression = "attribute_not_exists(id)",
                    }
                );
            }
            catch (Exception exception)
            {
                if (exception is ConditionalCheckFailedException)
                    continue;
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO110
    public async Task LetsTheRefusalThrough(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.PutItemAsync(
                new PutItemRequest
                {
                    TableName = "handled",
                    Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(message.MessageId) },
                    ConditionExpression = "attribute_not_exists(id)",
                }
            );
        }
    }

    // expect ALO110
    public async Task LetsTheRefusalThroughBelow(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await orders.ClaimAsync(message.MessageId);
        }
    }

    // expect none
    public async Task<SQSBatchResponse> RefusesMoreThanDuplicates(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await dynamo.PutItemAsync(
                    new PutItemRequest
                    {
                        TableName = "handled",
                        Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(message.MessageId) },
                        ConditionExpression = "attribute_not_exists(id) AND stock > :n",
                    }
                );
            }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> LogsTheRefusal(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await dynamo.PutItemAsync(
                    new PutItemRequest
                    {
                        TableName = "handled",
                        Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(message.MessageId) },
                        ConditionExpression = "attribute_not_exists(id)",
                    }
                );
            }
            catch (Exception exception)
            {
                Console.WriteLine(exception.Message);
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO102
    public async Task<SQSBatchResponse> RefusesNothingUnderANewId(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await dynamo.PutItemAsync(
                    new PutItemRequest
                    {
                        TableName = "handled",
                        Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(Guid.NewGuid().ToString()) },
                        ConditionExpression = "attribute_not_exists(id)",
                    }
                );
            }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO110
    public async Task<SQSBatchResponse> ReportsTheRefusedSave(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                var shop = new Shop();
                shop.Orders.Add(new Order(message.MessageId, message.Body, 1, 10));
                await shop.SaveChangesAsync();
            }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> TakesTheRefusedSave(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                var shop = new Shop();
                shop.Orders.Add(new Order(message.MessageId, message.Body, 1, 10));
                await shop.SaveChangesAsync();
            }
            catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: "23505" }) { }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> LooksForTheRowFirst(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                var shop = new Shop();
                if (await shop.Orders.AnyAsync(order => order.Id == message.MessageId))
                    continue;
                shop.Orders.Add(new Order(message.MessageId, message.Body, 1, 10));
                await shop.SaveChangesAsync();
            }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO110
    public async Task LetsTheRefusedSaveThrough(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var shop = new Shop();
            shop.Orders.Add(new Order(message.MessageId, message.Body, 1, 10));
            await shop.SaveChangesAsync();
        }
    }

    // expect none
    public async Task LetsTheRefusedSaveThroughBelow(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await SaveAsync(new Shop(), Parse(message.Body));
        }
    }

    // expect ALO104
    public async Task<SQSBatchResponse> SavesThenCharges(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                var shop = new Shop();
                shop.Orders.Add(new Order(message.MessageId, message.Body, 1, 10));
                await shop.SaveChangesAsync();
                await payments.ChargeAsync(Parse(message.Body));
            }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO110
    public async Task<SQSBatchResponse> ReportsEveryUpdateException(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                var shop = new Shop();
                shop.Orders.Add(new Order(message.MessageId, message.Body, 1, 10));
                await shop.SaveChangesAsync();
            }
            catch (DbUpdateException)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> DropsWhatCannotBeSaved(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                var shop = new Shop();
                shop.Orders.Add(new Order(message.MessageId, message.Body, 1, 10));
                await shop.SaveChangesAsync();
            }
            catch (DbUpdateException exception)
            {
                Console.WriteLine(exception.Message);
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO110
    public async Task LetsTheRefusalOfARecordThrough(KinesisEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            await dynamo.PutItemAsync(
                new PutItemRequest
                {
                    TableName = "handled",
                    Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(record.Kinesis.SequenceNumber) },
                    ConditionExpression = "attribute_not_exists(id)",
                }
            );
        }
    }

    // expect ALO110
    public async Task<SQSBatchResponse> ReportsTheRefusalOfAHelper(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ClaimAsync(Parse(message.Body).Id);
            }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }
}
