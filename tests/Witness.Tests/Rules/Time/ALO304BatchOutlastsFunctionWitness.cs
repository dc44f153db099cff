using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Time;

public sealed class ALO304BatchOutlastsFunctionWitness
{
    private readonly RulePage page = RulePage.Of("ALO304");

    [Fact]
    public async Task Flawed_the_finished_messages_are_done_again_until_the_whole_batch_fits()
    {
        var (shipped, ledger) = await RunAsync(page.Flawed);

        Assert.Equal("A B C D A B C D E A B C D A B C D E F", shipped);
        Assert.Equal("sent 6 = acknowledged 6", ledger);
    }

    [Fact]
    public async Task Fixed_every_message_is_done_once()
    {
        var (shipped, ledger) = await RunAsync(page.Fixed);

        Assert.Equal("A B C D E F", string.Join(' ', shipped.Split(' ').Order(StringComparer.Ordinal)));
        Assert.Equal("sent 6 = acknowledged 6", ledger);
    }

    // The warehouse answers every third question about an order only.
    private static async Task<(string Shipped, string Ledger)> RunAsync(Example example)
    {
        var (asked, shipped) = (new Dictionary<string, int>(), new List<string>());
        await using var scenario = new TimeScenario(example);
        var orders = scenario.Fake(order =>
        {
            asked[order] = asked.GetValueOrDefault(order) + 1;
            if (asked[order] % 3 != 0)
                throw new TimeoutException("The warehouse does not answer.");
            shipped.Add(order);
        });
        var run = await scenario.RunAsync([orders, scenario.Host.TimeProvider], "A", "B", "C", "D", "E", "F");
        return (string.Join(' ', shipped), run.Ledger("Orders").ToString());
    }
}
