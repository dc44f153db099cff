using Amazon.Lambda.SQSEvents;

namespace Orders;

public class OrdersFunction(HttpClient client)
{
    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
    {
        var response = new SQSBatchResponse { BatchItemFailures = [] };
        foreach (var message in batch.Records)
        {
            try
            {
                await client.GetAsync(message.Body);
            }
            catch (Exception)
            {
                response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
            }
        }

        return response;
    }
}

public class RefundsFunction(OrdersFunction orders)
{
    public Task<SQSBatchResponse> HandleRefundsAsync(SQSEvent batch) => orders.HandleAsync(batch);
}
