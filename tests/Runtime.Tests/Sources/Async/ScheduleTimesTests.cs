using System.Globalization;
using AtLeastOnce.Runtime.Sources.Async;

namespace AtLeastOnce.Runtime.Tests.Sources.Async;

/// <summary>The expressions of schedules (N-10), from Thursday, 2026-01-01T00:00:00Z on.</summary>
public class ScheduleTimesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("rate(1 minute)", "2026-01-01T00:01 2026-01-01T00:02 2026-01-01T00:03")]
    [InlineData("rate(2 hours)", "2026-01-01T02:00 2026-01-01T04:00 2026-01-01T06:00")]
    [InlineData("rate(1 day)", "2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00")]
    [InlineData("cron(0/20 * * * ? *)", "2026-01-01T00:20 2026-01-01T00:40 2026-01-01T01:00")]
    [InlineData("cron(*/30 23 * * ? *)", "2026-01-01T23:00 2026-01-01T23:30 2026-01-02T23:00")]
    [InlineData("cron(10-30/10 5 * * ? *)", "2026-01-01T05:10 2026-01-01T05:20 2026-01-01T05:30")]
    [InlineData("cron(0 12 ? * MON-FRI *)", "2026-01-01T12:00 2026-01-02T12:00 2026-01-05T12:00")]
    [InlineData("cron(30 8 1,15 JAN,MAR ? 2026-2027)", "2026-01-01T08:30 2026-01-15T08:30 2026-03-01T08:30")]
    [InlineData("cron(0 0 L * ? *)", "2026-01-31T00:00 2026-02-28T00:00 2026-03-31T00:00")]
    [InlineData("cron(0 0 LW * ? *)", "2026-01-30T00:00 2026-02-27T00:00 2026-03-31T00:00")]
    [InlineData("cron(0 0 15W * ? *)", "2026-01-15T00:00 2026-02-16T00:00 2026-03-16T00:00")]
    [InlineData("cron(0 0 1W 7-9 ? *)", "2026-07-01T00:00 2026-08-03T00:00 2026-09-01T00:00")]
    [InlineData("cron(0 0 31W 5 ? *)", "2026-05-29T00:00 2027-05-31T00:00 2028-05-31T00:00")]
    [InlineData("cron(0 0 ? * 3#2 *)", "2026-01-13T00:00 2026-02-10T00:00 2026-03-10T00:00")]
    [InlineData("cron(0 0 ? * fri#5 *)", "2026-01-30T00:00 2026-05-29T00:00 2026-07-31T00:00")]
    [InlineData("cron(0 0 ? * 6L *)", "2026-01-30T00:00 2026-02-27T00:00 2026-03-27T00:00")]
    [InlineData("cron(0 0 ? * L *)", "2026-01-03T00:00 2026-01-10T00:00 2026-01-17T00:00")]
    [InlineData("cron(0 0 29 2 ? *)", "2028-02-29T00:00 2032-02-29T00:00 2036-02-29T00:00")]
    [InlineData("cron(0 6 1 1 ? 2026/2)", "2026-01-01T06:00 2028-01-01T06:00 2030-01-01T06:00")]
    [InlineData("cron(0 6 1 1 ? 2026)", "2026-01-01T06:00")]
    [InlineData("cron(0 6 31 2 ? *)", "")]
    [InlineData("cron(0 6 1 1 ? 2025)", "")]
    [InlineData("at(2026-01-31T12:30:00)", "2026-01-31T12:30")]
    [InlineData("at(2025-12-31T12:30:00)", "")]
    public void N10_an_expression_fires_at_its_times(string expression, string expected)
    {
        var times = ScheduleTimes.Read(expression);
        List<string> seen = [];
        for (var next = times.After(Start); next is { } time && seen.Count < 3; next = times.After(time))
            seen.Add(time.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));

        Assert.Equal(expected, string.Join(' ', seen));
    }

    [Fact]
    public void N10_a_time_within_a_minute_is_followed_by_the_next_minute() =>
        Assert.Equal(Start.AddMinutes(1), ScheduleTimes.Read("cron(* * * * ? *)").After(Start.AddSeconds(59.9)));

    [Theory]
    [InlineData("")]
    [InlineData("every day")]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(-1 minutes)")]
    [InlineData("rate(5 minute)")]
    [InlineData("rate(1 minutes)")]
    [InlineData("rate(5 seconds)")]
    [InlineData("rate(99999999999 days)")]
    [InlineData("cron(0 12 * * ?)")]
    [InlineData("cron(0 12 * * * *)")]
    [InlineData("cron(0 12 ? * ? *)")]
    [InlineData("cron(60 * * * ? *)")]
    [InlineData("cron(0 24 * * ? *)")]
    [InlineData("cron(0 0 32 * ? *)")]
    [InlineData("cron(0 0 0W * ? *)")]
    [InlineData("cron(0 0 1 13 ? *)")]
    [InlineData("cron(0 0 ? * 8 *)")]
    [InlineData("cron(0 0 ? * MON#6 *)")]
    [InlineData("cron(0 0 ? * 9L *)")]
    [InlineData("cron(30-10 0 1 * ? *)")]
    [InlineData("cron(0/0 0 1 * ? *)")]
    [InlineData("cron(0 0 1 * ? 2200)")]
    [InlineData("at(2026-02-30T00:00:00)")]
    [InlineData("at(2026-02-01)")]
    public void N10_what_EventBridge_does_not_take_is_refused_with_what_it_takes(string expression)
    {
        var exception = Assert.Throws<ValidationException>(() => new LambdaTestHost().Schedule(expression, new LambdaFunction("tick", () => { })));

        Assert.Equal(
            $"""
            ValidationException: Parameter ScheduleExpression is not valid.
              '{expression}' is none of these:
              rate(1 minute), rate(5 minutes), and so with hours and days: a number of 1 or more, and the singular for 1 alone;
              cron(minutes hours day-of-month month day-of-week year), one of the two days '?': cron(0 12 ? * MON-FRI *);
              at(2026-01-31T12:00:00), of EventBridge Scheduler only.
            """,
            exception.Message
        );
        Assert.Equal("N-10", exception.RuleId);
    }

    [Fact]
    public async Task N10_an_expression_in_code_fires_in_runs_for_a_time()
    {
        var ticks = 0;
        var function = new LambdaFunction("tick", () => ticks++);
        await using var host = new LambdaTestHost().Schedule("cron(0 12 * * ? *)", function).Schedule("at(2026-01-02T00:00:00)", function, "once");

        await host.RunUntilIdleAsync();
        Assert.Equal(0, ticks);
        var run = await host.RunForAsync(TimeSpan.FromDays(3));

        Assert.Equal([12, 24, 36, 60], run.Invocations.Select(invocation => invocation.Start.TotalHours));
        Assert.StartsWith(
            "There is a schedule 'once' already.",
            Assert.Throws<ArgumentException>(() => host.Schedule("rate(1 day)", function, "once")).Message,
            StringComparison.Ordinal
        );
    }
}
