using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Time;

public sealed class ALO305RemainingTimeIgnoredWitness
{
    private readonly RulePage page = RulePage.Of("ALO305");

    [Fact]
    public async Task Flawed_the_timeout_returns_the_finished_messages_too()
    {
        var (shipped, run) = await RunAsync(page.Flawed);

        Assert.Equal(string.Join(' ', Enumerable.Repeat("A B C D E F G", 5)), shipped);
        Assert.Equal("sent 8 = dead-lettered 8", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_only_the_rest_comes_again()
    {
        var (shipped, run) = await RunAsync(page.Fixed);

        Assert.Equal("A B C D E F G H", shipped);
        Assert.Equal("sent 8 = acknowledged 8", run.Ledger("Orders").ToString());
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 2], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
    }

    private static async Task<(string Shipped, EsmRun Run)> RunAsync(Example example)
    {
        await using var scenario = new TimeScenario(example);
        using var warehouse = new SlowWarehouse(scenario.Host.TimeProvider) { Takes = TimeSpan.FromSeconds(4) };
        var run = await scenario.RunAsync([warehouse.Client], "A", "B", "C", "D", "E", "F", "G", "H");
        return (warehouse.Shipped, run);
    }
}
