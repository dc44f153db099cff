namespace AtLeastOnce.Runtime.Sources.Async;

/// <summary>The times of a cron expression of EventBridge, in UTC: minutes, hours, day of month, month, day of week, year (N-10).</summary>
internal sealed class CronTimes : ScheduleTimes
{
    private const int FirstYear = 1970;
    private const int LastYear = 2199;

    private static readonly string[] MonthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] DayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly CronField minutes;
    private readonly CronField hours;
    private readonly CronField months;
    private readonly CronField years;
    private readonly Func<DateOnly, bool> isDay;

    private CronTimes(CronField minutes, CronField hours, CronField months, CronField years, Func<DateOnly, bool> isDay) =>
        (this.minutes, this.hours, this.months, this.years, this.isDay) = (minutes, hours, months, years, isDay);

    /// <summary>Reads what stands between the parentheses; null if EventBridge does not take it.</summary>
    public static CronTimes? ReadFields(string fields)
    {
        if (fields.Split(' ') is not [var minute, var hour, var dayOfMonth, var month, var dayOfWeek, var year])
            return null;

        // One of the two days says nothing, and only one.
        if ((dayOfMonth == "?") == (dayOfWeek == "?"))
            return null;
        var isDay = dayOfWeek == "?" ? DayOfMonth(dayOfMonth) : DayOfWeek(dayOfWeek);
        return
            isDay is not null
            && CronField.Read(minute, 0, 59) is { } minutes
            && CronField.Read(hour, 0, 23) is { } hours
            && CronField.Read(month, 1, 12, MonthNames) is { } months
            && CronField.Read(year, FirstYear, LastYear) is { } years
            ? new(minutes, hours, months, years, isDay)
            : null;
    }

    /// <inheritdoc/>
    public override DateTimeOffset? After(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        var next = new DateTime(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, 0, DateTimeKind.Utc).AddMinutes(1);
        while (next.Year <= LastYear)
        {
            if (!years.Has(next.Year))
                next = new(next.Year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            else if (!months.Has(next.Month))
                next = new DateTime(next.Year, next.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
            else if (!isDay(DateOnly.FromDateTime(next)))
                next = next.Date.AddDays(1);
            else if (!hours.Has(next.Hour))
                next = next.Date.AddHours(next.Hour + 1);
            else if (!minutes.Has(next.Minute))
                next = next.AddMinutes(1);
            else
                return new(next, TimeSpan.Zero);
        }

        return null;
    }

    // L is the month's last day, LW its last weekday, 15W the weekday nearest to the 15th.
    private static Func<DateOnly, bool>? DayOfMonth(string text)
    {
        if (text == "L")
            return date => date.Day == DaysIn(date);
        if (text == "LW")
            return date => date.Day == NearestWeekday(date, DaysIn(date));
        if (text.EndsWith('W'))
            return CronField.Number(text[..^1], out var day) && day is >= 1 and <= 31 ? date => date.Day == NearestWeekday(date, day) : null;
        return CronField.Read(text, 1, 31) is { } days ? date => days.Has(date.Day) : null;
    }

    // L is Saturday, 6L the month's last Friday, 3#2 its second Tuesday.
    private static Func<DateOnly, bool>? DayOfWeek(string text)
    {
        if (text == "L")
            return date => date.DayOfWeek == System.DayOfWeek.Saturday;
        if (text.EndsWith('L'))
            return Day(text[..^1]) is { } last ? date => (int)date.DayOfWeek + 1 == last && date.Day + 7 > DaysIn(date) : null;
        if (text.Split('#') is [var name, var count])
            return Day(name) is { } day && CronField.Number(count, out var number) && number is >= 1 and <= 5
                ? date => (int)date.DayOfWeek + 1 == day && (date.Day - 1) / 7 == number - 1
                : null;
        return CronField.Read(text, 1, 7, DayNames) is { } days ? date => days.Has((int)date.DayOfWeek + 1) : null;

        static int? Day(string text)
        {
            var name = Array.FindIndex(DayNames, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (name >= 0)
                return name + 1;
            return CronField.Number(text, out var number) && number is >= 1 and <= 7 ? number : null;
        }
    }

    private static int DaysIn(DateOnly date) => DateTime.DaysInMonth(date.Year, date.Month);

    // Of the same month; 0 where the month has no such day.
    private static int NearestWeekday(DateOnly within, int day)
    {
        var last = DaysIn(within);
        if (day > last)
            return 0;
        return new DateOnly(within.Year, within.Month, day).DayOfWeek switch
        {
            System.DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
            System.DayOfWeek.Sunday => day == last ? day - 2 : day + 1,
            _ => day,
        };
    }
}
