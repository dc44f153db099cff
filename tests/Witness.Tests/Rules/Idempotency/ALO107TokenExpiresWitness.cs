using Amazon;
using Amazon.SQS;
using Amazon.SQS.Model;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

public sealed class ALO107TokenExpiresWitness
{
    private readonly RulePage page = RulePage.Of("ALO107");

    [Fact]
    public async Task Flawed_the_queue_has_forgotten_the_id_at_the_third_delivery()
    {
        var shipped = new SqsQueue("shipped.fifo");

        var starts = await RunAsync(page.Flawed, shipped, crashes: 2);

        Assert.Equal([0, 180, 360], starts);
        Assert.Equal(["A", "A"], shipped.Receive(10).Select(receipt => receipt.Message.Body));
    }

    [Fact]
    public async Task Flawed_the_second_delivery_is_still_told_apart()
    {
        var shipped = new SqsQueue("shipped.fifo");

        var starts = await RunAsync(page.Flawed, shipped, crashes: 1);

        Assert.Equal([0, 180], starts);
        Assert.Equal(["A"], shipped.Receive(10).Select(receipt => receipt.Message.Body));
    }

    [Fact]
    public async Task Fixed_the_last_delivery_comes_in_time()
    {
        var shipped = new SqsQueue("shipped.fifo");

        var starts = await RunAsync(page.Fixed, shipped, crashes: 4);

        Assert.Equal([0, 60, 120, 180, 240], starts);
        Assert.Equal(["A"], shipped.Receive(10).Select(receipt => receipt.Message.Body));
    }

    // When the deliveries of one order began, in seconds after the first.
    private static async Task<IEnumerable<double>> RunAsync(Example example, SqsQueue shipped, int crashes)
    {
        using var compiled = new CompiledExample(example);
        await using var host = LambdaTestHost
            .FromTemplate(compiled.TemplatePath)
            .Handle(Scenario.FunctionName, compiled.Handler([new Sqs(shipped)]))
            .Add(shipped);
        host.Faults.CrashAfterHandler(first: crashes);
        host.Queue("OrdersQueue").Send("A");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(crashes + 1, run.Ledger("Orders").Records[0].ReceiveCount);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        return run.Invocations.Select(invocation => (invocation.Start - run.Invocations[0].Start).TotalSeconds);
    }

    private sealed class Sqs(SqsQueue queue) : AmazonSQSClient(RegionEndpoint.EUCentral1)
    {
        public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default)
        {
            queue.Send(request.MessageBody, messageGroupId: request.MessageGroupId, deduplicationId: request.MessageDeduplicationId);
            return Task.FromResult(new SendMessageResponse());
        }
    }
}
