using Amazon.Lambda.SQSEvents;

namespace InRepository;

public class OrdersFunction(HttpClient client)
{
    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
    {
        var response = new SQSBatchResponse { BatchItemFailures = [] };
        foreach (var message in batch.Records)
        {
            try
            {
                await client.GetAsync(new Uri(message.Body));
            }
            catch (Exception)
            {
                response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
            }
        }

        return response;
    }
}
