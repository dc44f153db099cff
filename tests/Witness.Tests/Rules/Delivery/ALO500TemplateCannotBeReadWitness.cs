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

        Assert.EndsWith("template.yaml(27,1): It is no valid YAML or JSON: While parsing a flow sequence, did not find expected ',' or ']'.", refusal.Message, StringComparison.Ordinal);
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
}
