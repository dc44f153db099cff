using Amazon;
using Amazon.SQS;
using Amazon.SQS.Model;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO518SendsToOwnQueueWitness
{
    private readonly RulePage page = RulePage.Of("ALO518");

    [Fact]
    public async Task Flawed_the_message_goes_round_and_is_never_given_up()
    {
        var (run, deadLetters) = await RunAsync(page.Flawed);

        var records = run.Ledger("Orders").Records;
        Assert.Equal(24 * 60 + 2, records.Count);
        Assert.All(records, record => Assert.InRange(record.ReceiveCount, 0, 1));
        Assert.Empty(deadLetters);
    }

    [Fact]
    public async Task Fixed_the_message_is_given_up_after_five_receives()
    {
        var (run, deadLetters) = await RunAsync(page.Fixed);

        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("Orders").ToString());
        Assert.Equal(5, run.Ledger("Orders").Records[0].ReceiveCount);
        Assert.Equal(["B"], deadLetters);
    }

    private async Task<(EsmRun Run, IReadOnlyList<string> DeadLetters)> RunAsync(Example example)
    {
        using var compiled = new CompiledExample(example);
        await using var host = LambdaTestHost.FromTemplate(compiled.TemplatePath);
        var queue = host.Queue("OrdersQueue");
        var outOfStock = compiled.Type("Shop.OutOfStockException");
        var orders = compiled.Fake(_ => throw (Exception)Activator.CreateInstance(outOfStock)!);
        host.Handle("OrdersFunction", compiled.Handler([orders, new Client(queue)]));
        queue.Send("B");
        var run = await host.RunForAsync(TimeSpan.FromDays(1));
        return (run, [.. host.Queue("OrdersDlq").Messages.Select(message => message.Body)]);
    }

    private sealed class Client(SqsQueue queue) : AmazonSQSClient(RegionEndpoint.EUCentral1)
    {
        public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default)
        {
            queue.Send(request.MessageBody, delay: TimeSpan.FromSeconds(request.DelaySeconds));
            return Task.FromResult(new SendMessageResponse());
        }
    }
}
