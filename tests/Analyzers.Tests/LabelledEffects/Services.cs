using System;
using System.Collections.Generic;
using System.Data;
using System.IO;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dapper;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

namespace Labelled;

public sealed record Order(string Id, string CustomerId, int Quantity, decimal Amount);

public sealed class Shipment
{
    public string Id { get; set; } = Guid.NewGuid().ToString();

    public string OrderId { get; set; } = "";
}

/// <summary>What every class of handlers has.</summary>
public abstract class Handlers
{
    protected readonly IAmazonDynamoDB dynamo = null!;
    protected readonly IAmazonSQS sqs = null!;
    protected readonly HttpClient http = new();
    protected readonly IDbConnection database = null!;
    protected readonly IDatabase redis = null!;
    protected readonly Stock stock = new(null!);
    protected readonly IOrderStore orders = null!;
    protected readonly Payments payments = new(null!);
    protected readonly OrderEvents events = new(null!);
    protected readonly OrderRows rows = new(null!);
    protected readonly Ledger ledger = new();

    protected static Order Parse(string body) => JsonSerializer.Deserialize<Order>(body)!;
}

public sealed class Stock
{
    private readonly IAmazonDynamoDB dynamo;

    public Stock(IAmazonDynamoDB dynamo) => this.dynamo = dynamo;

    public Task TakeAsync(string id, int quantity) =>
        dynamo.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = "stock",
                Key = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(id) },
                UpdateExpression = "SET quantity = quantity - :n",
                ConditionExpression = "quantity >= :n",
                ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":n"] = new AttributeValue { N = quantity.ToString() } },
            }
        );

    public Task TakeOnceAsync(string id, int quantity, string messageId) =>
        dynamo.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = "stock",
                Key = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(id) },
                UpdateExpression = "SET quantity = quantity - :n, lastMessage = :m",
                ConditionExpression = "lastMessage <> :m",
                ExpressionAttributeValues = new Dictionary<string, AttributeValue>
                {
                    [":n"] = new AttributeValue { N = quantity.ToString() },
                    [":m"] = new AttributeValue(messageId),
                },
            }
        );

    public Task CountAsync(string id)
    {
        var request = new UpdateItemRequest
        {
            TableName = "counters",
            Key = new Dictionary<string, AttributeValue>
            {
                {
                    "pk",
                    new AttributeValue { S = id }
                },
            },
            UpdateExpression = "ADD orders :one",
            ExpressionAttributeValues = new Dictionary<string, AttributeValue>
            {
                {
                    ":one",
                    new AttributeValue { N = "1" }
                },
            },
        };
        return dynamo.UpdateItemAsync(request);
    }

    public Task SetAsync(string id, int quantity) =>
        dynamo.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = "stock",
                Key = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(id) },
                UpdateExpression = "SET quantity = :n",
                ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":n"] = new AttributeValue { N = quantity.ToString() } },
            }
        );
}

public interface IOrderStore
{
    Task SaveAsync(Order order);

    Task SaveNewAsync(Order order);

    Task<bool> ExistsAsync(string id);

    Task ClaimAsync(string id);
}

public sealed class DynamoOrderStore : IOrderStore
{
    private readonly IAmazonDynamoDB dynamo = null!;

    public Task SaveAsync(Order order) => PutAsync(order.Id, order);

    public Task SaveNewAsync(Order order) => PutAsync(Guid.NewGuid().ToString("N"), order);

    public async Task<bool> ExistsAsync(string id)
    {
        var found = await dynamo.GetItemAsync(
            new GetItemRequest
            {
                TableName = "orders",
                Key = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(id) },
            }
        );
        return found.IsItemSet;
    }

    public Task ClaimAsync(string id) =>
        dynamo.PutItemAsync(
            new PutItemRequest
            {
                TableName = "handled",
                Item = new Dictionary<string, AttributeValue> { ["id"] = new AttributeValue(id) },
                ConditionExpression = "attribute_not_exists(id)",
            }
        );

    private Task PutAsync(string id, Order order) =>
        dynamo.PutItemAsync(
            new PutItemRequest
            {
                TableName = "orders",
                Item = new Dictionary<string, AttributeValue>
                {
                    ["id"] = new AttributeValue(id),
                    ["customer"] = new AttributeValue(order.CustomerId),
                    ["written"] = new AttributeValue(DateTime.UtcNow.ToString("O")),
                },
            }
        );
}

public sealed class Payments
{
    private readonly HttpClient http;

    public Payments(HttpClient http) => this.http = http;

    public async Task ChargeAsync(Order order)
    {
        var response = await http.PostAsJsonAsync("https://payments.example/charges", order);
        response.EnsureSuccessStatusCode();
    }

    public async Task ChargeAsync(Order order, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://payments.example/charges");
        request.Headers.Add("Idempotency-Key", key);
        request.Content = JsonContent.Create(order);
        using var response = await http.SendAsync(request);
    }

    public Task<HttpResponseMessage> RateAsync(string currency) => http.GetAsync("https://payments.example/rates/" + currency);

    public Task<HttpResponseMessage> LogInAsync() =>
        http.PostAsync("https://identity.example/oauth2/token", new StringContent("grant_type=client_credentials"));
}

public sealed class OrderEvents
{
    private readonly IAmazonSQS sqs;

    public OrderEvents(IAmazonSQS sqs) => this.sqs = sqs;

    public Task ShippedAsync(Order order) => sqs.SendMessageAsync("shipped", JsonSerializer.Serialize(order.CustomerId));

    public Task ShippedInOrderAsync(Order order) =>
        sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = "shipped.fifo",
                MessageBody = JsonSerializer.Serialize(order),
                MessageGroupId = order.CustomerId,
                MessageDeduplicationId = order.Id,
            }
        );

    public Task ShippedInOrderAsync(Order order, string deduplicationId) =>
        sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = "shipped.fifo",
                MessageBody = JsonSerializer.Serialize(order),
                MessageGroupId = order.CustomerId,
                MessageDeduplicationId = deduplicationId,
            }
        );
}

public sealed class OrderRows
{
    private readonly IDbConnection database;

    public OrderRows(IDbConnection database) => this.database = database;

    public Task InsertAsync(Order order) => database.ExecuteAsync("INSERT INTO orders (customer, amount) VALUES (@CustomerId, @Amount)", order);

    public Task InsertOnceAsync(Order order) =>
        database.ExecuteAsync("INSERT INTO orders (id, customer) VALUES (@Id, @CustomerId) ON CONFLICT (id) DO NOTHING", order);

    public async Task<bool> IsKnownAsync(string id) => await database.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM orders WHERE id = @id", new { id }) > 0;

    public async Task<bool> ClaimAsync(string id) =>
        await database.ExecuteAsync("INSERT INTO handled (id) VALUES (@id) ON CONFLICT DO NOTHING", new { id }) == 1;
}

/// <summary>Appends to a file on a mounted disk.</summary>
public sealed class Ledger
{
    public void Write(Order order) => File.AppendAllText("/mnt/ledger.csv", order.Id + ";" + order.Amount + "\n");
}

public sealed class Shop : DbContext
{
    public DbSet<Order> Orders { get; } = null!;
}
