using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

public sealed class ALO109GuardFailsOpenWitness
{
    private readonly RulePage page = RulePage.Of("ALO109");

    [Fact]
    public async Task Flawed_the_guard_is_away_and_the_charge_is_repeated()
    {
        await using var scenario = new EffectScenario(page.Flawed);
        var provider = new PaymentProvider { AnswersQuestions = 1 };

        var run = await scenario.RunWithCrashAsync(new HttpClient(provider));

        Assert.Equal(2, provider.Charged.Count);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Flawed_while_the_guard_answers_it_protects()
    {
        await using var scenario = new EffectScenario(page.Flawed);
        var provider = new PaymentProvider();

        var run = await scenario.RunWithCrashAsync(new HttpClient(provider));

        Assert.Single(provider.Charged);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_the_charge_itself_is_refused()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        var provider = new PaymentProvider { AnswersQuestions = 1 };

        var run = await scenario.RunWithCrashAsync(new HttpClient(provider));

        Assert.Single(provider.Charged);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }
}
