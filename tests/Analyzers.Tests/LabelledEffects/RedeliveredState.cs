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

/// <summary>Memory in fields, and Powertools.</summary>
public sealed class RedeliveredState : Handlers
{
    private static readonly HashSet<string> Seen = new();
    private static int handled;
    private readonly ConcurrentDictionary<string, int> known = new();
    private readonly Dictionary<string, string> rates = new();
    private readonly List<SQSBatchResponse.BatchItemFailure> failed = new();
    private List<SQSBatchResponse.BatchItemFailure> renewed = new();
    private int logged;

    static RedeliveredState() => AWS.Lambda.Powertools.Idempotency.Idempotency.Configure(_ => { });

    [Idempotent]
    private Task ChargeOnceAsync([IdempotencyKey] string id, string body) => payments.ChargeAsync(Parse(body));

    [Idempotent]
    private Task ChargeMessageAsync([IdempotencyKey] SQSEvent.SQSMessage message) => payments.ChargeAsync(Parse(message.Body));

    // expect ALO105
    public async Task RemembersInAStaticSet(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!Seen.Add(message.MessageId))
                continue;
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect ALO105
    public async Task RemembersInADictionaryOfItsOwn(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!known.TryAdd(message.MessageId, 0))
                continue;
            await stock.CountAsync(message.Body);
        }
    }

    // expect ALO105
    public async Task LooksIntoTheSetFirst(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (Seen.Contains(message.MessageId))
                continue;
            await payments.ChargeAsync(Parse(message.Body));
            Seen.Add(message.MessageId);
        }
    }

    // expect none
    public async Task CachesRates(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!rates.TryGetValue(message.Body, out _))
                rates[message.Body] = (await payments.RateAsync(message.Body)).ToString()!;
        }
    }

    // expect none
    public async Task RemembersBeforeAnUpsert(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (Seen.Add(message.MessageId))
                await orders.SaveAsync(Parse(message.Body));
        }
    }

    // expect ALO101
    public async Task RemembersWithinTheBatchOnly(SQSEvent evnt)
    {
        var seenNow = new HashSet<string>();
        foreach (var message in evnt.Records)
        {
            if (seenNow.Add(message.Body))
                await stock.CountAsync(message.Body);
        }
    }

    // expect ALO105
    public async Task<SQSBatchResponse> ReportsFromAField(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.SaveAsync(Parse(message.Body));
            }
            catch (Exception)
            {
                failed.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failed);
    }

    // expect none
    public async Task<SQSBatchResponse> ReportsFromALocal(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.SaveAsync(Parse(message.Body));
            }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> ReportsFromAFieldThatIsMadeAnew(SQSEvent evnt)
    {
        renewed = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.SaveAsync(Parse(message.Body));
            }
            catch (Exception)
            {
                renewed.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(renewed);
    }

    // expect ALO105
    public async Task StopsAfterTooMany(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (++handled > 1000)
                throw new InvalidOperationException("too many");
            await orders.SaveAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task CountsForTheLog(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            logged++;
            Console.WriteLine(logged);
            await orders.SaveAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task CountsInALocal(SQSEvent evnt)
    {
        var count = 0;
        foreach (var message in evnt.Records)
        {
            if (++count > 5)
                throw new InvalidOperationException("too many");
            await orders.SaveAsync(Parse(message.Body));
        }
    }

    // expect ALO106
    [Idempotent]
    public async Task RemembersTheWholeBatch(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
            await payments.ChargeAsync(Parse(message.Body));
    }

    // expect none
    public async Task RemembersEachMessage(SQSEvent evnt, ILambdaContext context)
    {
        AWS.Lambda.Powertools.Idempotency.Idempotency.RegisterLambdaContext(context);
        foreach (var message in evnt.Records)
        {
            await ChargeOnceAsync(message.MessageId, message.Body);
        }
    }

    // expect ALO106
    public async Task RemembersUnderANewId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await ChargeOnceAsync(Guid.NewGuid().ToString(), message.Body);
        }
    }

    // expect ALO106
    public async Task RemembersUnderTheReceiptHandle(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await ChargeOnceAsync(message.ReceiptHandle, message.Body);
        }
    }

    // expect ALO106
    public async Task RemembersTheWholeMessage(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await ChargeMessageAsync(message);
        }
    }

    // expect ALO106
    public async Task RemembersUnderTheRequestId(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            await ChargeOnceAsync(context.AwsRequestId, message.Body);
        }
    }

    // expect ALO106
    public async Task RemembersUnderTheClock(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var id = "order-" + DateTime.UtcNow.Ticks;
            await ChargeOnceAsync(id, message.Body);
        }
    }

    // expect none
    public async Task RemembersUnderTheOrdersId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await ChargeOnceAsync(Parse(message.Body).Id, message.Body);
        }
    }

    // expect ALO106
    [Idempotent]
    public async Task RemembersTheWholeBatchOfAStream(KinesisEvent evnt)
    {
        foreach (var record in evnt.Records)
            await stock.CountAsync(record.Kinesis.PartitionKey);
    }

    // expect none
    [Idempotent]
    public async Task RemembersTheEvent(CloudWatchEvent<string> evnt)
    {
        await payments.ChargeAsync(new Order(evnt.Id, evnt.Source, 1, 10));
    }
}
