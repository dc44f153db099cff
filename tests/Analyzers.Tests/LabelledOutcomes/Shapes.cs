using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.DynamoDb;
using AWS.Lambda.Powertools.BatchProcessing.Kinesis;
using AWS.Lambda.Powertools.BatchProcessing.Sqs;
using Microsoft.Extensions.Logging;
using static Amazon.Lambda.SQSEvents.SQSBatchResponse;

namespace Labelled;

// expect none
public abstract class BatchFunction<T> : Function
{
    public async Task<SQSBatchResponse> FunctionHandler(SQSEvent sqsEvent, ILambdaContext lambdaContext)
    {
        var batchItemFailures = new List<BatchItemFailure>();
        foreach (var record in sqsEvent.Records)
        {
            try
            {
                var message = JsonSerializer.Deserialize<T>(record.Body)!;
                await ProcessAsync(message, lambdaContext);
            }
            catch (Exception e)
            {
                lambdaContext.Logger.LogError(e.ToString());
                batchItemFailures.Add(new BatchItemFailure { ItemIdentifier = record.MessageId });
            }
        }

        return new SQSBatchResponse(batchItemFailures);
    }

    protected abstract Task ProcessAsync(T message, ILambdaContext context);
}

// expect none
// deployed standard reports
public sealed class ShipmentFunction : BatchFunction<Order>
{
    protected override Task ProcessAsync(Order message, ILambdaContext context) => orders.ProcessAsync(message);
}

// expect ALO204
// deployed standard reports
// known: one of several classes that override a method of the base class, which is not followed into each of them
public sealed class QuietShipmentFunction : BatchFunction<Order>
{
    protected override async Task ProcessAsync(Order message, ILambdaContext context)
    {
        try
        {
            await orders.ProcessAsync(message);
        }
        catch (Exception e)
        {
            context.Logger.LogError(e.Message);
        }
    }
}

public static class SqsEventExtensions
{
    public static async Task<SQSBatchResponse> ProcessEachAsync(this SQSEvent sqsEvent, Func<SQSEvent.SQSMessage, Task> process, ILogger logger)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                await process(message);
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Message {MessageId} failed", message.MessageId);
                failures.Add(new BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }

    public static async Task ForEachMessageAsync(this SQSEvent sqsEvent, Func<string, Task> process)
    {
        foreach (var message in sqsEvent.Records)
            await process(message.Body);
    }

    public static IEnumerable<Order> Orders(this SQSEvent sqsEvent) => sqsEvent.Records.Select(r => JsonSerializer.Deserialize<Order>(r.Body)!);
}

/// <summary>The loop is somewhere else.</summary>
public sealed class Shapes : Function
{
    // expect none
    // deployed standard reports
    public Task<SQSBatchResponse> ByExtension(SQSEvent sqsEvent) => sqsEvent.ProcessEachAsync(m => orders.ProcessAsync(m.Body), logger);

    // expect ALO201
    public Task ByThrowingExtension(SQSEvent sqsEvent) => sqsEvent.ForEachMessageAsync(body => orders.ProcessAsync(body));

    // expect ALO201
    public async Task ByLazyExtension(SQSEvent sqsEvent)
    {
        foreach (var order in sqsEvent.Orders())
            await orders.ProcessAsync(order);
    }

    // expect ALO202
    // deployed standard
    public Task<SQSBatchResponse> ByExtensionWithoutSwitch(SQSEvent sqsEvent) => sqsEvent.ProcessEachAsync(m => orders.ProcessAsync(m.Body), logger);

    // expect ALO401
    // deployed fifo reports
    // told in SqsEventExtensions.ProcessEachAsync
    public Task<SQSBatchResponse> ByExtensionOnFifo(SQSEvent sqsEvent) => sqsEvent.ProcessEachAsync(m => orders.ProcessAsync(m.Body), logger);

    // expect none
    public IEnumerable<object> Enriches(List<SQSEvent.SQSMessage> messages) => messages.Select(m => new { m.MessageId, Order = Parse(m.Body) }).ToList();

    // expect none
    public async Task<Order> ByApi(Order order)
    {
        await orders.ProcessAsync(order);
        return order;
    }
}

// expect none
// deployed standard reports
public sealed class DispatchingFunction : Function
{
    private readonly Dictionary<string, Func<SQSEvent.SQSMessage, Task>> handlers;

    public DispatchingFunction() => handlers = new() { ["place"] = m => orders.ProcessAsync(m.Body), ["cancel"] = m => orders.ProcessAsync($"-{m.Body}") };

    public async Task<SQSBatchResponse> FunctionHandler(SQSEvent evt, ILambdaContext context)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                var kind = message.MessageAttributes["kind"].StringValue;
                if (!handlers.TryGetValue(kind, out var handle))
                    throw new NotSupportedException(kind);
                await handle(message);
            }
            catch (Exception e)
            {
                context.Logger.LogError($"{e}");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }
}

// expect ALO201
public sealed class ThrowingDispatcher : Function
{
    public async Task FunctionHandler(SQSEvent evt, ILambdaContext context)
    {
        foreach (var message in evt.Records)
        {
            switch (message.MessageAttributes["kind"].StringValue)
            {
                case "place":
                    await orders.ProcessAsync(Parse(message.Body));
                    break;
                case "cancel":
                    await CancelAsync(message);
                    break;
            }
        }
    }

