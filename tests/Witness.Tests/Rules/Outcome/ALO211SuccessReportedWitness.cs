using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO211SuccessReportedWitness
{
    private readonly RulePage page = RulePage.Of("ALO211");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_what_succeeds_ends_in_the_dead_letter_queue()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B");

        Assert.Equal("A B A B A B A B A B", warehouse.Shipped);
        Assert.Equal("sent 2 = dead-lettered 2", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_it_is_done_once()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B");

        Assert.Equal("A B", warehouse.Shipped);
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("Orders").ToString());
    }
}
