using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO514FilterNeverMatchesWitness
{
    private readonly RulePage page = RulePage.Of("ALO514");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_every_record_is_passed_over_and_the_function_never_runs()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await PutAsync(scenario);

        Assert.Empty(run.Invocations);
        Assert.Equal("sent 2 = filtered 2", run.Ledger("Orders").ToString());
        Assert.Empty(warehouse.Shipped);
    }

    [Fact]
    public async Task Fixed_the_record_that_was_meant_is_processed()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await PutAsync(scenario);

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 2 = acknowledged 1 + filtered 1", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Flawed_a_message_is_deleted_and_reaches_no_dead_letter_queue()
    {
        await using var scenario = new Scenario(OfQueue("Body"), warehouse);
        Assert.Equal(["ALO514"], (await ExampleAnalysis.FindAsync(OfQueue("Body"), TestContext.Current.CancellationToken)).Select(finding => finding.Id));

        var run = await scenario.RunAsync("""{"kind":"order"}""");

        Assert.Empty(run.Invocations);
        Assert.Equal("sent 1 = filtered 1", run.Ledger("Orders").ToString());
        Assert.Empty(scenario.Queue.Messages);
        Assert.Empty(scenario.Queue.DeadLetter!.Queue.Messages);
    }

    [Fact]
    public async Task Fixed_the_message_is_processed()
    {
        await using var scenario = new Scenario(OfQueue("body"), warehouse);
        Assert.Empty(await ExampleAnalysis.FindAsync(OfQueue("body"), TestContext.Current.CancellationToken));

        var run = await scenario.RunAsync("""{"kind":"order"}""");

        Assert.Equal("""{"kind":"order"}""", warehouse.Shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
    }

    // The sound function of another page, with a filter.
    private static Example OfQueue(string field)
    {
        var sound = RulePage.Of("ALO502").Fixed;
        var filter = "            FilterCriteria: { Filters: [{ Pattern: '{\"" + field + "\":{\"kind\":[\"order\"]}}' }] }\n";
        return sound with { Template = sound.Template + filter };
    }

    private static async Task<EsmRun> PutAsync(Scenario scenario)
    {
        scenario.Host.Table("OrdersTable").PutMany(new { id = "A", priority = 1 }, new { id = "B", priority = 2 });
        return await scenario.Host.RunUntilIdleAsync();
    }
}
