using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

namespace Orders;

/// <summary>An order as the shop sends it.</summary>
public sealed record Order(string Id, string Product, int Quantity);

/// <summary>Where orders are shipped from. Shipping one order twice does nothing the second time.</summary>
public interface IWarehouse
{
    /// <summary>Ships an order.</summary>
    Task ShipAsync(Order order);
}

/// <summary>Ships the orders of a queue; an order that cannot be shipped now is reported, and comes again.</summary>
public sealed class OrdersFunction(IWarehouse warehouse)
{
    /// <summary>Lambda makes the function with this one.</summary>
    public OrdersFunction()
        : this(new HttpWarehouse(new HttpClient { BaseAddress = new Uri("https://warehouse.example/") })) { }

    /// <summary>The handler of the template.</summary>
    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in batch.Records)
        {
            try
            {
                var order = JsonSerializer.Deserialize<Order>(message.Body) ?? throw new JsonException("The message holds no order.");
                await warehouse.ShipAsync(order);
            }
            catch (Exception exception)
            {
                context.Logger.LogError(exception, "Message {MessageId} failed", message.MessageId);
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }
}
