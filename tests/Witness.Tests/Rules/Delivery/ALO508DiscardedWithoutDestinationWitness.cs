using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO508DiscardedWithoutDestinationWitness
{
    private readonly RulePage page = RulePage.Of("ALO508");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_the_bad_record_is_dropped_for_good()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await PutAsync(scenario);

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + discarded 1", run.Ledger("Orders").ToString());
        Assert.Null(Assert.Single(run.Events.OfType<BatchDiscarded>()).Destination);
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    [Fact]
    public async Task Fixed_the_queue_is_told_which_record_it_was()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await PutAsync(scenario);

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + discarded to a destination 1", run.EnsureNothingLost().Ledger("Orders").ToString());
        var told = Assert.Single(run.Queue("OrdersFailureQueue").Messages).Body;
        var bad = scenario.Host.Stream("OrdersStream").Records[1];
        Assert.Contains($"\"startSequenceNumber\":\"{bad.SequenceNumber}\",\"endSequenceNumber\":\"{bad.SequenceNumber}\"", told, StringComparison.Ordinal);
        await scenario.Host.RunForAsync(TimeSpan.FromDays(13));
        Assert.Single(scenario.Host.Queue("OrdersFailureQueue").Messages);
    }

    private static async Task<EsmRun> PutAsync(Scenario scenario)
    {
        scenario.Host.Stream("OrdersStream").PutMany("ada", "A", "B", "C");
        return await scenario.Host.RunUntilIdleAsync();
    }
}
