using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO205FailureEscapesWitness
{
    private readonly RulePage page = RulePage.Of("ALO205");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_one_unreadable_message_returns_the_batch_although_failures_are_reported()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("""{"Id":"A"}""", "not an order", """{"Id":"C"}""");

        Assert.Equal("A A A A A", warehouse.Shipped);
        Assert.Equal("sent 3 = dead-lettered 3", run.Ledger("Orders").ToString());
        Assert.All(run.Invocations, invocation => Assert.Equal(("R-18", "JsonException"), (invocation.Outcome!.Rule, invocation.Error!.Type)));
    }

    [Fact]
    public async Task Fixed_the_unreadable_message_goes_alone()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("""{"Id":"A"}""", "not an order", """{"Id":"C"}""");

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.Ledger("Orders").ToString());
        Assert.Equal("not an order", Assert.Single(run.Queue("OrdersDlq").Messages).Body);
    }
}
