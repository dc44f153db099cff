using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO503UnusedFailureTargetWitness
{
    private readonly RulePage page = RulePage.Of("ALO503");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_the_functions_dead_letter_queue_gets_nothing_and_the_message_expires()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("sent 3 = acknowledged 2 + expired 1", run.Ledger("Orders").ToString());
        Assert.Empty(scenario.Host.Queue("OrdersDlq").Messages);
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    [Fact]
    public async Task Flawed_the_same_queue_does_take_what_is_invoked_asynchronously()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);
        scenario.Host.Function("OrdersFunction").Timeout = TimeSpan.FromSeconds(1);
        scenario.Host.Function("OrdersFunction").Takes(perInvocation: TimeSpan.FromSeconds(2));
        scenario.Host.InvokeEvent("OrdersFunction", new { Records = Array.Empty<object>() });

        await scenario.Host.RunUntilIdleAsync();

        Assert.Single(scenario.Host.Queue("OrdersDlq").Messages);
    }

    [Fact]
    public async Task Fixed_the_queue_gives_the_message_up()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.EnsureNothingLost().Ledger("Orders").ToString());
        Assert.Equal("B", Assert.Single(scenario.Host.Queue("OrdersDlq").Messages).Body);
    }
}