    private Task CancelAsync(SQSEvent.SQSMessage message) => orders.ProcessAsync($"-{message.Body}");
}

// expect none
public sealed class AnnotatedFunction
{
    [LambdaFunction]
    public async Task<SQSBatchResponse> Handle([FromServices] IOrderService service, SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                await service.ProcessAsync(message.Body);
            }
            catch (Exception)
            {
                failures.Add(new BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }
}

// expect ALO201
public sealed class AnnotatedThrowingFunction
{
    [LambdaFunction]
    public async Task Handle([FromServices] IOrderService service, SQSEvent evt, ILambdaContext context)
    {
        foreach (var message in evt.Records)
        {
            context.Logger.LogInformation(message.MessageId);
            await service.ProcessAsync(message.Body);
        }
    }
}

public sealed class OrderRecordHandler : ISqsRecordHandler
{
    private readonly IOrderService orders = new OrderService(null!);

    public async Task<RecordHandlerResult> HandleAsync(SQSEvent.SQSMessage record, CancellationToken cancellationToken)
    {
        await orders.ProcessAsync(record.Body);
        return await Task.FromResult(RecordHandlerResult.None);
    }
}

// expect ALO204
// known: what Powertools calls for each record is not looked into
public sealed class QuietRecordHandler : ISqsRecordHandler
{
    private readonly IOrderService orders = new OrderService(null!);

    public async Task<RecordHandlerResult> HandleAsync(SQSEvent.SQSMessage record, CancellationToken cancellationToken)
    {
        try
        {
            await orders.ProcessAsync(record.Body);
        }
        catch (Exception e)
        {
            Console.WriteLine(e);
        }

        return RecordHandlerResult.None;
    }
}

/// <summary>Powertools' batch processor.</summary>
public sealed class PowertoolsFunctions : Function
{
    // expect none
    // deployed standard reports
    [BatchProcessor(RecordHandler = typeof(OrderRecordHandler))]
    public BatchItemFailuresResponse HandlerUsingAttribute(SQSEvent _) => SqsBatchProcessor.Result.BatchItemFailuresResponse;

    // expect none
    // deployed fifo reports
    [BatchProcessor(RecordHandler = typeof(OrderRecordHandler))]
    public BatchItemFailuresResponse AttributeOnFifo(SQSEvent _) => SqsBatchProcessor.Result.BatchItemFailuresResponse;

    // expect ALO202
    // deployed standard
    [BatchProcessor(RecordHandler = typeof(OrderRecordHandler))]
    public BatchItemFailuresResponse AttributeWithoutSwitch(SQSEvent _) => SqsBatchProcessor.Result.BatchItemFailuresResponse;

    // expect ALO401
    // deployed fifo reports
    [BatchProcessor(RecordHandler = typeof(OrderRecordHandler), ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.ContinueOnBatchItemFailure)]
    public BatchItemFailuresResponse ContinuesOnFifo(SQSEvent _) => SqsBatchProcessor.Result.BatchItemFailuresResponse;

    // expect ALO402
    // deployed fifo reports
    [BatchProcessor(RecordHandler = typeof(OrderRecordHandler), BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = 4)]
    public BatchItemFailuresResponse ParallelOnFifo(SQSEvent _) => SqsBatchProcessor.Result.BatchItemFailuresResponse;

    // expect none
    // deployed standard reports
    [BatchProcessor(RecordHandler = typeof(QuietRecordHandler))]
    public BatchItemFailuresResponse QuietAttribute(SQSEvent _) => SqsBatchProcessor.Result.BatchItemFailuresResponse;

    // expect none
    public async Task<BatchItemFailuresResponse> ByProcessor(SQSEvent evnt)
    {
        var result = await SqsBatchProcessor.Instance.ProcessAsync(
            evnt,
            RecordHandler<SQSEvent.SQSMessage>.From(async message =>
            {
                await orders.ProcessAsync(message.Body);
                return RecordHandlerResult.None;
            })
        );
        return result.BatchItemFailuresResponse;
    }

    // expect ALO403
    // deployed kinesis reports
    public async Task<BatchItemFailuresResponse> ByProcessorOnAStream(KinesisEvent evnt)
    {
        var result = await KinesisEventBatchProcessor.Instance.ProcessAsync(
            evnt,
            RecordHandler<KinesisEvent.KinesisEventRecord>.From(async record =>
            {
                await orders.ProcessAsync(record.EventId);
                return RecordHandlerResult.None;
            })
        );
        return result.BatchItemFailuresResponse;
    }

    // expect none
    // deployed kinesis reports
    public async Task<BatchItemFailuresResponse> StopsOnAStream(KinesisEvent evnt)
    {
        var options = new ProcessingOptions { ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure };
        var result = await KinesisEventBatchProcessor.Instance.ProcessAsync(
            evnt,
            RecordHandler<KinesisEvent.KinesisEventRecord>.From(async record =>
            {
                await orders.ProcessAsync(record.EventId);
                return RecordHandlerResult.None;
            }),
            options
        );
        return result.BatchItemFailuresResponse;
    }
}
