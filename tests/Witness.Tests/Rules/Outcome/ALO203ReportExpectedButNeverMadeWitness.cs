using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO203ReportExpectedButNeverMadeWitness
{
    private readonly RulePage page = RulePage.Of("ALO203");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_the_switch_is_on_and_one_bad_message_still_returns_the_batch()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.True(scenario.Host.Mapping("Orders").ReportBatchItemFailures);
        Assert.Equal("A A A A A", warehouse.Shipped);
        Assert.Equal("sent 3 = dead-lettered 3", run.Ledger("Orders").ToString());
        Assert.All(
            run.Invocations,
            invocation => Assert.Equal((BatchOutcomeKind.WholeBatchFailure, "R-18"), (invocation.Outcome!.Kind, invocation.Outcome.Rule))
        );
    }

    [Fact]
    public async Task Fixed_the_good_messages_are_shipped_once()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.Ledger("Orders").ToString());
        Assert.Equal("B", Assert.Single(run.Queue("OrdersDlq").Messages).Body);
    }
}
