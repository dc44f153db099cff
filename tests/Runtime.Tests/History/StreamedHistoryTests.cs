using System.Globalization;
using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Tests.History;

/// <summary>A run can be followed while it goes on, whatever of it is kept.</summary>
public sealed class StreamedHistoryTests
{
    // Some messages fail twice, so that there are retries, deletes and waits to tell of.
    private static async Task<EsmRun> RunAsync(LambdaTestHostOptions options, int messages = 50)
    {
        await using var scenario = new Scenario(
            (SQSEvent input) => Scenario.Report(input, body => int.Parse(body, CultureInfo.InvariantCulture) % 7 == 0),
            mapping => mapping.ReportBatchItemFailures = true,
            options
        ).WithMaxReceiveCount(3);
        return await scenario.RunAsync([.. Enumerable.Range(1, messages).Select(number => number.ToString(CultureInfo.InvariantCulture))]);
    }

    [Theory]
    [InlineData(HistoryDetail.Full)]
    [InlineData(HistoryDetail.LedgerOnly)]
    public async Task The_timeline_is_written_line_by_line(HistoryDetail detail)
    {
        var kept = await RunAsync(new());
        var written = new StringWriter();

        var run = await RunAsync(new() { History = detail, TimelineTo = written });

        Assert.Equal(Lines(AtLeastOnce.Runtime.History.TimelineWriter.Write(kept.Events)), Lines(written.ToString()));
        Assert.Equal(detail == HistoryDetail.Full ? kept.Events.Count : 0, run.Events.Count);
    }

    // How wide a column must be is not known before the end.
    private static string[] Lines(string timeline) =>
        [
            .. timeline
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))),
        ];

    [Fact]
    public async Task Every_event_is_told_while_nothing_is_kept()
    {
        var kept = await RunAsync(new());
        var told = new List<EsmEvent>();

        var run = await RunAsync(new() { History = HistoryDetail.LedgerOnly, OnEvent = told.Add });

        Assert.Empty(run.Events);
        Assert.Empty(run.Invocations);
        Assert.Equal(kept.Events.Select(happened => (happened.GetType(), happened.At)), told.Select(happened => (happened.GetType(), happened.At)));
        Assert.Equal(kept.Ledger("orders").ToString(), run.Ledger("orders").ToString());
        Assert.All(told.OfType<InvocationEnded>(), ended => Assert.NotNull(ended.Invocation.Outcome));
    }

    [Fact]
    public async Task What_is_written_ends_with_the_run_and_goes_on_with_the_next()
    {
        var written = new StringWriter();
        await using var scenario = new Scenario((SQSEvent _) => { }, options: new() { TimelineTo = written });

        await scenario.RunAsync("a");
        var first = written.ToString();
        await scenario.RunAsync("b");

        Assert.EndsWith("✖ deleted 1\n", first, StringComparison.Ordinal);
        Assert.StartsWith(first, written.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("✖ deleted 2\n", written.ToString(), StringComparison.Ordinal);
    }
}
