using AtLeastOnce.Runtime;

namespace ClickStream.Tests;

public sealed class ClickStreamFunctionTests
{
    // Their hashes lie in different shards.
    private const string Jo = "jo";
    private const string Ada = "ada";

    private readonly FakeTable advertisements = new();
    private readonly FakeTable pages = new();

    [Fact]
    public async Task Clicks_on_advertisements_are_kept_apart()
    {
        await using var host = Host();
        host.Stream("Clicks").PutMany(Ada, new Click(Ada, "/tea"), new Click(Ada, "/cups", "summer"), new Click(Ada, "/spoons"));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["/cups"], advertisements.Pages);
        Assert.Equal(["/tea", "/spoons"], pages.Pages);
        run.EnsureAllAcknowledged().EnsureDeliveredOnce();
    }

    [Fact]
    public async Task A_poison_click_ends_in_the_destination_and_holds_up_its_own_shard_only_until_then()
    {
        await using var host = Host();
        host.Stream("Clicks").PutMany(Jo, new Click(Jo, "/1"), "poison", new Click(Jo, "/2"));
        await host.RunForAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(["/1"], pages.Pages);

        host.Stream("Clicks").PutMany(Ada, new Click(Ada, "/a"), new Click(Ada, "/b"));
        var meanwhile = await host.RunForAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["/1", "/a", "/b"], pages.Pages);
        Assert.Empty(meanwhile.Queue("GivenUp").Messages);

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["/1", "/a", "/b", "/2"], pages.Pages);
        Assert.Contains("\"condition\":\"RetryAttemptsExhausted\"", Assert.Single(run.Queue("GivenUp").Messages).Body, StringComparison.Ordinal);
        Assert.Equal("sent 5 = acknowledged 4 + discarded to a destination 1", run.Ledger("Clicks").ToString());
        run.EnsureNothingLost();
    }

    [Fact]
    public async Task The_clicks_of_a_visitor_keep_their_order_over_an_outage()
    {
        await using var host = Host();
        foreach (var number in Enumerable.Range(1, 5))
            host.Stream("Clicks").PutMany((Ada, new Click(Ada, $"/{number}")), (Jo, new Click(Jo, $"/{number}")));
        pages.Fail("/3", times: 4);

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["/1", "/2", "/3", "/4", "/5"], pages.PagesOf(Ada));
        Assert.Equal(["/1", "/2", "/3", "/4", "/5"], pages.PagesOf(Jo));
        run.EnsureAllAcknowledged();
    }

    [Fact]
    public async Task Clicks_that_are_delivered_again_are_kept_once()
    {
        await using var host = Host();
        host.Faults.CrashAfterHandler(invocation => invocation.Number == 1);
        host.Stream("Clicks").PutMany(Ada, new Click(Ada, "/tea"), new Click(Ada, "/cups"));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["/tea", "/cups"], pages.Pages);
        Assert.All(run.Ledger("Clicks").Records, record => Assert.Equal(2, record.ReceiveCount));
    }

    private LambdaTestHost Host() =>
        LambdaTestHost
            .FromTemplate("../ClickStream/template.yaml")
            .Handle("ClickStreamFunction", () => new ClickStreamFunction(advertisements, pages).HandleAsync);

    private sealed class FakeTable : IClickTable
    {
        private readonly HashSet<string> ids = [];
        private readonly List<Click> clicks = [];
        private string? failing;
        private int failuresLeft;

        public IEnumerable<string> Pages => clicks.Select(click => click.Page);

        public IEnumerable<string> PagesOf(string visitor) => clicks.Where(click => click.Visitor == visitor).Select(click => click.Page);

        public void Fail(string page, int times) => (failing, failuresLeft) = (page, times);

        public Task PutAsync(string id, Click click)
        {
            if (click.Page == failing && failuresLeft-- > 0)
                throw new HttpRequestException("The table is throttled.");
            if (ids.Add(id))
                clicks.Add(click);
            return Task.CompletedTask;
        }
    }
}
