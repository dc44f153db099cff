using Amazon;
using Amazon.SQS;
using Amazon.SQS.Model;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO215MessageHandledByHandWitness
{
    private readonly RulePage page = RulePage.Of("ALO215");
    private readonly Warehouse warehouse = new() { MissesOnce = "A" };

    [Fact]
    public async Task Flawed_a_deleted_message_is_lost_when_its_work_fails()
    {
        var run = await RunAsync(page.Flawed);

        Assert.Equal("", warehouse.Shipped);
        Assert.Equal("sent 1 = deleted by the handler 1", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_it_comes_again()
    {
        var run = await RunAsync(page.Fixed);

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal(2, Assert.Single(run.Ledger("Orders").Records).ReceiveCount);
    }

    [Fact]
    public async Task Flawed_a_message_that_is_put_off_is_deleted_where_it_is_not_reported()
    {
        var code = PutOff(page.Fixed.Code);
        var reported = code.IndexOf("                batchItemFailures.Add", StringComparison.Ordinal);

        var run = await RunAsync(page.Fixed with { Code = code.Remove(reported, code.IndexOf('\n', reported) + 1 - reported) });

        Assert.Equal("", warehouse.Shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_a_message_that_is_put_off_and_reported_comes_again_later()
    {
        var run = await RunAsync(page.Fixed with { Code = PutOff(page.Fixed.Code) });

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal(TimeSpan.FromSeconds(300), run.Invocations[1].Start - run.Invocations[0].Start);
    }

    // The page's handler, with a back-off in its catch; the deletion that follows the work is left out.
    private static string PutOff(string code)
    {
        var delete = code.IndexOf("                await sqs.DeleteMessageAsync", StringComparison.Ordinal);
        return code.Remove(delete, code.IndexOf('\n', delete) + 1 - delete)
            .Replace(
                "                batchItemFailures.Add",
                "                await sqs.ChangeMessageVisibilityAsync(\"orders\", message.ReceiptHandle, 300);\n                batchItemFailures.Add",
                StringComparison.Ordinal
            );
    }

    private async Task<EsmRun> RunAsync(Example example)
    {
        using var compiled = new CompiledExample(example);
        var queue = new SqsQueue("OrdersQueue");
        var function = new LambdaFunction("orders", compiled.Handler([new Sqs(queue), compiled.Fake(warehouse.Ship)]));
        await using var host = new LambdaTestHost().Map(
            queue,
            function,
            mapping =>
            {
                mapping.Name = "Orders";
                mapping.ReportBatchItemFailures = true;
            }
        );
        queue.Send("A");
        return await host.RunUntilIdleAsync();
    }

    private sealed class Sqs(SqsQueue queue) : AmazonSQSClient(RegionEndpoint.EUCentral1)
    {
        public override Task<DeleteMessageResponse> DeleteMessageAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken = default)
        {
            queue.Delete(receiptHandle);
            return Task.FromResult(new DeleteMessageResponse());
        }

        public override Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
            string queueUrl,
            string receiptHandle,
            int visibilityTimeout,
            CancellationToken cancellationToken = default
        )
        {
            queue.ChangeVisibility(receiptHandle, TimeSpan.FromSeconds(visibilityTimeout));
            return Task.FromResult(new ChangeMessageVisibilityResponse());
        }
    }
}
