using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using static Amazon.Lambda.SQSEvents.SQSBatchResponse;

namespace Labelled;

public abstract class Result
{
    public sealed class Ok : Result { }

    public sealed class Error : Result
    {
        public Error(string why) => Why = why;

        public string Why { get; }
    }
}

public sealed class OrderBatch
{
    private readonly IOrderService orders;
    private readonly ILogger logger;

    public OrderBatch(IOrderService orders, ILogger logger) => (this.orders, this.logger) = (orders, logger);

    public List<string> FailedIds { get; } = new();

    public async Task RunAsync(IEnumerable<SQSEvent.SQSMessage> messages)
    {
        foreach (var message in messages)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception e)
            {
                logger.LogError(e, "Order in {Id} failed", message.MessageId);
                FailedIds.Add(message.MessageId);
            }
        }
    }

    public async Task<Result> TryAsync(SQSEvent.SQSMessage message)
    {
        try
        {
            await orders.ProcessAsync(message.Body);
            return new Result.Ok();
        }
        catch (Exception e)
        {
            return new Result.Error(e.Message);
        }
    }
}

/// <summary>Further ways to write the same.</summary>
public sealed class MoreShapes : Function
{
    // expect none
    // deployed standard reports
    public async Task<SQSBatchResponse> ByAnObject(SQSEvent sqsEvent)
    {
        var batch = new OrderBatch(orders, logger);
        await batch.RunAsync(sqsEvent.Records);
        return new SQSBatchResponse { BatchItemFailures = batch.FailedIds.Select(id => new BatchItemFailure { ItemIdentifier = id }).ToList() };
    }

    // expect ALO204
    // told in OrderBatch.TryAsync
    public async Task ByAnObjectNobodyAsks(SQSEvent sqsEvent)
    {
        var batch = new OrderBatch(orders, logger);
        foreach (var message in sqsEvent.Records)
            await batch.TryAsync(message);
    }

