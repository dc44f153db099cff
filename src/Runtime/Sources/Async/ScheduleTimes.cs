using System.Globalization;
using System.Text.RegularExpressions;

namespace AtLeastOnce.Runtime.Sources.Async;

/// <summary>When a schedule fires (N-10).</summary>
internal abstract partial class ScheduleTimes
{
    /// <summary>The next time after one at which it fired, or after its making; null when it does not fire any more.</summary>
    public abstract DateTimeOffset? After(DateTimeOffset time);

    /// <summary>A rate of whole minutes, at least one.</summary>
    public static ScheduleTimes Every(TimeSpan rate) => new Rate(rate);

    /// <summary>Reads an expression of EventBridge or of its Scheduler.</summary>
    /// <exception cref="ValidationException">EventBridge refuses it; the message says what it takes.</exception>
    public static ScheduleTimes Read(string expression) =>
        (ScheduleTimes?)ReadRate(expression)
        ?? (Cron().Match(expression) is { Success: true } cron ? (ScheduleTimes?)CronTimes.ReadFields(cron.Groups[1].Value) : null)
        ?? (ScheduleTimes?)ReadOnce(expression)
        ?? throw new ValidationException(
            $"""
            Parameter ScheduleExpression is not valid.
              '{expression}' is none of these:
              rate(1 minute), rate(5 minutes), and so with hours and days: a number of 1 or more, and the singular for 1 alone;
              cron(minutes hours day-of-month month day-of-week year), one of the two days '?': cron(0 12 ? * MON-FRI *);
              at(2026-01-31T12:00:00), of EventBridge Scheduler only.
            """,
            "N-10"
        );

    private static Rate? ReadRate(string expression)
    {
        if (RatePattern().Match(expression) is not { Success: true } match)
            return null;
        if (!int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1)
            return null;
        var (unit, isPlural) = (match.Groups[2].Value, match.Groups[3].Length > 0);
        if (isPlural == (value == 1))
            return null;
        var minutes =
            value
            * unit switch
            {
                "minute" => 1L,
                "hour" => 60,
                _ => 24 * 60,
            };
        return minutes > TimeSpan.FromDays(3660).TotalMinutes ? null : new(TimeSpan.FromMinutes(minutes));
    }

    private static Once? ReadOnce(string expression) =>
        At().Match(expression) is { Success: true } match
        && DateTime.TryParseExact(match.Groups[1].Value, "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new(new DateTimeOffset(time, TimeSpan.Zero))
            : null;

    [GeneratedRegex(@"^rate\((\d+) (minute|hour|day)(s?)\)$")]
    private static partial Regex RatePattern();

    [GeneratedRegex(@"^cron\(([^()]*)\)$")]
    private static partial Regex Cron();

    [GeneratedRegex(@"^at\(([^()]*)\)$")]
    private static partial Regex At();

    private sealed class Rate(TimeSpan rate) : ScheduleTimes
    {
        public override DateTimeOffset? After(DateTimeOffset time) => time + rate;
    }

    private sealed class Once(DateTimeOffset at) : ScheduleTimes
    {
        public override DateTimeOffset? After(DateTimeOffset time) => at > time ? at : null;
    }
}
