using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO212LoopLeftEarlyWitness
{
    private readonly RulePage page = RulePage.Of("ALO212");
    private readonly Warehouse warehouse = new() { MissesOnce = "B" };

    [Fact]
    public async Task Flawed_the_messages_behind_the_failed_one_are_deleted_without_a_run()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A B", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal([1, 2, 1], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
    }

    [Fact]
    public async Task Fixed_they_come_again_with_the_failed_one()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A B C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal([1, 2, 2], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
        Assert.Equal("R-11", run.Invocations[0].Outcome!.Rule);
    }
}
