using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using static Amazon.Lambda.SQSEvents.SQSBatchResponse;

namespace Labelled;

/// <summary>Handlers that collect what failed, in a list, a field, a value, a tuple or the response itself.</summary>
public sealed class ReportedFailures : Function
{
    private List<BatchItemFailure> _batchItemFailures = new();
    private SQSBatchResponse _response = new();

    // expect none
    // deployed standard reports
    public async Task<SQSBatchResponse> FunctionHandler(SQSEvent evnt, ILambdaContext context)
    {
        var batchItemFailures = new List<BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await ProcessMessageAsync(message, context);
            }
            catch (Exception ex)
            {
                context.Logger.LogError($"Message {message.MessageId} failed: {ex.Message}");
                batchItemFailures.Add(new BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(batchItemFailures);
    }

    private async Task ProcessMessageAsync(SQSEvent.SQSMessage message, ILambdaContext context)
    {
        context.Logger.LogInformation($"Processed message {message.Body}");
        var order = JsonSerializer.Deserialize<Order>(message.Body) ?? throw new InvalidOperationException("empty order");
        await orders.ProcessAsync(order);
    }

    // expect none
    // deployed standard reports
    public async Task<SQSBatchResponse> KeepsThemInAField(SQSEvent sqsEvent)
    {
        _batchItemFailures = new List<BatchItemFailure>();
        _response = new SQSBatchResponse();
        foreach (var record in sqsEvent.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (Exception e)
            {
                logger.LogError(e, "Could not process {Id}", record.MessageId);
                _batchItemFailures.Add(new BatchItemFailure { ItemIdentifier = record.MessageId });
            }
        }
        _response.BatchItemFailures = _batchItemFailures;
        return _response;
    }

    // expect none
    public async Task<SQSBatchResponse> ForLoop(SQSEvent sqsEvent)
    {
        var response = new SQSBatchResponse { BatchItemFailures = new List<BatchItemFailure>() };
        for (int i = 0; i < sqsEvent.Records.Count; i++)
        {
            var r = sqsEvent.Records[i];
            try
            {
                await orders.ProcessAsync(Parse(r.Body));
            }
            catch (JsonException)
            {
                response.BatchItemFailures.Add(new() { ItemIdentifier = r.MessageId });
            }
            catch (Exception ex) when (ex is not OutOfMemoryException)
            {
                Console.WriteLine(ex);
                response.BatchItemFailures.Add(new() { ItemIdentifier = r.MessageId });
            }
        }

        return response;
    }

    // expect none
    public async Task<SQSBatchResponse> WhileLoop(SQSEvent input)
    {
        var failures = new List<BatchItemFailure>();
        using var records = input.Records.GetEnumerator() as IEnumerator<SQSEvent.SQSMessage>;
        while (records!.MoveNext())
        {
            var current = records.Current;
            try
            {
                await orders.ProcessAsync(current.Body);
            }
            catch (Exception)
            {
                failures.Add(Failed(current));
            }
        }

        return new(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> ByQueue(SQSEvent input)
    {
        var pending = new Queue<SQSEvent.SQSMessage>(input.Records);
        var failed = new List<string>();
        while (pending.Count > 0)
        {
            var next = pending.Dequeue();
            if (!await TryAsync(next))
                failed.Add(next.MessageId);
        }

        return new SQSBatchResponse(failed.Select(id => new BatchItemFailure { ItemIdentifier = id }).ToList());
    }

    private async Task<bool> TryAsync(SQSEvent.SQSMessage message)
    {
        try
        {
            await orders.ProcessAsync(message.Body);
            return true;
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "failed");
            return false;
        }
    }

    // expect none
    // deployed standard reports
    public async Task<SQSBatchResponse> WhenAllOfOutcomes(SQSEvent evt, ILambdaContext ctx)
    {
        var outcomes = await Task.WhenAll(evt.Records.Select(ProcessOneAsync));
        var failures = outcomes.Where(o => !o.Succeeded).Select(o => new BatchItemFailure { ItemIdentifier = o.MessageId }).ToList();
        ctx.Logger.LogInformation($"{failures.Count} of {evt.Records.Count} failed");
        return new SQSBatchResponse(failures);
    }

    private async Task<Outcome> ProcessOneAsync(SQSEvent.SQSMessage message)
    {
        try
        {
            await orders.ProcessAsync(Parse(message.Body));
            return new Outcome(message.MessageId, true, null);
        }
        catch (Exception ex)
        {
            return new Outcome(message.MessageId, false, ex.Message);
        }
    }

    // expect none
    public async Task<SQSBatchResponse> WhenAllByIndex(SQSEvent evt)
    {
        var results = await Task.WhenAll(evt.Records.Select(m => TryAsync(m)));
        var response = new SQSBatchResponse { BatchItemFailures = new() };
        for (var i = 0; i < results.Length; i++)
        {
            if (!results[i])
                response.BatchItemFailures.Add(new BatchItemFailure { ItemIdentifier = evt.Records[i].MessageId });
        }

        return response;
    }

    // expect none
    public async Task<SQSBatchResponse> ParallelForEach(SQSEvent evt)
    {
        var failures = new ConcurrentBag<BatchItemFailure>();
        await Parallel.ForEachAsync(
            evt.Records,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (message, ct) =>
            {
                try
                {
                    await orders.ProcessAsync(Parse(message.Body), ct);
                }
                catch (Exception ex)
                {
                    logger.LogError(ex, "Message {MessageId}", message.MessageId);
                    failures.Add(new BatchItemFailure { ItemIdentifier = message.MessageId });
                }
            }
        );
        return new SQSBatchResponse(failures.ToList());
    }

    // expect none
    public async Task<SQSBatchResponse> HandsTheResponseDown(SQSEvent sqsEvent, ILambdaContext context)
    {
        var sqsBatchResponse = new SQSBatchResponse { BatchItemFailures = new List<BatchItemFailure>() };
        foreach (var message in sqsEvent.Records)
            await ProcessIntoAsync(message, sqsBatchResponse);
        return sqsBatchResponse;
    }

    private async Task ProcessIntoAsync(SQSEvent.SQSMessage message, SQSBatchResponse response)
    {
        try
        {
            var order = Parse(message.Body);
            await orders.ProcessAsync(order);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Order failed");
            response.BatchItemFailures.Add(new BatchItemFailure { ItemIdentifier = message.MessageId });
        }
    }

    // expect none
    public async Task<SQSBatchResponse> ReturnsAFailureOrNull(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            var failure = await FailureOfAsync(message);
            if (failure is not null)
                failures.Add(failure);
        }

        return new SQSBatchResponse(failures);
    }

    private async Task<BatchItemFailure?> FailureOfAsync(SQSEvent.SQSMessage message)
    {
        try
        {
            await orders.ProcessAsync(message.Body);
            return null;
        }
        catch (Exception ex)
        {
            logger.LogError(ex, ex.Message);
            return new BatchItemFailure { ItemIdentifier = message.MessageId };
        }
    }

    // expect none
    public async Task<SQSBatchResponse> ReturnsATuple(SQSEvent e)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var m in e.Records)
        {
            var (ok, id) = await RunAsync(m);
            if (!ok)
                failures.Add(new BatchItemFailure { ItemIdentifier = id });
        }

