using Amazon.Lambda.SQSEvents;

namespace Orders;

public interface IPayments
{
    Task ChargeAsync(string order);

    Task RefundAsync(string order);
}

public class OrdersFunction(IPayments payments)
{
    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
    {
        var response = new SQSBatchResponse { BatchItemFailures = [] };
        foreach (var message in batch.Records)
        {
            try
            {
                await payments.ChargeAsync(message.Body);
                await payments.RefundAsync(message.Body);
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
