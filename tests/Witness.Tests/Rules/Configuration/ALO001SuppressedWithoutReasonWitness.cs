using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Configuration;

public sealed class ALO001SuppressedWithoutReasonWitness
{
    private const string Reason = " // Nobody has looked at it.";

    private readonly RulePage page = RulePage.Of("ALO001");
    private readonly Warehouse warehouse = new() { MissesOnce = "B" };

    [Fact]
    public async Task Flawed_what_is_silenced_loses_the_failed_message()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Empty(run.Queue("OrdersDlq").Messages);
    }

    [Fact]
    public async Task Flawed_the_suppression_is_all_that_hides_it()
    {
        const string pragma = "#pragma warning disable ALO204";
        var (flawed, cancellationToken) = (page.Flawed, TestContext.Current.CancellationToken);

        var bare = await ExampleAnalysis.FindAsync(flawed with { Code = flawed.Code.Replace(pragma, "", StringComparison.Ordinal) }, cancellationToken);
        var explained = await ExampleAnalysis.FindAsync(
            flawed with
            {
                Code = flawed.Code.Replace(pragma, pragma + Reason, StringComparison.Ordinal),
            },
            cancellationToken
        );

        Assert.Equal(["ALO204"], bare.Select(finding => finding.Id));
        Assert.Empty(explained);
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
