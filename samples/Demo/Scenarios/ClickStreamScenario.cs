using AtLeastOnce.Runtime;
using ClickStream.Flawed;

namespace AtLeastOnce.Demo.Scenarios;

internal sealed class ClickStreamScenario : Scenario
{
    public override string Sample => "ClickStream";

    public override string Story => "three clicks, and a table that is throttled for a moment";

    public override async Task<ScenarioResult> RunAsync(string template)
    {
        var kept = new List<string>();
        var table = new Table(kept);
        await using var host = LambdaTestHost.FromTemplate(template).Handle("ClickStreamFunction", () => new ClickStreamFunction(table, table).HandleAsync);
        host.Stream("Clicks").PutMany("ada", new Click("ada", "/tea"), new Click("ada", "/cups", "summer"), new Click("ada", "/spoons"));
        var run = await host.RunUntilIdleAsync();
        return new(run, run.Ledger("Clicks"), $"kept: {string.Join(", ", kept)}");
    }

    private sealed class Table(List<string> kept) : IClickTable
    {
        private bool isThrottled = true;

        public Task PutAsync(string id, Click click)
        {
            if (click.Advertisement is not null && isThrottled)
            {
                isThrottled = false;
                throw new HttpRequestException("The table is throttled.");
            }

            kept.Add(click.Page);
            return Task.CompletedTask;
        }
    }
}
