using AtLeastOnce.Runtime;

namespace ClickStream.Tests;

/// <summary>What becomes of the clicks with the flawed variant.</summary>
public sealed class FlawedTests
{
    private readonly FakeTable table = new();

    [Fact]
    public async Task ALO204_the_clicks_of_a_short_outage_are_lost_behind_the_checkpoint()
    {
        await using var host = Host();
        table.FailuresLeft = 2;
        host.Stream("Clicks").PutMany("ada", new Flawed.Click("ada", "/tea"), new Flawed.Click("ada", "/cups"), new Flawed.Click("ada", "/spoons"));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["/spoons"], table.Pages);
        Assert.Equal(3, Assert.Single(run.Events.OfType<CheckpointMoved>()).Past.Number);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Clicks").ToString());
        run.EnsureDeliveredOnce();
    }

    [Fact]
    public async Task ALO102_clicks_that_are_delivered_again_are_kept_twice()
    {
        await using var host = Host();
        host.Faults.CrashAfterHandler(invocation => invocation.Number == 1);
        host.Stream("Clicks").PutMany("ada", new Flawed.Click("ada", "/tea"), new Flawed.Click("ada", "/cups"));

        await host.RunUntilIdleAsync();

        Assert.Equal(["/tea", "/cups", "/tea", "/cups"], table.Pages);
    }

    private LambdaTestHost Host() =>
        LambdaTestHost
            .FromTemplate("../ClickStream.Flawed/template.yaml")
            .Handle("ClickStreamFunction", () => new Flawed.ClickStreamFunction(table, table).HandleAsync);

    private sealed class FakeTable : Flawed.IClickTable
    {
        private readonly Dictionary<string, Flawed.Click> clicks = [];

        public int FailuresLeft { get; set; }

        public IEnumerable<string> Pages => clicks.Values.Select(click => click.Page);

        public Task PutAsync(string id, Flawed.Click click)
        {
            if (FailuresLeft-- > 0)
                throw new HttpRequestException("The table is throttled.");
            clicks[id] = click;
            return Task.CompletedTask;
        }
    }
}
