using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;

namespace Labelled;

/// <summary>HTTP requests.</summary>
public sealed class HttpHandlers : Handlers
{
    private const string Charges = "https://payments.example/charges";

    // expect ALO101
    public async Task Charges1(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await payments.ChargeAsync(Parse(message.Body));
    }

    // expect ALO101
    public async Task PostsHere(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var content = new StringContent(message.Body, Encoding.UTF8, "application/json");
            var response = await http.PostAsync(Charges, content);
            response.EnsureSuccessStatusCode();
        }
    }

    // expect none
    public async Task PutsUnderAnId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await http.PutAsJsonAsync("https://orders.example/" + message.MessageId, message.Body);
    }

    // expect none
    public async Task AsksForARate(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            using var rate = await payments.RateAsync("EUR");
            await orders.SaveAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task LogsInFirst(SQSEvent evnt)
    {
        using var token = await payments.LogInAsync();
        foreach (var message in evnt.Records)
            await orders.SaveAsync(Parse(message.Body));
    }

    // expect ALO101
    public async Task LogsInAndPosts(SQSEvent evnt)
    {
        using var token = await payments.LogInAsync();
        foreach (var message in evnt.Records)
            await http.PostAsJsonAsync("https://orders.example/shipments", Parse(message.Body));
    }

    // expect none
    public async Task Searches(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await http.PostAsJsonAsync("https://index.example/orders/_search", new { query = message.Body });
    }

    // expect none
    public async Task AsksByGraphQl(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await http.PostAsJsonAsync("https://shop.example/graphql", new { text = message.Body });
    }

    // expect ALO101
    public async Task SendsARequest(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Charges) { Content = new StringContent(message.Body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
            using var response = await http.SendAsync(request);
        }
    }

    // expect none
    public async Task SendsARequestWithItsKey(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Charges) { Content = new StringContent(message.Body) };
            request.Headers.Add("Idempotency-Key", message.MessageId);
            using var response = await http.SendAsync(request);
        }
    }

    // expect none
    public async Task SendsAGet(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "https://orders.example/" + message.Body);
            using var response = await http.SendAsync(request);
        }
    }

    // expect none
    public async Task Deletes(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await http.DeleteAsync("https://orders.example/" + message.Body);
    }

    // expect ALO101
    public async Task Patches(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await http.PatchAsync("https://orders.example/7", new StringContent(message.Body));
    }

    // expect ALO101
    public async Task PostsFromALocalFunction(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await NotifyAsync(message.Body);

        async Task NotifyAsync(string text)
        {
            using var response = await http.PostAsync("https://chat.example/hooks/7", new StringContent(text));
        }
    }

    // expect ALO101
    public async Task PostsWithACorrelationId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var body = JsonSerializer.Serialize(new { correlation = Guid.NewGuid(), message.Body });
            await http.PostAsync(Charges, new StringContent(body));
        }
    }

    // expect none
    public async Task PostsOnlyWhenSomethingFails(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.SaveAsync(Parse(message.Body));
            }
            catch (Exception exception)
            {
                context.Logger.LogError(exception.Message);
                await http.PostAsJsonAsync("https://chat.example/hooks/alarm", new { exception.Message });
                throw;
            }
        }
    }

    // expect none
    public async Task PostsInARunOnceWrapper(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await Idempotency.RunOnceAsync(
                message.MessageId,
                async () =>
                {
                    await http.PostAsJsonAsync(Charges, message.Body);
                }
            );
        }
    }

    // expect none
    public async Task PostsAfterTheInbox(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (await Inbox.AlreadyProcessedAsync(message.MessageId))
                continue;
            await payments.ChargeAsync(Parse(message.Body));
        }
    }
}

public static class Idempotency
{
    public static Task RunOnceAsync(string key, Func<Task> work) => Store.Instance.RunAsync(key, work);
}

public static class Inbox
{
    public static Task<bool> AlreadyProcessedAsync(string id) => Store.Instance.HasAsync(id);
}

public abstract class Store
{
    public static Store Instance { get; } = null!;

    public abstract Task RunAsync(string key, Func<Task> work);

    public abstract Task<bool> HasAsync(string id);
}
