using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO500TemplateCannotBeReadWitness
{
    private readonly RulePage page = RulePage.Of("ALO500");
    private readonly Warehouse warehouse = new();

    [Fact]
    public void Flawed_there_is_nothing_to_check_or_to_run()
    {
        var refusal = Assert.Throws<InvalidDataException>(() => new Scenario(page.Flawed, warehouse));

        Assert.EndsWith(
            "template.yaml(27,1): It is no valid YAML or JSON: While parsing a flow sequence, did not find expected ',' or ']'.",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Flawed_a_loss_that_it_deploys_is_not_found()
    {
        var lossy = page.Fixed.Template!.Replace("            FunctionResponseTypes: [ReportBatchItemFailures]\n", "", StringComparison.Ordinal);

        Assert.Equal(["ALO202"], await FindAsync(lossy));
        Assert.Equal(["ALO500"], await FindAsync(lossy + "            Tags: [unclosed\n"));
    }

    [Fact]
    public async Task Fixed_the_mapping_is_read_and_the_message_processed()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await scenario.RunAsync("A");

        Assert.True(scenario.Host.Mapping("Orders").ReportBatchItemFailures);
        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
    }

    private async Task<IEnumerable<string>> FindAsync(string template)
    {
        var found = await ExampleAnalysis.FindAsync(page.Fixed with { Template = template }, TestContext.Current.CancellationToken);
        return found.Select(finding => finding.Id);
    }
}
