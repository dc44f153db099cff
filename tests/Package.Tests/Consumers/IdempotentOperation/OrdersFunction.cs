using Amazon.Lambda.SQSEvents;
using AtLeastOnce;

namespace Orders;

public class OrdersFunction
{
    private readonly string journal = "/mnt/journal";

    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
    {
        var response = new SQSBatchResponse { BatchItemFailures = [] };
        foreach (var message in batch.Records)
        {
            try
            {
                await WriteAsync(message.Body);
            }
            catch (Exception exception)
            {
                Console.WriteLine(exception);
                response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
            }
        }

        return response;
    }

    [IdempotentOperation("whoever reads the journal skips lines that it knows")]
    private Task WriteAsync(string order) => File.AppendAllTextAsync(journal, order);
}
