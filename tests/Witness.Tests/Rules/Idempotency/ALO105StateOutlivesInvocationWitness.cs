using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

public sealed class ALO105StateOutlivesInvocationWitness
{
    private readonly RulePage page = RulePage.Of("ALO105");

    [Fact]
    public async Task Flawed_the_order_is_reported_although_it_was_shipped()
    {
        var warehouse = new Warehouse { MissesOnce = "B" };
        await using var scenario = new Scenario(page.Flawed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C B B B B", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Flawed_an_order_of_a_later_batch_fails_with_it()
    {
        var warehouse = new Warehouse { MissesOnce = "A" };
        await using var scenario = new Scenario(page.Flawed, warehouse, mapping => mapping.ReportBatchItemFailures = true);
        await scenario.RunAsync("A");

        var run = await scenario.RunAsync("D");

        Assert.Equal("A A A A D D D D D", warehouse.Shipped);
        Assert.Equal("sent 2 = dead-lettered 2", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_each_order_is_shipped_once()
    {
        var warehouse = new Warehouse { MissesOnce = "B" };
        await using var scenario = new Scenario(page.Fixed, warehouse, mapping => mapping.ReportBatchItemFailures = true);
        await scenario.RunAsync("A", "B", "C");

        var run = await scenario.RunAsync("D");

        Assert.Equal("A C B D", warehouse.Shipped);
        Assert.Equal("sent 4 = acknowledged 4", run.Ledger("Orders").ToString());
    }
}
