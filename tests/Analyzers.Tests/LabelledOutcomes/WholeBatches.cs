using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using static Amazon.Lambda.SQSEvents.SQSBatchResponse;

namespace Labelled;

/// <summary>Handlers that can only succeed or fail as a whole, wait for nobody, look at one message or leave the loop.</summary>
public sealed class WholeBatches : Function
{
    // expect ALO201
    public async Task NoCatch(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            await ProcessMessageAsync(message, context);
        }
    }

    private async Task ProcessMessageAsync(SQSEvent.SQSMessage message, ILambdaContext context)
    {
        context.Logger.LogInformation($"Processed message {message.Body}");
        await orders.ProcessAsync(message.Body);
    }

    // expect ALO201
    public void Synchronous(SQSEvent evnt) => evnt.Records.ForEach(record => orders.Process(record.Body));

    // expect ALO201
    public async Task<string> ReturnsACount(SQSEvent evnt)
    {
        await Task.WhenAll(evnt.Records.Select(r => orders.ProcessAsync(Parse(r.Body))));
        return $"Processed {evnt.Records.Count} records";
    }

    // expect ALO201
    // deployed standard batch=5
    public async Task Deployed(SQSEvent sqsEvent)
    {
        for (var i = 0; i < sqsEvent.Records.Count; ++i)
            await orders.ProcessAsync(sqsEvent.Records[i].Body);
    }

    // expect none
    // deployed standard batch=1
    public async Task DeployedForOne(SQSEvent sqsEvent)
    {
        foreach (var record in sqsEvent.Records)
            await orders.ProcessAsync(Parse(record.Body));
    }

    // expect ALO203
    // deployed standard reports
    public async Task SwitchedOn(SQSEvent sqsEvent)
    {
        foreach (var record in sqsEvent.Records)
            await orders.ProcessAsync(Parse(record.Body));
    }

    // expect ALO203
    // deployed standard reports
    public async Task<SQSBatchResponse> AlwaysEmpty(SQSEvent sqsEvent)
    {
        var response = new SQSBatchResponse();
        foreach (var record in sqsEvent.Records)
            await orders.ProcessAsync(record.Body);
        return response;
    }

    // expect ALO203
    // deployed fifo reports
    public async Task<SQSBatchResponse> EmptyListOnFifo(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in sqsEvent.Records)
        {
            logger.LogInformation("{Body}", record.Body);
            await orders.ProcessAsync(Parse(record.Body));
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO209
    public void FiresAndForgets(SQSEvent sqsEvent)
    {
        foreach (var record in sqsEvent.Records)
            _ = orders.ProcessAsync(record.Body);
    }

    // expect ALO209
    public Task ForEachOfAsync(SQSEvent sqsEvent)
    {
        sqsEvent.Records.ForEach(async record => await orders.ProcessAsync(record.Body));
        return Task.CompletedTask;
    }

    // expect ALO209
    public async Task RunsInTheBackground(SQSEvent sqsEvent)
    {
        foreach (var record in sqsEvent.Records)
        {
            Task.Run(() => orders.ProcessAsync(record.Body));
        }

        // The label is about this: people wait a little, instead of for the work. The code is analysed, and never run.
        await Task.Delay(100);
    }

    // expect ALO209
    public void ParallelOfAsync(SQSEvent sqsEvent) =>
        Parallel.ForEach(
            sqsEvent.Records,
            async message =>
            {
                await orders.ProcessAsync(Parse(message.Body));
            }
        );

    // expect ALO209
    public Task NeverEnumerated(SQSEvent sqsEvent)
    {
        var tasks = sqsEvent.Records.Select(async m => await orders.ProcessAsync(m.Body));
        logger.LogInformation("started");
        return Task.CompletedTask;
    }

    // expect ALO209
    public void AsyncVoid(SQSEvent sqsEvent)
    {
        foreach (var message in sqsEvent.Records)
            Start(message);
    }

    private async void Start(SQSEvent.SQSMessage message)
    {
        await orders.ProcessAsync(message.Body);
    }

    // expect none
    public async Task<SQSBatchResponse> CollectsTasks(SQSEvent sqsEvent)
    {
        var failures = new System.Collections.Concurrent.ConcurrentQueue<BatchItemFailure>();
        var tasks = new List<Task>();
        using var gate = new SemaphoreSlim(4);
        foreach (var message in sqsEvent.Records)
        {
            tasks.Add(
                Task.Run(async () =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        await orders.ProcessAsync(message.Body);
                    }
                    catch (Exception e)
                    {
                        logger.LogError(e, "failed");
                        failures.Enqueue(Failed(message));
                    }
                    finally
                    {
                        gate.Release();
                    }
                })
            );
        }

        await Task.WhenAll(tasks);
        return new SQSBatchResponse(failures.ToList());
    }

    // expect ALO210
    public async Task FirstOnly(SQSEvent sqsEvent, ILambdaContext context)
    {
        var message = sqsEvent.Records.First();
        context.Logger.LogInformation(message.Body);
        await orders.ProcessAsync(Parse(message.Body));
    }

    // expect ALO210
    public async Task IndexZero(SQSEvent sqsEvent) => await orders.ProcessAsync(sqsEvent.Records[0].Body);

    // expect ALO210
    public async Task ThrowsOnMore(SQSEvent sqsEvent)
    {
        if (sqsEvent.Records.Count > 1)
            throw new InvalidOperationException("Only one message can be handled at a time");
        await orders.ProcessAsync(sqsEvent.Records.First().Body);
    }

    // expect none
    // deployed standard batch=1
    public async Task FirstOfOne(SQSEvent sqsEvent)
    {
        var message = sqsEvent.Records.FirstOrDefault();
        if (message is null)
            return;
        await orders.ProcessAsync(message.Body);
    }

    // expect none
    public async Task<SQSBatchResponse> FirstForItsSource(SQSEvent sqsEvent)
    {
        var queue = sqsEvent.Records[0].EventSourceArn;
        logger.LogInformation("{Count} from {Queue}", sqsEvent.Records.Count, queue);
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            if (!await orders.TryProcessAsync($"{queue}/{message.Body}"))
                failures.Add(Failed(message));
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO212
    // deployed standard reports
    public async Task<SQSBatchResponse> BreaksAtTheFirstFailure(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception e)
            {
                logger.LogError(e, "Stopping here");
                failures.Add(Failed(message));
                break;
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO212
    public async Task<SQSBatchResponse> ReturnsWithOne(SQSEvent sqsEvent)
    {
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception)
            {
                return new SQSBatchResponse(new List<BatchItemFailure> { new() { ItemIdentifier = message.MessageId } });
            }
        }

        return new SQSBatchResponse();
    }

    // expect ALO201, ALO212
    public async Task ReturnsOnAnEmptyBody(SQSEvent sqsEvent, ILambdaContext context)
    {
        foreach (var record in sqsEvent.Records)
        {
            if (string.IsNullOrEmpty(record.Body))
            {
                context.Logger.LogWarning("empty body");
                return;
            }

            await orders.ProcessAsync(record.Body);
        }
    }

    // expect ALO212
    // deployed fifo reports
    public async Task<SQSBatchResponse> ReportsOneOfFifo(SQSEvent sqsEvent)
    {
        var response = new SQSBatchResponse { BatchItemFailures = new() };
        foreach (var record in sqsEvent.Records)
        {
            if (await orders.TryProcessAsync(record.Body))
                continue;
            response.BatchItemFailures.Add(Failed(record));
            return response;
        }

        return response;
    }

    // expect ALO212
    public async Task<SQSBatchResponse> StopsAtAnUnknownType(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in sqsEvent.Records)
        {
            switch (record.MessageAttributes.TryGetValue("type", out var type) ? type.StringValue : null)
            {
                case "order":
                    if (!await orders.TryProcessAsync(record.Body))
                        failures.Add(Failed(record));
                    break;
                default:
                    logger.LogWarning("unknown type");
                    return new SQSBatchResponse(failures);
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed standard reports
    public async Task<SQSBatchResponse> BreaksAndReportsTheRest(SQSEvent sqsEvent)
    {
        var done = 0;
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
                done++;
            }
            catch (Exception e)
            {
                logger.LogError(e, "Stopping here");
                break;
            }
        }

        return new SQSBatchResponse(sqsEvent.Records.Skip(done).Select(Failed).ToList());
    }

    // expect none
    public async Task<SQSBatchResponse> BreaksOutOfAnInnerLoop(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            var ok = false;
            foreach (var id in message.Body.Split(','))
            {
                ok = await orders.TryProcessAsync(id);
                if (!ok)
                    break;
            }

            if (!ok)
                failures.Add(Failed(message));
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> ReturnsForAnEmptyBatch(SQSEvent? sqsEvent)
    {
        if (sqsEvent?.Records is not { Count: > 0 })
            return new SQSBatchResponse();
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            if (!await orders.TryProcessAsync(message.Body))
                failures.Add(Failed(message));
        }

        return new SQSBatchResponse(failures);
    }
}
