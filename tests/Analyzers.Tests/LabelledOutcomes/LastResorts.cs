using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;

namespace Labelled;

public sealed class DeadOrder
{
    public string? Body { get; set; }

    public string? Reason { get; set; }
}

public sealed record Counted(int Done, int Failed);

public interface IDeadOrders
{
    Task KeepAsync(DeadOrder order);
}

/// <summary>What becomes of a failure that is handed to other code, when that code fails as well.</summary>
public sealed class LastResorts : Function
{
    private readonly IDeadOrders deadOrders = null!;
    private readonly HttpClient chat = new();

    // expect ALO204
    // told in LastResorts.KeepAsync
    public async Task KeepsIfItCan(KinesisEvent batch)
    {
        foreach (var record in batch.Records)
        {
            using var reader = new System.IO.StreamReader(record.Kinesis.Data);
            var text = reader.ReadToEnd();
            try
            {
                await orders.ProcessAsync(text);
            }
            catch (Exception e)
            {
                await KeepAsync(text, e);
            }
        }
    }

    private async Task KeepAsync(string body, Exception why)
    {
        var dead = new DeadOrder { Body = body, Reason = why.Message };
        try
        {
            await deadOrders.KeepAsync(dead);
        }
        catch (Exception e)
        {
            Console.WriteLine($"Not kept: {JsonSerializer.Serialize(dead)} because of {e?.Message}");
        }
    }

    // expect none
    // deployed standard batch=1
    public async Task KeepsOrFails(SQSEvent batch)
    {
        foreach (var message in batch.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception e)
            {
                await KeepOrFailAsync(message.Body, e);
            }
        }
    }

    private async Task KeepOrFailAsync(string body, Exception why)
    {
        try
        {
            await deadOrders.KeepAsync(new DeadOrder { Body = body, Reason = why.Message });
        }
        catch (Exception e)
        {
            logger.LogError(e, "Not kept: {Body}", body);
            throw;
        }
    }

    // expect ALO204
    // told in LastResorts.TellAsync
    public async Task TellsTheTeam(SQSEvent batch)
    {
        foreach (var message in batch.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                await TellAsync(message.MessageId, e);
            }
        }
    }

    private async Task TellAsync(string id, Exception why)
    {
        try
        {
            var answer = await chat.PostAsync("https://chat.example.org", new StringContent($"{id}: {why.Message}"));
            answer.EnsureSuccessStatusCode();
        }
        catch (Exception e)
        {
            logger.LogWarning($"The team was not told of {id}: {e.Message}");
        }
    }

    // expect none
    // deployed standard batch=1
    public async Task TellsTheTeamAndFails(SQSEvent batch)
    {
        foreach (var message in batch.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception e)
            {
                await WarnAsync(message.MessageId, e);
                throw;
            }
        }
    }

    private async Task WarnAsync(string id, Exception why)
    {
        try
        {
            await deadOrders.KeepAsync(new DeadOrder { Body = id, Reason = why.Message });
        }
        catch (Exception e)
        {
            logger.LogWarning($"Nobody was told of {id}: {e.Message}");
        }
    }

    // expect ALO204
    public async Task Publishes(DynamoDBEvent batch, ILambdaContext context)
    {
        foreach (var record in batch.Records)
            try
            {
                switch (record.EventName)
                {
                    case "INSERT":
                        await AddedAsync(record);
                        break;
                    default:
                        context.Logger.LogInformation(record.EventName);
                        break;
                }
            }
            catch (Exception e)
            {
                context.Logger.LogError(e.Message);
            }
    }

    // expect none
    // deployed dynamodb batch=1
    public async Task PublishesOrFails(DynamoDBEvent batch, ILambdaContext context)
    {
        foreach (var record in batch.Records)
        {
            try
            {
                if (record.EventName == "INSERT")
                    await AddedAsync(record);
            }
            catch (Exception e)
            {
                context.Logger.LogError(e.Message);
                throw;
            }
        }
    }

    private async Task AddedAsync(DynamoDBEvent.DynamodbStreamRecord record)
    {
        var id = record.EventID;
        if (id is not null)
            await deadOrders.KeepAsync(new DeadOrder { Body = id });
    }

    // expect ALO204
    // told in LastResorts.CountAsync
    public async Task<Counted> CountsFailures(SQSEvent batch)
    {
        return await CountAsync(batch.Records);
    }

    private async Task<Counted> CountAsync(List<SQSEvent.SQSMessage> messages)
    {
        var done = 0;
        var failed = 0;
        foreach (var message in messages)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
                done++;
            }
            catch (Exception e)
            {
                logger.LogWarning($"{message.MessageId} failed: {e.Message}");
                failed++;
            }
        }

        logger.LogInformation($"{done} done, {failed} failed");
        return new Counted(done, failed);
    }
}

// expect ALO209
public sealed class WarmedUpByNobody : Function
{
    private Order? settings;

    public WarmedUpByNobody() => LoadAsync();

    public async Task FunctionHandler(SQSEvent batch)
    {
        await orders.ProcessAsync(settings ?? throw new InvalidOperationException("not loaded yet"));
    }

    private async void LoadAsync() => settings = await orders.FindAsync("settings");
}

// expect none
// deployed standard batch=1
public sealed class WarmedUpFirst : Function
{
    private readonly Order? settings;

    public WarmedUpFirst() => settings = orders.FindAsync("settings").GetAwaiter().GetResult();

    public async Task FunctionHandler(SQSEvent batch)
    {
        foreach (var message in batch.Records)
            await orders.ProcessAsync(message.Body + settings);
    }
}
