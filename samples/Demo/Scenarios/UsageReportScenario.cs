using AtLeastOnce.Runtime;
using UsageReport.Flawed;

namespace AtLeastOnce.Demo.Scenarios;

internal sealed class UsageReportScenario : Scenario
{
    public override string Sample => "UsageReport";

    public override string Story => "half a day, and an environment that is lost when its first report is written";

    public override async Task<ScenarioResult> RunAsync(string template)
    {
        var written = new List<string>();
        await using var host = LambdaTestHost.FromTemplate(template);
        host.Handle("UsageReportFunction", () => new UsageReportFunction(new Meter(), new Reports(written), host.TimeProvider).HandleAsync);
        host.Faults.CrashAfterHandler(invocation => invocation.Number == 1);
        var run = await host.RunForAsync(TimeSpan.FromHours(13));
        return new(run, run.AsyncEvents("UsageReportFunction").Ledger, $"reports: {string.Join(", ", written)}");
    }

    private sealed class Meter : IMeter
    {
        public Task<IReadOnlyList<Usage>> ReadAsync(DateTime from, DateTime until) => Task.FromResult<IReadOnlyList<Usage>>([new("ada", 7)]);
    }

    private sealed class Reports(List<string> written) : IReports
    {
        public Task WriteAsync(string name, string report)
        {
            written.Add(name);
            return Task.CompletedTask;
        }
    }
}
