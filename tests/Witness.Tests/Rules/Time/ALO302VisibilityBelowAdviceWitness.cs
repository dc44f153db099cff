using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Time;

public sealed class ALO302VisibilityBelowAdviceWitness
{
    private readonly RulePage page = RulePage.Of("ALO302");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_a_message_comes_back_while_it_is_being_worked_on()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await RunThrottledAsync(scenario);

        Assert.Equal("A A", warehouse.Shipped);
        Assert.Equal([(15, 35), (30, 50)], run.Invocations.Select(invocation => (invocation.Start.TotalSeconds, invocation.End!.Value.TotalSeconds)));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Throws<EsmExpectationException>(run.EnsureDeliveredOnce);
    }

    [Fact]
    public async Task Fixed_the_same_message_is_worked_on_once()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await RunThrottledAsync(scenario);

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal(TimeSpan.FromSeconds(15), Assert.Single(run.Invocations).Start);
        Assert.Equal("sent 1 = acknowledged 1", run.EnsureDeliveredOnce().Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Flawed_a_message_is_dead_that_never_ran()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);
        ThrottleFor(scenario, TimeSpan.FromMinutes(3));

        var run = await scenario.RunAsync("A");

        Assert.Empty(run.Invocations);
        Assert.Empty(warehouse.Shipped);
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("Orders").ToString());
        Assert.Equal(5, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_the_same_message_is_processed_when_the_throttling_is_over()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);
        ThrottleFor(scenario, TimeSpan.FromMinutes(3));

        var run = await scenario.RunAsync("A");

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
    }

    // Four attempts are throttled, so that the fifth comes 15 s after the receive; the work takes 20 s.
    private static async Task<EsmRun> RunThrottledAsync(Scenario scenario)
    {
        scenario.Host.Function(Scenario.FunctionName).Takes(TimeSpan.FromSeconds(20));
        scenario.Host.Faults.Throttle(first: 4);
        return await scenario.RunAsync("A");
    }

    private static void ThrottleFor(Scenario scenario, TimeSpan time)
    {
        var end = scenario.Host.Options.Start + time;
        scenario.Host.Faults.Throttle(on: _ => scenario.Host.TimeProvider.GetUtcNow() < end);
    }
}
