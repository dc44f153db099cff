using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO502TooFewReceivesWitness
{
    private readonly RulePage page = RulePage.Of("ALO502");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_a_crash_takes_good_messages_to_the_dead_letter_queue()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);
        scenario.Host.Faults.CrashBeforeHandler(on: invocation => invocation.Number == 1);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Empty(warehouse.Shipped);
        Assert.Equal("sent 3 = dead-lettered 3", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_the_same_messages_are_delivered_again_and_shipped()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);
        scenario.Host.Faults.CrashBeforeHandler(on: invocation => invocation.Number == 1);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A B C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.EnsureAllAcknowledged().Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Flawed_throttling_takes_a_message_to_the_dead_letter_queue_that_never_ran()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);
        ThrottleFor(scenario, TimeSpan.FromMinutes(3));

        var run = await scenario.RunAsync("A");

        Assert.Empty(run.Invocations);
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_the_same_message_is_received_again_and_shipped()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);
        ThrottleFor(scenario, TimeSpan.FromMinutes(3));

        var run = await scenario.RunAsync("A");

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.EnsureAllAcknowledged().Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    private static void ThrottleFor(Scenario scenario, TimeSpan time)
    {
        var end = scenario.Host.Options.Start + time;
        scenario.Host.Faults.Throttle(on: _ => scenario.Host.TimeProvider.GetUtcNow() < end);
    }
}
