using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Time;

public sealed class ALO301VisibilityBelowFunctionTimeoutWitness
{
    private readonly RulePage page = RulePage.Of("ALO301");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_the_mapping_is_refused_and_nothing_runs()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var refusal = await Assert.ThrowsAsync<InvalidParameterValueException>(() => scenario.RunAsync("A"));

        Assert.Equal("InvalidParameterValueException: Queue visibility timeout: 60 seconds is less than Function timeout: 180 seconds", refusal.Message);
        Assert.Equal("P-23", refusal.RuleId);
        Assert.Empty(warehouse.Shipped);
    }

    [Fact]
    public async Task Fixed_the_mapping_is_made_and_the_message_processed()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await scenario.RunAsync("A");

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(TimeSpan.FromSeconds(6 * 180), scenario.Queue.VisibilityTimeout);
    }
}
