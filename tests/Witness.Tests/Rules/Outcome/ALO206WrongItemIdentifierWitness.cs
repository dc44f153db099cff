using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO206WrongItemIdentifierWitness
{
    private readonly RulePage page = RulePage.Of("ALO206");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_the_whole_batch_fails_again_and_again_until_it_is_dead()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C A C A C A C A C", warehouse.Shipped);
        Assert.Equal("sent 3 = dead-lettered 3", run.Ledger("Orders").ToString());
        Assert.Equal(5, run.Invocations.Count);
        Assert.All(
            run.Invocations,
            invocation => Assert.Equal((BatchOutcomeKind.WholeBatchFailure, "R-10"), (invocation.Outcome!.Kind, invocation.Outcome.Rule))
        );
    }

    [Fact]
    public async Task Fixed_only_the_failed_message_comes_again()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.Ledger("Orders").ToString());
        Assert.Equal("B", Assert.Single(run.Queue("OrdersDlq").Messages).Body);
    }
}
