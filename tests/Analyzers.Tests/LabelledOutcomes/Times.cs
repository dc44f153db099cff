using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using static Amazon.Lambda.SQSEvents.SQSBatchResponse;

namespace Labelled;

/// <summary>What a record, a batch and a client may take.</summary>
public sealed class Times : Function
{
    private static readonly HttpClient Slow = new() { Timeout = TimeSpan.FromSeconds(60) };
    private static readonly HttpClient Quick = new() { Timeout = TimeSpan.FromSeconds(2) };
    private static readonly HttpClient SixSeconds = new() { Timeout = TimeSpan.FromSeconds(6) };
    private static readonly HttpClient Unset = new();
    private readonly IAmazonDynamoDB dynamo = null!;

    // expect ALO303
    // deployed standard reports timeout=30
    public Task<SQSBatchResponse> ClientOutlastsTheFunction(SQSEvent evt) =>
        EachAsync(evt, async m => (await Slow.PostAsync("https://a.example", new StringContent(m))).EnsureSuccessStatusCode());

    // expect ALO303
    // deployed standard reports timeout=30
    public async Task<SQSBatchResponse> DefaultOfTheClient(SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                var answer = await Unset.GetStringAsync($"https://prices.example/{message.Body}");
                await orders.ProcessAsync(answer);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO303
    // deployed standard reports timeout=10
    public async Task<SQSBatchResponse> TokenOutlastsTheFunction(SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(15));
                using var answer = await Unset.PostAsync("https://a.example", new StringContent(message.Body), cancellation.Token);
                answer.EnsureSuccessStatusCode();
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
    // deployed standard reports timeout=60
    public async Task<SQSBatchResponse> BatchFits(SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                using var answer = await Quick.PostAsync("https://a.example", new StringContent(message.Body));
                answer.EnsureSuccessStatusCode();
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO304
    // deployed standard reports timeout=30
    public async Task<SQSBatchResponse> BatchDoesNotFit(SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                using var answer = await SixSeconds.PostAsync("https://a.example", new StringContent(message.Body));
                answer.EnsureSuccessStatusCode();
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO304
    // deployed standard reports timeout=30
    // told in Times.EachAsync
    public Task<SQSBatchResponse> BacksOff(SQSEvent evt) =>
        EachAsync(
            evt,
            async body =>
            {
                for (var attempt = 1; attempt <= 3; attempt++)
                {
                    if (await orders.TryProcessAsync(body))
                        return;
                    await Task.Delay(TimeSpan.FromSeconds(2));
                }

                throw new TimeoutException();
            }
        );

    // expect none
    // deployed standard reports timeout=30 batch=3
    public async Task<SQSBatchResponse> SmallBatchFits(SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                using var answer = await SixSeconds.PostAsync("https://a.example", new StringContent(message.Body));
                answer.EnsureSuccessStatusCode();
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
    // deployed standard reports timeout=30
    public async Task<SQSBatchResponse> AllAtOnceFits(SQSEvent evt)
    {
        var failures = new System.Collections.Concurrent.ConcurrentBag<BatchItemFailure>();
        await Task.WhenAll(
            evt.Records.Select(async message =>
            {
                try
                {
                    using var answer = await SixSeconds.PostAsync("https://a.example", new StringContent(message.Body));
                    answer.EnsureSuccessStatusCode();
                }
                catch (Exception e)
                {
                    logger.LogError(e, "failed");
                    failures.Add(Failed(message));
                }
            })
        );
        return new SQSBatchResponse(failures.ToList());
    }

    // expect ALO305
    // deployed standard reports timeout=60
    public async Task<SQSBatchResponse> NeverLooksAtTheClock(SQSEvent evt, ILambdaContext context)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                await PutAsync(message);
            }
            catch (Exception e)
            {
                context.Logger.LogError(e.Message);
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed standard reports timeout=60
    public async Task<SQSBatchResponse> LooksAtTheClock(SQSEvent evt, ILambdaContext context)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            if (context.RemainingTime < TimeSpan.FromSeconds(5))
            {
                failures.Add(Failed(message));
                continue;
            }

            try
            {
                await PutAsync(message);
            }
            catch (Exception e)
            {
                context.Logger.LogError(e.Message);
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed standard reports timeout=60 batch=1
    public async Task<SQSBatchResponse> OneNeedsNoClock(SQSEvent evt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                await PutAsync(message);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO306
    // deployed standard reports timeout=300 visibility=300 window=120
    public async Task<SQSBatchResponse> WaitsLongerThanTheQueue(SQSEvent evt)
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
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }

            await Task.Delay(TimeSpan.FromSeconds(25));
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed standard reports timeout=300 visibility=1800
    public async Task<SQSBatchResponse> WaitsALittle(SQSEvent evt)
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
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }

            // The label is about this pause: with ten messages it stays far below the timeout. The code is analysed, and never run.
            await Task.Delay(200);
        }

        return new SQSBatchResponse(failures);
    }

    private Task PutAsync(SQSEvent.SQSMessage message)
    {
        var item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(message.MessageId), ["body"] = new AttributeValue(message.Body) };
        return dynamo.PutItemAsync("orders", item);
    }

    private async Task<SQSBatchResponse> EachAsync(SQSEvent evt, Func<string, Task> process)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evt.Records)
        {
            try
            {
                await process(message.Body);
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
