using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Order;

public sealed class ALO404TakenForOneGroupWitness
{
    private readonly RulePage page = RulePage.Of("ALO404");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_a_message_of_another_group_is_handled_under_that_of_the_first()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        await RunAsync(scenario);

        Assert.Equal("ada: tea ada: cups", warehouse.Shipped);
    }

    [Fact]
    public async Task Fixed_each_is_handled_under_its_own()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        await RunAsync(scenario);

        Assert.Equal("ada: tea bob: cups", warehouse.Shipped);
    }

    private static async Task RunAsync(Scenario scenario)
    {
        scenario.Queue.SendToGroup("ada", "tea");
        scenario.Queue.SendToGroup("bob", "cups");

        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal(2, Assert.Single(run.Invocations).Deliveries.Count);
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("Orders").ToString());
    }
}
