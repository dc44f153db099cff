using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO210OtherRecordsIgnoredWitness
{
    private readonly RulePage page = RulePage.Of("ALO210");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_the_others_are_deleted_without_a_run()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal(BatchOutcomeKind.Success, Assert.Single(run.Invocations).Outcome!.Kind);
    }

    [Fact]
    public async Task Flawed_a_batch_of_several_that_is_refused_ends_in_the_dead_letter_queue()
    {
        var refusing = page.Flawed with { Code = page.Flawed.Code.Replace("batch.Records[0]", "batch.Records.Single()", StringComparison.Ordinal) };
        await using var scenario = new Scenario(refusing, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("", warehouse.Shipped);
        Assert.Equal(3, run.Queue("OrdersDlq").Messages.Count);
    }

    [Fact]
    public async Task Fixed_all_are_processed()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A B C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal([1, 1, 1], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
    }
}
