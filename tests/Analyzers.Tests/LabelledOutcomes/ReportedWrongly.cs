using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using static Amazon.Lambda.SQSEvents.SQSBatchResponse;

namespace Labelled;

/// <summary>Reports that do not arrive, arrive for the wrong message, or are left behind by an exception.</summary>
public sealed class ReportedWrongly : Function
{
    // expect ALO202
    // deployed standard
    public async Task<SQSBatchResponse> SwitchIsMissing(SQSEvent evnt, ILambdaContext context)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception ex)
            {
                context.Logger.LogError(ex.Message);
                failures.Add(new BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse { BatchItemFailures = failures };
    }

    // expect ALO202
    // deployed standard batch=1
    public async Task<SQSBatchResponse> SwitchIsMissingForOne(SQSEvent evnt)
    {
        var message = evnt.Records.Single();
        try
        {
            await orders.ProcessAsync(Parse(message.Body));
            return new SQSBatchResponse();
        }
        catch (Exception ex)
        {
            logger.LogError(ex, "failed");
            return new SQSBatchResponse(new List<BatchItemFailure> { Failed(message) });
        }
    }

    // expect ALO202
    // deployed standard
    public async Task<SQSBatchResponse> SwitchIsMissingForValues(SQSEvent evnt)
    {
        var results = await Task.WhenAll(evnt.Records.Select(async m => new Outcome(m.MessageId, await orders.TryProcessAsync(m.Body), null)));
        return new SQSBatchResponse(results.Where(r => !r.Succeeded).Select(r => new BatchItemFailure { ItemIdentifier = r.MessageId }).ToList());
    }

    // expect ALO202
    // deployed fifo
    public async Task<SQSBatchResponse> SwitchIsMissingOnFifo(SQSEvent evnt)
    {
        for (var i = 0; i < evnt.Records.Count; i++)
        {
            try
            {
                await orders.ProcessAsync(evnt.Records[i].Body);
            }
            catch (Exception e)
            {
                logger.LogError(e, "Stopping");
                return new SQSBatchResponse(evnt.Records.Skip(i).Select(Failed).ToList());
            }
        }

        return new SQSBatchResponse();
    }

    // expect ALO206
    public async Task<SQSBatchResponse> ReceiptHandle(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var msg in sqsEvent.Records)
        {
            try
            {
                await orders.ProcessAsync(msg.Body);
            }
            catch (Exception)
            {
                failures.Add(new BatchItemFailure { ItemIdentifier = msg.ReceiptHandle });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO206
    // deployed standard reports
    public async Task<SQSBatchResponse> IdOfTheOrder(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var msg in sqsEvent.Records)
        {
            Order? order = null;
            try
            {
                order = JsonSerializer.Deserialize<Order>(msg.Body);
                await orders.ProcessAsync(order!);
            }
            catch (Exception ex)
            {
                logger.LogError(ex, "Order {Order}", order?.Id);
                failures.Add(new BatchItemFailure { ItemIdentifier = order!.Id });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO206
    public async Task<SQSBatchResponse> NoIdAtAll(SQSEvent sqsEvent)
    {
        var response = new SQSBatchResponse { BatchItemFailures = new() };
        foreach (var record in sqsEvent.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (Exception ex)
            {
                LambdaLogger.Log(ex.ToString());
                response.BatchItemFailures.Add(new BatchItemFailure());
            }
        }

        return response;
    }

    // expect ALO206
    public async Task<SQSBatchResponse> RequestId(SQSEvent sqsEvent, ILambdaContext context)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in sqsEvent.Records)
        {
            if (!await orders.TryProcessAsync(record.Body))
                failures.Add(new BatchItemFailure { ItemIdentifier = context.AwsRequestId });
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> IdByWayOfAnObject(SQSEvent sqsEvent)
    {
        var jobs = sqsEvent.Records.Select(r => new { r.MessageId, Order = r.Body }).ToList();
        var failures = new List<BatchItemFailure>();
        foreach (var job in jobs)
        {
            if (!await orders.TryProcessAsync(job.Order))
                failures.Add(new BatchItemFailure { ItemIdentifier = job.MessageId });
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO205
    public async Task<SQSBatchResponse> ParsesOutside(SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            var order = JsonSerializer.Deserialize<Order>(message.Body);
            try
            {
                await orders.ProcessAsync(order!);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO205
    // deployed standard reports
    public async Task<SQSBatchResponse> ParsesAllFirst(SQSEvent evt)
    {
        var parsed = evt.Records.Select(r => (r.MessageId, Order: Parse(r.Body))).ToList();
        var failures = new List<BatchItemFailure>();
        foreach (var (id, order) in parsed)
        {
            try
            {
                await orders.ProcessAsync(order);
            }
            catch (Exception)
            {
                failures.Add(new BatchItemFailure { ItemIdentifier = id });
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO205
    public async Task<SQSBatchResponse> WhenAllThrows(SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        await Task.WhenAll(
            evt.Records.Select(async message =>
            {
                if (string.IsNullOrWhiteSpace(message.Body))
                {
                    failures.Add(Failed(message));
                    return;
                }

                await orders.ProcessAsync(message.Body);
            })
        );
        return new SQSBatchResponse(failures);
    }

    // expect ALO205
    // deployed standard reports
    public async Task<SQSBatchResponse> CatchesOnlyJson(SQSEvent evt, ILambdaContext context)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                await orders.ProcessAsync(Parse(message.Body));
            }
            catch (JsonException e)
            {
                context.Logger.LogError(e.Message);
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO205
    public async Task<SQSBatchResponse> ReadsAttributesOutside(SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            var kind = message.MessageAttributes["kind"].StringValue;
            logger.LogInformation("{Kind} {Id}", kind, message.MessageId);
            try
            {
                await orders.ProcessAsync($"{kind}:{message.Body}");
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO205
    public async Task<SQSBatchResponse> SavesAfterTheLoop(SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        var done = new List<string>();
        foreach (var message in evt.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
                done.Add(message.Body);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        await orders.ProcessAsync(string.Join(",", done));
        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> LoadsBeforeTheLoop(SQSEvent evt)
    {
        var settings = await orders.FindAsync("settings") ?? throw new InvalidOperationException("no settings");
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                await orders.ProcessAsync(settings with { Id = message.Body });
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed standard reports batch=1
    public async Task<SQSBatchResponse> ParsesOutsideForOne(SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            var order = Parse(message.Body);
            try
            {
                await orders.ProcessAsync(order);
            }
            catch (Exception)
            {
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO205, ALO211
    public async Task<SQSBatchResponse> ReportsWhatWorked(SQSEvent evt)
    {
        var processed = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            await orders.ProcessAsync(message.Body);
            processed.Add(new BatchItemFailure { ItemIdentifier = message.MessageId });
        }

        return new SQSBatchResponse(processed);
    }

    // expect ALO211
    // deployed standard reports
    public async Task<SQSBatchResponse> ReportsInFinally(SQSEvent evt)
    {
        var items = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception ex)
            {
                logger.LogError(ex, "failed");
            }
            finally
            {
                items.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(items);
    }
}