    // expect none
    public async Task<SQSBatchResponse> ByResult(SQSEvent sqsEvent)
    {
        var batch = new OrderBatch(orders, logger);
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            switch (await batch.TryAsync(message))
            {
                case Result.Error error:
                    logger.LogWarning("{Id}: {Why}", message.MessageId, error.Why);
                    failures.Add(new BatchItemFailure { ItemIdentifier = message.MessageId });
                    break;
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> ByGrouping(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var kind in sqsEvent.Records.GroupBy(m => m.MessageAttributes.TryGetValue("kind", out var k) ? k.StringValue : ""))
        {
            foreach (var message in kind)
            {
                try
                {
                    await orders.ProcessAsync($"{kind.Key}:{message.Body}");
                }
                catch (Exception e)
                {
                    logger.LogError(e, "failed");
                    failures.Add(Failed(message));
                }
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed standard reports
    public async Task<SQSBatchResponse> ByChunks(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var chunk in sqsEvent.Records.Chunk(5))
        {
            try
            {
                await Task.WhenAll(chunk.Select(m => orders.ProcessAsync(m.Body)));
            }
            catch (Exception e)
            {
                logger.LogError(e, "chunk failed");
                failures.AddRange(chunk.Select(Failed));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> ByAggregate(SQSEvent sqsEvent) =>
        new(
            (await Task.WhenAll(sqsEvent.Records.Select(async m => (m, Ok: await orders.TryProcessAsync(m.Body)))))
                .Where(x => !x.Ok)
                .Select(x => Failed(x.m))
                .ToList()
        );

    // expect none
    public SQSBatchResponse ByParallelLinq(SQSEvent sqsEvent)
    {
        var failed = sqsEvent.Records.AsParallel().Where(m => !orders.TryProcessAsync(m.Body).GetAwaiter().GetResult()).ToList();
        return new SQSBatchResponse(failed.Select(m => new BatchItemFailure { ItemIdentifier = m.MessageId }).ToList());
    }

    // expect none
    public async Task<SQSBatchResponse> ByTaskList(SQSEvent sqsEvent)
    {
        var running = sqsEvent.Records.ToDictionary(m => m.MessageId, m => orders.TryProcessAsync(m.Body));
        var failures = new List<BatchItemFailure>();
        foreach (var (id, task) in running)
        {
            if (!await task)
                failures.Add(new BatchItemFailure { ItemIdentifier = id });
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO201
    public async Task ByLinqQuery(SQSEvent sqsEvent)
    {
        var found = from m in sqsEvent.Records let o = JsonSerializer.Deserialize<Order>(m.Body) where o.Quantity > 0 select o;
        foreach (var order in found)
            await orders.ProcessAsync(order);
    }

    // expect ALO201
    public async Task ByLocalFunction(SQSEvent sqsEvent)
    {
        var queue = new Queue<SQSEvent.SQSMessage>(sqsEvent.Records);
        while (queue.TryDequeue(out var next))
            await DoAsync(next);

        async Task DoAsync(SQSEvent.SQSMessage m) => await orders.ProcessAsync(m.Body);
    }

    // expect none
    public Task<SQSBatchResponse> Cancelled(SQSEvent sqsEvent, CancellationToken stopping) => Task.FromResult(new SQSBatchResponse());

    // expect none
    // deployed kinesis reports
    public async Task<StreamsEventResponse> ByEnumerator(KinesisEvent evnt)
    {
        using var records = evnt.Records.GetEnumerator();
        while (records.MoveNext())
        {
            var sequence = records.Current.Kinesis.SequenceNumber;
            try
            {
                using var reader = new StreamReader(records.Current.Kinesis.Data, Encoding.UTF8);
                await orders.ProcessAsync(await reader.ReadToEndAsync());
            }
            catch (Exception e)
            {
                logger.LogError(e, "shard stops at {Sequence}", sequence);
                return new StreamsEventResponse { BatchItemFailures = new List<StreamsEventResponse.BatchItemFailure> { new() { ItemIdentifier = sequence } } };
            }
        }

        return new StreamsEventResponse { BatchItemFailures = new List<StreamsEventResponse.BatchItemFailure>() };
    }
}

// expect none
public static class BootstrappedFunction
{
    public static Task RunAsync(IOrderService orders)
    {
        Func<SQSEvent, ILambdaContext, Task<SQSBatchResponse>> handler = async (evt, context) =>
        {
            var failures = new List<BatchItemFailure>();
            foreach (var message in evt.Records)
            {
                try
                {
                    await orders.ProcessAsync(message.Body);
                }
                catch (Exception e)
                {
                    context.Logger.LogError(e.Message);
                    failures.Add(new BatchItemFailure { ItemIdentifier = message.MessageId });
                }
            }

            return new SQSBatchResponse(failures);
        };
        return LambdaBootstrapBuilder.Create(handler, new DefaultLambdaJsonSerializer()).Build().RunAsync();
    }
}

// expect ALO201
public static class BootstrappedThrowingFunction
{
    public static Task RunAsync(IOrderService orders) =>
        LambdaBootstrapBuilder
            .Create<SQSEvent>(
                async (evt, context) =>
                {
                    foreach (var message in evt.Records)
                        await orders.ProcessAsync(message.Body);
                },
                new DefaultLambdaJsonSerializer()
            )
            .Build()
            .RunAsync();
}

/// <summary>A collaborator looks like a handler.</summary>
public sealed class CollaboratingFunction : Function
{
    private readonly Collaborator collaborator = new();

    // expect none
    public async Task<SQSBatchResponse> FunctionHandler(SQSEvent evt, ILambdaContext context)
    {
        var report = await collaborator.HandleAllAsync(evt, orders, CancellationToken.None);
        context.Logger.LogInformation($"{report.Count} failed");
        return new SQSBatchResponse(report.Select(id => new BatchItemFailure { ItemIdentifier = id }).ToList());
    }

    private sealed class Collaborator
    {
        public async Task<IReadOnlyCollection<string>> HandleAllAsync(SQSEvent evt, IOrderService orders, CancellationToken cancellationToken)
        {
            var failed = new List<string>();
            foreach (var message in evt.Records)
            {
                try
                {
                    await orders.ProcessAsync(Parse(message.Body), cancellationToken);
                }
                catch (Exception)
                {
                    failed.Add(message.MessageId);
                }
            }

            return failed;
        }
    }
}
