using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using static Amazon.Lambda.SQSEvents.SQSBatchResponse;

namespace Labelled;

/// <summary>What a catch does with a message: logs it and lets it be deleted, or something better.</summary>
public sealed class Swallowed : Function
{
    // expect ALO204
    public async Task LogsAndGoesOn(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception e)
            {
                context.Logger.LogLine($"An error occurred: {e.Message}");
            }
        }
    }

    // expect ALO204
    public async Task CatchesAroundTheLoop(SQSEvent evnt)
    {
        try
        {
            foreach (var message in evnt.Records)
            {
                await orders.ProcessAsync(Parse(message.Body));
            }
        }
        catch (Exception ex)
        {
            logger.LogError(ex, "Error while processing batch");
        }
    }

    // expect ALO204
    // deployed standard reports
    public async Task<SQSBatchResponse> EmptyResponseOutside(SQSEvent evnt)
    {
        try
        {
            var failures = new List<BatchItemFailure>();
            foreach (var message in evnt.Records)
            {
                var order = Parse(message.Body);
                if (!await orders.TryProcessAsync(order.Id))
                    failures.Add(Failed(message));
            }

            return new SQSBatchResponse(failures);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Unhandled");
            return new SQSBatchResponse();
        }
    }

    // expect ALO204
    public async Task<bool> ReturnsFalse(SQSEvent evnt, ILambdaContext context)
    {
        try
        {
            foreach (var record in evnt.Records)
                await orders.ProcessAsync(record.Body);
            return true;
        }
        catch (Exception ex)
        {
            context.Logger.LogError(ex.ToString());
            return false;
        }
    }

    // expect ALO204
    public async Task<string> ReturnsTheError(SQSEvent evnt)
    {
        var sb = new System.Text.StringBuilder();
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
                sb.AppendLine($"{record.MessageId}: ok");
            }
            catch (Exception ex)
            {
                sb.AppendLine($"{record.MessageId}: {ex.Message}");
            }
        }

        return sb.ToString();
    }

    // expect ALO204
    public async Task CatchesTheTransport(SQSEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (HttpRequestException ex)
            {
                logger.LogError(ex, "Order service is not reachable");
            }
        }
    }

    // expect ALO204
    public async Task InAHelper(SQSEvent evnt)
    {
        foreach (var record in evnt.Records)
            await SafelyAsync(record);

        async Task SafelyAsync(SQSEvent.SQSMessage message)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception ex)
            {
                logger.LogError(ex, "Processing {Id} failed", message.MessageId);
            }
        }
    }

    // expect ALO204
    // deployed standard reports
    public async Task<SQSBatchResponse> ReportsOneKindOnly(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (TimeoutException)
            {
                failures.Add(Failed(record));
            }
            catch (Exception ex)
            {
                logger.LogError(ex, "Unexpected");
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO204
    public async Task<SQSBatchResponse> SetsAFlagNobodyReads(SQSEvent evnt)
    {
        var success = true;
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (Exception ex)
            {
                logger.LogError(ex, "failed");
                success = false;
            }
        }

        logger.LogInformation("done: {Success}", success);
        return new SQSBatchResponse(new List<BatchItemFailure>());
    }

    // expect ALO204
    // deployed standard batch=1
    public async Task SwallowsTheOnlyOne(SQSEvent evnt, ILambdaContext context)
    {
        var record = evnt.Records[0];
        try
        {
            await orders.ProcessAsync(Parse(record.Body));
        }
        catch (Exception e)
        {
            context.Logger.LogError(e.Message);
        }
    }

    // expect ALO204
    public void BlocksAndSwallows(SQSEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                orders.ProcessAsync(record.Body).Wait();
            }
            catch (AggregateException e)
            {
                Console.WriteLine(e.InnerException);
            }
        }
    }

    // expect ALO201
    public async Task LogsAndRethrows(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (Exception e)
            {
                context.Logger.LogError(e.Message);
                throw;
            }
        }
    }

    // expect none
    // deployed standard batch=1
    public async Task RethrowsTheOnlyOne(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (Exception e)
            {
                context.Logger.LogError(e.Message);
                throw;
            }
        }
    }

    // expect ALO201
    public async Task ThrowsAllAtTheEnd(SQSEvent evnt)
    {
        var problems = new List<Exception>();
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (Exception e)
            {
                problems.Add(e);
            }
        }

        if (problems.Count > 0)
            throw new AggregateException(problems);
    }
}
