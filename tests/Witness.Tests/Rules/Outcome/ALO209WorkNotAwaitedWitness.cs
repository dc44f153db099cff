using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO209WorkNotAwaitedWitness
{
    private readonly RulePage page = RulePage.Of("ALO209");
    private readonly Warehouse warehouse = new() { MissesOnce = "B" };

    [Fact]
    public async Task Flawed_the_failure_is_seen_by_nobody_and_the_message_is_deleted()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal(BatchOutcomeKind.Success, Assert.Single(run.Invocations).Outcome!.Kind);
    }

    [Fact]
    public async Task Fixed_the_failed_message_is_delivered_again_and_shipped()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C B", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal([1, 2, 1], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
    }
}
