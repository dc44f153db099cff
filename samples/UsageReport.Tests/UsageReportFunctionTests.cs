using AtLeastOnce.Runtime;

namespace UsageReport.Tests;

public sealed class UsageReportFunctionTests : IAsyncDisposable
{
    private const string Function = "UsageReportFunction";

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly FakeMeter meter = new();
    private readonly FakeReports reports = new();
    private readonly LambdaTestHost host = LambdaTestHost.FromTemplate("../UsageReport/template.yaml");

    public UsageReportFunctionTests() => host.Handle(Function, () => new UsageReportFunction(meter, reports).HandleAsync);

    [Fact]
    public async Task A_day_has_four_reports()
    {
        await host.RunForAsync(TimeSpan.FromHours(25));

        Assert.Equal(["2026-01-01T06-00", "2026-01-01T12-00", "2026-01-01T18-00", "2026-01-02T00-00"], reports.Written.Keys);
        Assert.Equal("customer,requests\nada,6\n", reports.Written["2026-01-01T06-00"]);
        Assert.Equal(new[] { 0, 6, 12, 18 }.Select(hour => (Start.AddHours(hour), Start.AddHours(hour + 6))), meter.Asked);
    }

    [Fact]
    public async Task A_report_that_is_written_again_is_the_same_report()
    {
        host.Faults.CrashAfterHandler(invocation => invocation.Number == 1);

        var run = await host.RunForAsync(TimeSpan.FromHours(13));

        var first = TimeSpan.FromHours(6);
        Assert.Equal([first, first + TimeSpan.FromSeconds(60.1), 2 * first], run.Invocations.Select(invocation => invocation.Start));
        Assert.Equal(3, reports.Writes);
        Assert.Equal(["2026-01-01T06-00", "2026-01-01T12-00"], reports.Written.Keys);
    }

    [Fact]
    public async Task An_event_that_comes_twice_leaves_one_report()
    {
        host.Faults.DuplicateEvents(probability: 1);

        await host.RunForAsync(TimeSpan.FromHours(13));

        Assert.Equal(4, reports.Writes);
        Assert.Equal(["2026-01-01T06-00", "2026-01-01T12-00"], reports.Written.Keys);
    }

    [Fact]
    public async Task A_report_that_is_late_is_about_its_own_six_hours()
    {
        host.Faults.Throttle(from: TimeSpan.FromHours(6), to: TimeSpan.FromHours(6.5));

        await host.RunForAsync(TimeSpan.FromHours(13));

        Assert.Equal([(Start, Start.AddHours(6)), (Start.AddHours(6), Start.AddHours(12))], meter.Asked);
        Assert.Equal(["2026-01-01T06-00", "2026-01-01T12-00"], reports.Written.Keys);
    }

    [Fact]
    public async Task A_period_whose_report_fails_three_times_is_told()
    {
        meter.FailuresLeft = 3;

        var run = await host.RunForAsync(TimeSpan.FromHours(13));

        Assert.Equal(["2026-01-01T12-00"], reports.Written.Keys);
        Assert.Contains("2026-01-01T06:00:00Z", Assert.Single(run.Queue("MissingReports").Messages).Body, StringComparison.Ordinal);
        run.EnsureNothingLost();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private sealed class FakeMeter : IMeter
    {
        public List<(DateTime From, DateTime Until)> Asked { get; } = [];

        public int FailuresLeft { get; set; }

        public Task<IReadOnlyList<Usage>> ReadAsync(DateTime from, DateTime until)
        {
            if (FailuresLeft-- > 0)
                throw new HttpRequestException("The meter is away.");
            Asked.Add((from, until));
            return Task.FromResult<IReadOnlyList<Usage>>([new("ada", until.Hour)]);
        }
    }

    private sealed class FakeReports : IReports
    {
        public SortedDictionary<string, string> Written { get; } = new(StringComparer.Ordinal);

        public int Writes { get; private set; }

        public Task WriteAsync(string name, string report)
        {
            Writes++;
            Written[name] = report;
            return Task.CompletedTask;
        }
    }
}
