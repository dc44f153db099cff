using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Order;

public sealed class ALO401OvertakesFailedMessageWitness
{
    private readonly RulePage page = RulePage.Of("ALO401");
    private readonly Warehouse warehouse = new() { MissesOnce = "A" };

    [Fact]
    public async Task Flawed_the_messages_behind_the_failed_one_overtake_it()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);
        scenario.Queue.SendToGroup("ada", "A", "B", "C");

        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal("B C A", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal([2, 1, 1], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
    }

    [Fact]
    public async Task Fixed_they_wait_for_it_and_come_again_in_order()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);
        scenario.Queue.SendToGroup("ada", "A", "B", "C");

        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal("A B C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal([2, 2, 2], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
    }
}
