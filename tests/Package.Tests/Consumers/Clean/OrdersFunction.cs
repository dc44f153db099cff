using Amazon.Lambda.SQSEvents;

namespace Orders;

public interface IOrders
{
    Task ShipAsync(string order);
}

public class OrdersFunction(IOrders orders)
{
    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
    {
        var response = new SQSBatchResponse { BatchItemFailures = [] };
        foreach (var message in batch.Records)
        {
            try
            {
                await orders.ShipAsync(message.Body);
            }
            catch (Exception exception)
            {
                Console.WriteLine(exception);
                response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
            }
        }

        return response;
    }
}
