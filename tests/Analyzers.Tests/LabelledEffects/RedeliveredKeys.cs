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

/// <summary>Rows whose key is refused the second time.</summary>
public sealed class RedeliveredKeys : Handlers
{
    // expect ALO110
    public async Task<SQSBatchResponse> ReportsTheDuplicateKey(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await database.ExecuteAsync("INSERT INTO orders (id, body) VALUES (@id, @body)", new { id = message.MessageId, body = message.Body });
            }
            catch (PostgresException exception) when (exception.SqlState == "23505")
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> TakesTheDuplicateKey(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await database.ExecuteAsync("INSERT INTO orders (id, body) VALUES (@id, @body)", new { id = message.MessageId, body = message.Body });
            }
            catch (PostgresException exception) when (exception.SqlState == "23505")
            {
                Console.WriteLine("again");
            }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> ReportsAllButTheDuplicateKey(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await database.ExecuteAsync("INSERT INTO orders (id, body) VALUES (@id, @body)", new { id = message.MessageId, body = message.Body });
            }
            catch (PostgresException exception) when (exception.SqlState != "23505")
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
            catch (PostgresException) { }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> DoesNothingOnConflict(SQSEvent evnt)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await rows.InsertOnceAsync(Parse(message.Body));
            }
            catch (Exception)
            {
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }
}
