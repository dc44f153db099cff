using Amazon.Lambda.SQSEvents;

namespace Orders;

public class Calm(HttpClient client)
{
    public async Task HandleAsync(SQSEvent batch)
    {
        foreach (var message in batch.Records) await client.GetAsync(message.Body);
    }
}
