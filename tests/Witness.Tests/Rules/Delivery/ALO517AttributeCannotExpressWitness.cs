using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO517AttributeCannotExpressWitness
{
    private readonly RulePage page = RulePage.Of("ALO517");
    private readonly Warehouse warehouse = new() { MissesOnce = "B" };

    [Fact]
    public async Task Flawed_what_the_handler_reports_is_not_read()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + acknowledged although reported as failed 1", run.Ledger("Orders").ToString());
        Assert.Empty(run.Queue("OrdersDlq").Messages);
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    [Fact]
    public async Task Fixed_the_reported_message_is_delivered_again_and_shipped()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C B", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.EnsureNothingLost().Ledger("Orders").ToString());
    }
}
