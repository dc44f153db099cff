using AtLeastOnce.Runtime;

namespace UsageReport.Tests;

/// <summary>What becomes of the reports with the flawed variant.</summary>
public sealed class FlawedTests : IAsyncDisposable
{
    private const string Function = "UsageReportFunction";

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly FakeStore store = new();
    private readonly LambdaTestHost host = LambdaTestHost.FromTemplate("../UsageReport.Flawed/template.yaml");

    public FlawedTests() => host.Handle(Function, () => new Flawed.UsageReportFunction(store, store, host.TimeProvider).HandleAsync);

    [Fact]
    public async Task ALO102_a_report_that_is_written_again_is_another_report()
    {
        host.Faults.CrashAfterHandler(invocation => invocation.Number == 1);

        var run = await host.RunForAsync(TimeSpan.FromHours(13));

        Assert.Equal(["2026-01-01T06-00", "2026-01-01T06-01", "2026-01-01T12-00"], store.Written);
        Assert.Equal("sent 2 = acknowledged 2", run.AsyncEvents(Function).Ledger.ToString());
    }

    [Fact]
    public async Task A_report_that_is_late_misses_what_was_used_first_and_tells_twice_what_was_used_since()
    {
        host.Faults.Throttle(from: TimeSpan.FromHours(6), to: TimeSpan.FromHours(6.5));

        await host.RunForAsync(TimeSpan.FromHours(13));

        var (first, second) = (store.Asked[0], store.Asked[1]);
        Assert.Equal(2, store.Asked.Count);
        Assert.True(first.From >= Start.AddHours(0.5));
        Assert.Equal(Start.AddHours(6), second.From);
        Assert.True(first.Until >= second.From.AddHours(0.5));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private sealed class FakeStore : Flawed.IMeter, Flawed.IReports
    {
        public List<(DateTime From, DateTime Until)> Asked { get; } = [];

        public List<string> Written { get; } = [];

        public Task<IReadOnlyList<Flawed.Usage>> ReadAsync(DateTime from, DateTime until)
        {
            Asked.Add((from, until));
            return Task.FromResult<IReadOnlyList<Flawed.Usage>>([new("ada", 7)]);
        }

        public Task WriteAsync(string name, string report)
        {
            Written.Add(name);
            return Task.CompletedTask;
        }
    }
}
