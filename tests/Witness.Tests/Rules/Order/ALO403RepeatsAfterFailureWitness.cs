using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Order;

public sealed class ALO403RepeatsAfterFailureWitness
{
    private readonly RulePage page = RulePage.Of("ALO403");
    private readonly Warehouse warehouse = new() { MissesOnce = "B" };

    [Fact]
    public async Task Flawed_the_record_behind_the_failed_one_is_processed_before_it_and_after_it()
    {
        await using var scenario = new StreamScenario(page.Flawed, warehouse.Ship);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C B C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_each_is_processed_once_and_in_order()
    {
        await using var scenario = new StreamScenario(page.Fixed, warehouse.Ship);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A B C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
    }
}
