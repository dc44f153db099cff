using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

public sealed class ALO100EffectFileCannotBeReadWitness
{
    private readonly RulePage page = RulePage.Of("ALO100");

    [Fact]
    public async Task Flawed_the_charge_is_repeated()
    {
        await using var scenario = new EffectScenario(page.Flawed);
        List<string> charged = [];
        var keys = new HashSet<string>();
        var payments = scenario.Fake(
            "Shop.IPayments",
            arguments =>
            {
                if (arguments[1] is not string key || keys.Add(key))
                    charged.Add((string)arguments[0]!);
            }
        );

        var run = await scenario.RunWithCrashAsync(payments);

        Assert.Equal(["A", "A"], charged);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Flawed_the_repetition_is_not_found()
    {
        Assert.Equal(["ALO100"], await FindAsync(page.Flawed.Template!));
        Assert.Equal(["ALO101"], await FindAsync(page.Fixed.Template!));
    }

    [Fact]
    public async Task Fixed_it_is_charged_once()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        List<string> charged = [];
        var keys = new HashSet<string>();
        var payments = scenario.Fake(
            "Shop.IPayments",
            arguments =>
            {
                if (arguments[1] is not string key || keys.Add(key))
                    charged.Add((string)arguments[0]!);
            }
        );

        var run = await scenario.RunWithCrashAsync(payments);

        Assert.Equal(["A"], charged);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    private async Task<IEnumerable<string>> FindAsync(string effects)
    {
        var found = await ExampleAnalysis.FindAsync(page.Flawed with { Template = effects }, TestContext.Current.CancellationToken);
        return found.Select(finding => finding.Id);
    }
}
