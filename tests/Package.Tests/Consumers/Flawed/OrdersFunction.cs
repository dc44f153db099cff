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
            catch (InvalidOperationException)
            {
                response.BatchItemFailures.Add(new() { ItemIdentifier = message.ReceiptHandle });
            }
            catch (Exception)
            {
                Console.WriteLine("failed");
            }
        }

        return response;
    }
}

public class RefundsFunction(IOrders orders)
{
    public async Task HandleAsync(SQSEvent batch)
    {
        foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
    }
}