        return new SQSBatchResponse(failures);
    }

    private async Task<(bool Ok, string Id)> RunAsync(SQSEvent.SQSMessage m)
    {
        try
        {
            await orders.ProcessAsync(m.Body);
        }
        catch (Exception ex)
        {
            Console.Error.WriteLine(ex.ToString());
            return (false, m.MessageId);
        }

        return (true, m.MessageId);
    }

    // expect none
    public SQSBatchResponse OutParameter(SQSEvent e)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var m in e.Records)
        {
            if (!TryRun(m, out var failure))
                failures.Add(failure!);
        }

        return new SQSBatchResponse(failures);
    }

    private bool TryRun(SQSEvent.SQSMessage m, out BatchItemFailure? failure)
    {
        failure = null;
        try
        {
            orders.Process(m.Body);
            return true;
        }
        catch (Exception ex)
        {
            LambdaLogger.Log(ex.Message);
            failure = new BatchItemFailure { ItemIdentifier = m.MessageId };
            return false;
        }
    }

    // expect none
    // deployed standard reports
    public async Task<SQSBatchResponse> ReportsAllWhereTheConnectionFails(SQSEvent sqsEvent)
    {
        var failed = new HashSet<string>();
        try
        {
            foreach (var message in sqsEvent.Records)
            {
                if (!await orders.TryProcessAsync(message.Body))
                    failed.Add(message.MessageId);
            }
        }
        catch (Exception ex)
        {
            logger.LogError(ex, "Giving the whole batch back");
            return new SQSBatchResponse(sqsEvent.Records.Select(r => new BatchItemFailure { ItemIdentifier = r.MessageId }).ToList());
        }

        return new SQSBatchResponse(failed.Select(x => new BatchItemFailure { ItemIdentifier = x }).ToList());
    }

    // expect none
    public async Task<SQSBatchResponse> TakesTheDoneOnesOff(SQSEvent sqsEvent)
    {
        var unfinished = sqsEvent.Records.ToDictionary(r => r.MessageId);
        try
        {
            foreach (var message in sqsEvent.Records)
            {
                await orders.ProcessAsync(message.Body);
                unfinished.Remove(message.MessageId);
            }
        }
        catch (Exception ex)
        {
            logger.LogError(ex, "stopped with {Count} left", unfinished.Count);
        }

        return new SQSBatchResponse(unfinished.Keys.Select(id => new BatchItemFailure { ItemIdentifier = id }).ToList());
    }

    // expect none
    public async Task<SQSBatchResponse> IgnoresCancelledOrders(SQSEvent sqsEvent)
    {
        List<BatchItemFailure> failures = new();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                var order = Parse(message.Body);
                if (order.Quantity == 0)
                    continue;
                await orders.ProcessAsync(order);
            }
            catch (OrderAlreadyPlacedException)
            {
                logger.LogInformation("Order was placed before");
            }
            catch (Exception ex)
            {
                logger.LogError(ex, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> ContinueWith(SQSEvent sqsEvent)
    {
        var work = sqsEvent.Records.Select(m => (m.MessageId, Task: orders.ProcessAsync(m.Body))).ToList();
        try
        {
            await Task.WhenAll(work.Select(w => w.Task));
        }
        catch (Exception e)
        {
            logger.LogError(e, "Some messages failed");
        }

        var failures = work.Where(w => !w.Task.IsCompletedSuccessfully).Select(w => new BatchItemFailure { ItemIdentifier = w.MessageId });
        return new SQSBatchResponse(failures.ToList());
    }
}
