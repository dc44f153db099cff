using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO212LoopLeftEarlyWitness
{
    private readonly RulePage page = RulePage.Of("ALO212");
    private readonly Warehouse warehouse = new() { MissesOnce = "B" };

    [Fact]
    public async Task Flawed_the_messages_behind_the_failed_one_are_deleted_without_a_run()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A B", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal([1, 2, 1], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
    }

    [Fact]
    public async Task Fixed_they_come_again_with_the_failed_one()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A B C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal([1, 2, 2], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
        Assert.Equal("R-11", run.Invocations[0].Outcome!.Rule);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(4000)]
    public async Task Fixed_no_message_of_a_long_queue_is_lost_whatever_the_batches_are(int seed)
    {
        var orders = Enumerable.Range(0, 40).Select(number => $"{number:00}").ToArray();
        var shop = new Warehouse { MissesOnce = "17" };
        await using var scenario = new Scenario(page.Fixed, shop, mapping => mapping.ReportBatchItemFailures = true, seed);

        var run = await scenario.RunAsync(orders);

        Assert.Equal(orders, shop.Shipped.Split(' ').Order(StringComparer.Ordinal));
        Assert.Equal("sent 40 = acknowledged 40", run.Ledger("Orders").ToString());
    }
}
