using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Order;

public sealed class ALO405SequenceNumberMisreadWitness
{
    private readonly RulePage page = RulePage.Of("ALO405");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_no_number_fits_and_the_shard_is_blocked_until_its_records_expire()
    {
        await using var scenario = new StreamScenario(page.Flawed, warehouse.Ship);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("", warehouse.Shipped);
        Assert.Equal("sent 3 = expired 3", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_all_are_shipped()
    {
        await using var scenario = new StreamScenario(page.Fixed, warehouse.Ship);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A B C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
    }
}
