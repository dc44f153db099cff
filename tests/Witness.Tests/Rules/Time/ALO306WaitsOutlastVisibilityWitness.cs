using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Time;

public sealed class ALO306WaitsOutlastVisibilityWitness
{
    private readonly RulePage page = RulePage.Of("ALO306");

    [Fact]
    public async Task Flawed_messages_are_delivered_again_while_the_handler_waits()
    {
        var (shipped, mostDeliveries) = await RunAsync(page.Flawed);

        Assert.True(shipped.Count > 5, string.Join(' ', shipped));
        Assert.Equal(["A", "B", "C", "D", "E"], shipped.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(2, mostDeliveries);
    }

    [Fact]
    public async Task Fixed_each_is_delivered_once()
    {
        var (shipped, mostDeliveries) = await RunAsync(page.Fixed);

        Assert.Equal(["A", "B", "C", "D", "E"], shipped);
        Assert.Equal(1, mostDeliveries);
    }

    // The warehouse answers the third question about an order.
    private static async Task<(IReadOnlyList<string> Shipped, int MostDeliveries)> RunAsync(Example example)
    {
        var (asked, shipped) = (new Dictionary<string, int>(), new List<string>());
        await using var scenario = new TimeScenario(example);
        var orders = scenario.Fake(order =>
        {
            asked[order] = asked.GetValueOrDefault(order) + 1;
            if (asked[order] < 3)
                throw new TimeoutException("The warehouse does not answer.");
            shipped.Add(order);
        });
        var run = await scenario.RunAsync([orders, scenario.Host.TimeProvider], "A", "B", "C", "D", "E");
        return (shipped, run.Ledger("Orders").Records.Max(record => record.ReceiveCount));
    }
}
