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

// expect ALO207
public sealed class OwnResponseFunction : Function
{
    public async Task<BatchResult> FunctionHandler(SQSEvent sqsEvent)
    {
        var result = new BatchResult();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception)
            {
                result.BatchItemFailures.Add(new FailedItem { ItemIdentifier = message.MessageId });
            }
        }

        return result;
    }

    public sealed class BatchResult
    {
        public List<FailedItem> BatchItemFailures { get; } = new();
    }

    public sealed class FailedItem
    {
        public string ItemIdentifier { get; set; } = "";
    }
}

// expect none
// deployed standard reports
public sealed class OwnNamedResponseFunction : Function
{
    public async Task<BatchResult> FunctionHandler(SQSEvent sqsEvent)
    {
        var failed = new List<FailedItem>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception)
            {
                failed.Add(new FailedItem(message.MessageId));
            }
        }

        return new BatchResult(failed);
    }

    public sealed record BatchResult([property: JsonPropertyName("batchItemFailures")] IReadOnlyList<FailedItem> Failures);

    public sealed record FailedItem([property: JsonPropertyName("itemIdentifier")] string Id);
}

// expect ALO207
public sealed class ListOfFailuresFunction : Function
{
    public async Task<List<BatchItemFailure>> FunctionHandler(SQSEvent sqsEvent, ILambdaContext context)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            if (!await orders.TryProcessAsync(message.Body))
                failures.Add(Failed(message));
        }

        return failures;
    }
}

// expect ALO207
public sealed class ListOfIdsFunction : Function
{
    public async Task<FailedIds> FunctionHandler(SQSEvent sqsEvent, ILambdaContext context)
    {
        var ids = new List<string>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                await orders.ProcessAsync(Parse(message.Body));
            }
            catch (Exception e)
            {
                context.Logger.LogWarning(e.Message);
                ids.Add(message.MessageId);
            }
        }

        return new FailedIds { BatchItemFailures = ids };
    }

    public sealed class FailedIds
    {
        [JsonPropertyName("batchItemFailures")]
        public List<string> BatchItemFailures { get; set; } = new();
    }
}

// expect ALO207
public sealed class ValueTaskFunction : Function
{
    public async ValueTask<SQSBatchResponse> FunctionHandler(SQSEvent sqsEvent)
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
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }
}
