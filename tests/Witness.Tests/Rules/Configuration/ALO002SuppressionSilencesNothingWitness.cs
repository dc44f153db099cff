using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Configuration;

public sealed class ALO002SuppressionSilencesNothingWitness
{
    private const string Switch = "            FunctionResponseTypes: [ReportBatchItemFailures]\n";

    private readonly RulePage page = RulePage.Of("ALO002");
    private readonly Warehouse warehouse = new() { MissesOnce = "B" };

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flawed_the_message_is_lost_whatever_the_comment_says()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Empty(run.Queue("OrdersDlq").Messages);
    }

    [Fact]
    public async Task Flawed_the_comment_silences_nothing()
    {
        var flawed = page.Flawed;
        var bare = flawed with { Code = flawed.Code.Replace("#pragma warning disable ALO204", "// ", StringComparison.Ordinal) };

        var found = await ExampleAnalysis.FindAsync(bare, CancellationToken);

        Assert.Equal(["ALO002", "ALO204"], found.Select(finding => finding.Id).Order());
    }

    [Fact]
    public async Task Flawed_a_comment_that_is_left_behind_hides_the_next_flaw()
    {
        var later = WithoutSwitch(page.Further("Flawed: a comment that is left behind"));
        await using var scenario = new Scenario(later, warehouse);

        var found = await ExampleAnalysis.FindAsync(later, CancellationToken);
        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Empty(found);
        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal(RecordFate.AcknowledgedAlthoughReported, run.Ledger("Orders").Records[1].Fate);
    }

    [Fact]
    public async Task Fixed_the_next_flaw_is_told()
    {
        var found = await ExampleAnalysis.FindAsync(WithoutSwitch(page.Further("Fixed: a comment that is left behind")), CancellationToken);

        Assert.Equal(["ALO202"], found.Select(finding => finding.Id));
    }

    [Fact]
    public async Task Fixed_the_failed_message_is_delivered_again_and_shipped()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C B", warehouse.Shipped);
        Assert.Equal([1, 2, 1], run.EnsureNothingLost().Ledger("Orders").Records.Select(record => record.ReceiveCount));
    }

    private static Example WithoutSwitch(Example example)
    {
        Assert.Contains(Switch, example.Template, StringComparison.Ordinal);
        return example with { Template = example.Template!.Replace(Switch, "", StringComparison.Ordinal) };
    }
}
