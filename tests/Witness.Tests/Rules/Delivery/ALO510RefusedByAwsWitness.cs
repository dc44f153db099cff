using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO510RefusedByAwsWitness
{
    private readonly RulePage page = RulePage.Of("ALO510");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_the_mapping_is_refused_in_the_words_of_the_finding()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var refusal = await Assert.ThrowsAsync<InvalidParameterValueException>(() => scenario.RunAsync("A"));

        Assert.Equal(
            "InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
            refusal.Message
        );
        Assert.Equal("P-20", refusal.RuleId);
        var finding = Assert.Single(await ExampleAnalysis.FindAsync(page.Flawed, TestContext.Current.CancellationToken));
        Assert.Contains($"\"{refusal.Message}\"", finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Empty(warehouse.Shipped);
    }

    [Fact]
    public async Task Fixed_the_mapping_is_made_and_the_message_processed()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await scenario.RunAsync("A");

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
    }
}
