using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Json;
using System.Threading.Tasks;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using static Amazon.Lambda.SQSEvents.SQSBatchResponse;

namespace Labelled;

public sealed class Shop : DbContext
{
    public DbSet<Order> Orders { get; } = null!;
}

/// <summary>Failures as values of other services, messages that are deleted by hand, and a context that keeps what failed.</summary>
public sealed class Results : Function
{
    private readonly IAmazonSQS sqs = null!;
    private readonly IAmazonEventBridge bus = null!;
    private readonly HttpClient client = new();
    private readonly Shop database = null!;

    // expect ALO216
    public async Task<SQSBatchResponse> PostsAndLooksNot(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                await client.PostAsync("https://orders.example/api", new StringContent(message.Body));
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO216
    public async Task<SQSBatchResponse> LogsTheStatus(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                var response = await client.PutAsync($"https://orders.example/api/{message.MessageId}", new StringContent(message.Body));
                logger.LogInformation("Status {Status}", response.StatusCode);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO216
    public async Task<SQSBatchResponse> PutsEvents(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                var entry = new PutEventsRequestEntry { DetailType = "order", Detail = message.Body };
                await bus.PutEventsAsync(new PutEventsRequest { Entries = new List<PutEventsRequestEntry> { entry } });
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
    public async Task<SQSBatchResponse> EnsuresSuccess(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                var response = await client.PostAsync("https://orders.example/api", new StringContent(message.Body));
                response.EnsureSuccessStatusCode();
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
    public async Task<SQSBatchResponse> LooksAtTheStatus(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            if (!await SentAsync(message))
                failures.Add(Failed(message));
        }

        return new SQSBatchResponse(failures);
    }

    private async Task<bool> SentAsync(SQSEvent.SQSMessage message)
    {
        try
        {
            using var response = await client.PostAsJsonAsync("https://orders.example/api", new { message.Body });
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException)
        {
            return false;
        }
    }

    // expect ALO215
    public async Task<SQSBatchResponse> DeletesFirst(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                await sqs.DeleteMessageAsync("https://sqs/orders", message.ReceiptHandle);
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

    // expect none
    public async Task<SQSBatchResponse> DeletesWhatIsDone(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
                await sqs.DeleteMessageAsync("https://sqs/orders", message.ReceiptHandle);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO215
    public async Task<SQSBatchResponse> PutsOffAndSucceeds(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (TimeoutException)
            {
                logger.LogWarning("later");
                await sqs.ChangeMessageVisibilityAsync("https://sqs/orders", message.ReceiptHandle, 300);
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
    public async Task<SQSBatchResponse> PutsOffAndReports(SQSEvent sqsEvent)
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
                try
                {
                    await sqs.ChangeMessageVisibilityAsync("https://sqs/orders", message.ReceiptHandle, 300);
                }
                catch (Exception again)
                {
                    logger.LogWarning("not put off: {Why}", again.Message);
                }
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO214
    public async Task<SQSBatchResponse> OneContextForAll(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                database.Orders.Add(Parse(message.Body));
                await database.SaveChangesAsync();
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
    public async Task<SQSBatchResponse> ClearsTheContext(SQSEvent sqsEvent)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in sqsEvent.Records)
        {
            try
            {
                database.Orders.Add(Parse(message.Body));
                await database.SaveChangesAsync();
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(message));
            }
            finally
            {
                database.ChangeTracker.Clear();
            }
        }

        return new SQSBatchResponse(failures);
    }
}
