using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO505DeadLettersExpireEarlyWitness
{
    private readonly RulePage page = RulePage.Of("ALO505");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_the_dead_letter_is_deleted_when_it_arrives()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        await scenario.RunAsync("A", "B", "C");
        var run = await scenario.Host.RunForAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(30, run.Ledger("Orders").Records[1].ReceiveCount);
        Assert.Empty(scenario.Host.Queue("OrdersDlq").Messages);
        Assert.Equal(TimeSpan.FromSeconds(30 * 180), Assert.Single(run.Events.OfType<MessageExpired>()).At);
    }

    [Fact]
    public async Task Equal_the_dead_letter_has_only_what_its_tries_have_left()
    {
        var equal = page.Flawed with
        {
            Template = page.Flawed.Template!.Replace("MessageRetentionPeriod: 3600", "MessageRetentionPeriod: 345600", StringComparison.Ordinal),
        };
        await using var scenario = new Scenario(equal, warehouse);
        await scenario.RunAsync("B");
        Assert.Single(scenario.Host.Queue("OrdersDlq").Messages);

        await scenario.Host.RunForAsync(TimeSpan.FromDays(4) - TimeSpan.FromHours(1.5));

        Assert.Empty(scenario.Host.Queue("OrdersDlq").Messages);
    }

    [Fact]
    public async Task Fixed_the_dead_letter_is_kept_for_14_days()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.EnsureNothingLost().Ledger("Orders").ToString());
        await scenario.Host.RunForAsync(TimeSpan.FromDays(13));
        Assert.Equal("B", Assert.Single(scenario.Host.Queue("OrdersDlq").Messages).Body);
    }
}
