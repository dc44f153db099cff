using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;
using Microsoft.Extensions.Logging;
using StreamsEventResponse = Amazon.Lambda.KinesisEvents.StreamsEventResponse;
using TableResponse = Amazon.Lambda.DynamoDBEvents.StreamsEventResponse;

namespace Labelled;

/// <summary>Kinesis and DynamoDB Streams.</summary>
public sealed class Streams : Function
{
    private static string TextOf(KinesisEvent.KinesisEventRecord record)
    {
        using var reader = new StreamReader(record.Kinesis.Data, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    // expect none
    // deployed kinesis reports
    public async Task<StreamsEventResponse> StopsAtTheFirst(KinesisEvent evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                context.Logger.LogInformation($"Processed Kinesis Event - EventID: {record.EventId}");
                await orders.ProcessAsync(TextOf(record));
            }
            catch (Exception ex)
            {
                context.Logger.LogError($"An error occurred {ex.Message}");
                return new StreamsEventResponse
                {
                    BatchItemFailures = new List<StreamsEventResponse.BatchItemFailure> { new() { ItemIdentifier = record.Kinesis.SequenceNumber } },
                };
            }
        }

        return new StreamsEventResponse();
    }

    // expect ALO403
    // deployed kinesis reports
    public async Task<StreamsEventResponse> GoesOn(KinesisEvent evnt)
    {
        var failures = new List<StreamsEventResponse.BatchItemFailure>();
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(TextOf(record));
            }
            catch (Exception ex)
            {
                logger.LogError(ex, "failed");
                failures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber });
            }
        }

        return new StreamsEventResponse { BatchItemFailures = failures };
    }

    // expect ALO403
    public async Task<StreamsEventResponse> GoesOnByValue(KinesisEvent evnt)
    {
        var response = new StreamsEventResponse { BatchItemFailures = new List<StreamsEventResponse.BatchItemFailure>() };
        foreach (var record in evnt.Records)
        {
            if (!await orders.TryProcessAsync(TextOf(record)))
                response.BatchItemFailures.Add(new() { ItemIdentifier = record.Kinesis.SequenceNumber });
        }

        return response;
    }

    // expect ALO403
    // deployed dynamodb reports
    public async Task<TableResponse> GoesOnWithTheTable(DynamoDBEvent dynamoEvent, ILambdaContext context)
    {
        var failures = new List<TableResponse.BatchItemFailure>();
        foreach (var record in dynamoEvent.Records)
        {
            if (record.EventName != "INSERT")
                continue;
            try
            {
                await orders.ProcessAsync(record.Dynamodb.NewImage["body"].S);
            }
            catch (Exception e)
            {
                context.Logger.LogError(e.Message);
                failures.Add(new TableResponse.BatchItemFailure { ItemIdentifier = record.Dynamodb.SequenceNumber });
            }
        }

        return new TableResponse { BatchItemFailures = failures };
    }

    // expect none
    // deployed dynamodb reports
    public async Task<TableResponse> BreaksWithTheTable(DynamoDBEvent dynamoEvent)
    {
        var failures = new List<TableResponse.BatchItemFailure>();
        foreach (var record in dynamoEvent.Records)
        {
            try
            {
                if (record.EventName == "REMOVE")
                    continue;
                await orders.ProcessAsync(record.Dynamodb.NewImage["body"].S);
            }
            catch (Exception e)
            {
                logger.LogError(e, "stream stops here");
                failures.Add(new TableResponse.BatchItemFailure { ItemIdentifier = record.Dynamodb.SequenceNumber });
                break;
            }
        }

        return new TableResponse { BatchItemFailures = failures };
    }

    // expect none
    // deployed kinesis reports
    public async Task<StreamsEventResponse> SkipsBehindAFailure(KinesisEvent evnt)
    {
        string? failed = null;
        foreach (var record in evnt.Records)
        {
            if (failed is not null)
                continue;
            if (!await orders.TryProcessAsync(TextOf(record)))
                failed = record.Kinesis.SequenceNumber;
        }

        return failed is null
            ? new StreamsEventResponse()
            : new StreamsEventResponse { BatchItemFailures = new[] { new StreamsEventResponse.BatchItemFailure { ItemIdentifier = failed } } };
    }

    // expect ALO206
    // deployed kinesis reports
    public async Task<StreamsEventResponse> EventId(KinesisEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            if (!await orders.TryProcessAsync(TextOf(record)))
                return new StreamsEventResponse { BatchItemFailures = new[] { new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.EventId } } };
        }

        return new StreamsEventResponse();
    }

    // expect ALO206
    public async Task<TableResponse> EventIdOfTheTable(DynamoDBEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Dynamodb.Keys["id"].S);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                return new TableResponse { BatchItemFailures = new List<TableResponse.BatchItemFailure> { new() { ItemIdentifier = record.EventID } } };
            }
        }

        return new TableResponse();
    }

    // expect ALO201
    // deployed kinesis
    public async Task ThrowsOnAStream(KinesisEvent evnt)
    {
        foreach (var record in evnt.Records)
            await orders.ProcessAsync(TextOf(record));
    }

    // expect ALO203
    // deployed dynamodb reports
    public async Task ThrowsOnATable(DynamoDBEvent evnt)
    {
        foreach (var record in evnt.Records)
            await orders.ProcessAsync(record.Dynamodb.Keys["id"].S);
    }

    // expect ALO204
    // deployed kinesis
    public async Task SwallowsOnAStream(KinesisEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(TextOf(record));
            }
            catch (Exception e)
            {
                logger.LogError(e, "Skipping record {Sequence}", record.Kinesis.SequenceNumber);
            }
        }
    }

    // expect ALO202
    // deployed kinesis
    public async Task<StreamsEventResponse> SwitchedOffOnAStream(KinesisEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(TextOf(record));
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                var failure = new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber };
                return new StreamsEventResponse { BatchItemFailures = new[] { failure } };
            }
        }

        return new StreamsEventResponse();
    }

    // expect ALO213
    // deployed dynamodb reports
    public async Task<TableResponse> ReadsTheNewImage(DynamoDBEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                var customer = record.Dynamodb.NewImage["customer"].S;
                await orders.ProcessAsync(customer);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                return new TableResponse
                {
                    BatchItemFailures = new[] { new TableResponse.BatchItemFailure { ItemIdentifier = record.Dynamodb.SequenceNumber } },
                };
            }
        }

        return new TableResponse();
    }

    // expect ALO213
    public async Task<TableResponse> ComparesImages(DynamoDBEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            var sequence = record.Dynamodb.SequenceNumber;
            try
            {
                if (record.Dynamodb.OldImage["status"].S != record.Dynamodb.NewImage["status"].S)
                    await orders.ProcessAsync(record.Dynamodb.Keys["id"].S);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed at {Sequence}", sequence);
                return new TableResponse { BatchItemFailures = new[] { new TableResponse.BatchItemFailure { ItemIdentifier = sequence } } };
            }
        }

        return new TableResponse();
    }

    // expect none
    public async Task<TableResponse> AsksForTheImage(DynamoDBEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                if (record.Dynamodb.NewImage is not { Count: > 0 } image)
                    continue;
                await orders.ProcessAsync(image["customer"].S);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                return new TableResponse
                {
                    BatchItemFailures = new[] { new TableResponse.BatchItemFailure { ItemIdentifier = record.Dynamodb.SequenceNumber } },
                };
            }
        }

        return new TableResponse();
    }

    // expect none
    public async Task<TableResponse> SwitchesOnTheEvent(DynamoDBEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                switch (record.EventName)
                {
                    case "INSERT":
                    case "MODIFY":
                        await orders.ProcessAsync(record.Dynamodb.NewImage["id"].S);
                        break;
                    case "REMOVE":
                        await orders.ProcessAsync($"-{record.Dynamodb.OldImage["id"].S}");
                        break;
                }
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                return new TableResponse
                {
                    BatchItemFailures = new[] { new TableResponse.BatchItemFailure { ItemIdentifier = record.Dynamodb.SequenceNumber } },
                };
            }
        }

        return new TableResponse();
    }

    // expect ALO405
    public async Task<StreamsEventResponse> ComparesAsLong(KinesisEvent evnt)
    {
        var last = 0L;
        foreach (var record in evnt.Records)
        {
            try
            {
                var number = long.Parse(record.Kinesis.SequenceNumber);
                if (number > last)
                    await orders.ProcessAsync(TextOf(record));
                last = number;
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                return new StreamsEventResponse
                {
                    BatchItemFailures = new[] { new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber } },
                };
            }
        }

        return new StreamsEventResponse();
    }

    // expect ALO405
    public async Task<StreamsEventResponse> SortsAsText(KinesisEvent evnt)
    {
        foreach (var record in evnt.Records.OrderBy(r => r.Kinesis.SequenceNumber))
        {
            if (!await orders.TryProcessAsync(TextOf(record)))
                return new StreamsEventResponse
                {
                    BatchItemFailures = new[] { new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber } },
                };
        }

        return new StreamsEventResponse();
    }

    // expect none
    public async Task<StreamsEventResponse> SortsAsNumbers(KinesisEvent evnt)
    {
        foreach (var record in evnt.Records.OrderBy(r => BigInteger.Parse(r.Kinesis.SequenceNumber)))
        {
            if (!await orders.TryProcessAsync(TextOf(record)))
                return new StreamsEventResponse
                {
                    BatchItemFailures = new[] { new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber } },
                };
        }

        return new StreamsEventResponse();
    }

    // expect ALO208
    public async Task<KinesisTimeWindowResponse> CountsWithoutState(KinesisTimeWindowEvent evnt)
    {
        foreach (var record in evnt.Records)
            await orders.ProcessAsync(TextOf(record));
        return new KinesisTimeWindowResponse();
    }

    // expect none
    // deployed kinesis
    public void LogsOnly(KinesisEvent evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
            context.Logger.LogInformation($"{record.EventId} {record.Kinesis.PartitionKey}");
    }
}
