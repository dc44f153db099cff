using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

public sealed class ALO103CheckThenActWitness
{
    private readonly RulePage page = RulePage.Of("ALO103");

    [Fact]
    public async Task Flawed_two_deliveries_at_once_both_pass_the_check()
    {
        await using var scenario = new EffectScenario(page.Flawed);
        scenario.Host.Faults.Throttle(first: 4);
        var provider = new PaymentProvider { Takes = (TimeSpan.FromSeconds(20), scenario.Host.TimeProvider) };

        var run = await scenario.RunAsync(new HttpClient(provider));

        Assert.Equal(2, provider.Charged.Count);
        Assert.Equal([(15, 35), (30, 50)], run.Invocations.Select(invocation => (invocation.Start.TotalSeconds, invocation.End!.Value.TotalSeconds)));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_the_provider_refuses_the_second_one()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        scenario.Host.Faults.Throttle(first: 4);
        var provider = new PaymentProvider { Takes = (TimeSpan.FromSeconds(20), scenario.Host.TimeProvider) };

        var run = await scenario.RunAsync(new HttpClient(provider));

        Assert.Single(provider.Charged);
        Assert.Equal([(15, 35), (30, 50)], run.Invocations.Select(invocation => (invocation.Start.TotalSeconds, invocation.End!.Value.TotalSeconds)));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }
}
