using System.Globalization;

namespace AtLeastOnce.Runtime.History;

/// <summary>A line of a timeline without its time.</summary>
/// <param name="Who">Whom it happened to: <c>queue orders</c>.</param>
/// <param name="What">What happened.</param>
internal readonly record struct EventText(string Who, string What);

/// <summary>How histories write numbers, times and lists.</summary>
internal static class Wording
{
    /// <summary>The text, the same in every culture.</summary>
    public static string Of(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>A virtual time as hours, however many, minutes and seconds; milliseconds if there are some.</summary>
    public static string Time(TimeSpan time) => TimelineWriter.Time(time, milliseconds: false);

    /// <summary>The records' numbers: <c>1 2 3</c>.</summary>
    public static string Numbers(IEnumerable<RecordReference> records) => string.Join(" ", records.Select(record => Of($"{record.Number}")));

    /// <summary>The records' numbers as a list: <c>1, 2, 3</c>.</summary>
    public static string List(IEnumerable<RecordReference> records) => string.Join(", ", records.Select(record => Of($"{record.Number}")));

    /// <summary>A count with its noun: <c>1 receive</c>, <c>11,520 receives</c>.</summary>
    public static string Times(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    /// <summary>Not more than 120 characters.</summary>
    public static string Short(string text) => text.Length <= 120 ? text : text[..119] + "…";

    /// <summary>The first line, shortened.</summary>
    public static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return Short(end < 0 ? text : text[..end]);
    }
}
