using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Time;

public sealed class ALO303ClientOutlastsFunctionWitness
{
    private readonly RulePage page = RulePage.Of("ALO303");

    [Fact]
    public async Task Flawed_the_call_that_gets_no_answer_takes_the_finished_messages_with_it()
    {
        var (shipped, ledger) = await RunAsync(page.Flawed);

        Assert.Equal("A A A A A", shipped);
        Assert.Equal("sent 2 = dead-lettered 2", ledger);
    }

    [Fact]
    public async Task Fixed_it_fails_alone()
    {
        var (shipped, ledger) = await RunAsync(page.Fixed);

        Assert.Equal("A", shipped);
        Assert.Equal("sent 2 = acknowledged 1 + dead-lettered 1", ledger);
    }

    private static async Task<(string Shipped, string Ledger)> RunAsync(Example example)
    {
        await using var scenario = new TimeScenario(example);
        using var warehouse = new SlowWarehouse(scenario.Host.TimeProvider) { Hangs = "B" };
        var run = await scenario.RunAsync([warehouse.Client, scenario.Host.TimeProvider], "A", "B");
        return (warehouse.Shipped, run.Ledger("Orders").ToString());
    }
}
