using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

public sealed class ALO102VolatileIdentityWitness
{
    private readonly RulePage page = RulePage.Of("ALO102");

    [Fact]
    public async Task Flawed_each_delivery_has_a_key_of_its_own_and_is_charged()
    {
        await using var scenario = new EffectScenario(page.Flawed);
        var provider = new PaymentProvider();

        var run = await scenario.RunWithCrashAsync(new HttpClient(provider));

        Assert.Equal(["A", "A"], provider.Charged);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_both_deliveries_are_one_charge()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        var provider = new PaymentProvider();

        var run = await scenario.RunWithCrashAsync(new HttpClient(provider));

        Assert.Equal(["A"], provider.Charged);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }
}
