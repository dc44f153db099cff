using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

/// <summary>With <see cref="PowertoolsWeaver"/> in place of the package's own weaver.</summary>
public sealed class ALO106PowertoolsMisusedWitness
{
    private readonly RulePage page = RulePage.Of("ALO106");

    [Fact]
    public async Task Flawed_the_same_message_comes_in_another_batch()
    {
        await using var scenario = new EffectScenario(page.Flawed);
        List<string> shipped = [];

        var run = await scenario.RunWithCrashAsync(scenario.Fake("Shop.IOrders", arguments => shipped.Add((string)arguments[0]!)));

        Assert.Equal(["A", "A"], shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_the_message_is_remembered_by_its_id()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        List<string> shipped = [];

        var run = await scenario.RunWithCrashAsync(scenario.Fake("Shop.IOrders", arguments => shipped.Add((string)arguments[0]!)));

        Assert.Equal(["A"], shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_a_message_that_failed_is_worked_on_again()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        var warehouse = new Warehouse { MissesOnce = "A" };

        var run = await scenario.RunAsync(scenario.Fake("Shop.IOrders", arguments => warehouse.Ship((string)arguments[0]!)));

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }
}
