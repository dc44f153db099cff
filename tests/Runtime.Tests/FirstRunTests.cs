using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Tests;

public class FirstRunTests
{
    private sealed record Order(string Id);

    private sealed class OrdersFunction(List<string> shipped)
    {
        public Task<SQSBatchResponse> HandleAsync(SQSEvent input)
        {
            var response = new SQSBatchResponse([]);
            foreach (var record in input.Records)
            {
                if (record.Body.Contains("poison", StringComparison.Ordinal))
                    response.BatchItemFailures.Add(new() { ItemIdentifier = record.MessageId });
                else
                    shipped.Add(record.Body);
            }

            return Task.FromResult(response);
        }
    }

    [Fact]
    public async Task A_poison_order_does_not_hold_up_the_others()
    {
        List<string> shipped = [];
        var dlq = new SqsQueue("orders-dlq");
        var queue = new SqsQueue("orders") { DeadLetter = new(dlq, 3) };
        var function = new LambdaFunction("orders", () => new OrdersFunction(shipped).HandleAsync);
        await using var host = new LambdaTestHost(new() { Seed = 7 }).Map(queue, function, m => m.ReportBatchItemFailures = true);
        queue.SendMany(new Order("good1"), new Order("poison"), new Order("good2"));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["""{"Id":"good1"}""", """{"Id":"good2"}"""], shipped);
        Assert.Equal("poison", Assert.Single(run.Queue("orders-dlq").Messages).Json<Order>().Id);
        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.Ledger("orders").ToString());
        Assert.False(run.UsedRealTime);
        var id = run.Invocations[0].Deliveries[1].Record.Id;
        Assert.Equal(
            $$$"""
              00:00:00.000  queue orders     3 messages sent
              00:00:00.000  orders #1        ▶ batch of 3 [1 2 3]  visibility until 00:00:30
              00:00:00.100  orders #1        ■ returned {"batchItemFailures":[{"itemIdentifier":"{{{id}}}"}]}  1 of 3 reported as failed (R-11)
              00:00:00.100  queue orders     ✖ deleted 1, 3
              00:00:30.000  orders #2        ▶ batch of 1 [2]  receive 2  visibility until 00:01:00
              00:00:30.100  orders #2        ■ returned {"batchItemFailures":[{"itemIdentifier":"{{{id}}}"}]}  all records reported as failed (R-19)
              00:01:00.000  orders #3        ▶ batch of 1 [2]  receive 3  visibility until 00:01:30
              00:01:00.100  orders #3        ■ returned {"batchItemFailures":[{"itemIdentifier":"{{{id}}}"}]}  all records reported as failed (R-19)
              00:01:30.000  queue orders     → 2 moved to orders-dlq after 3 receives (S-23)

            """,
            run.Timeline
        );
    }
}
