using System.Globalization;
using System.Text;

namespace AtLeastOnce.Runtime.History;

/// <summary>Writes a history as a table of time, who, and what.</summary>
internal static class TimelineWriter
{
    /// <summary>Lines above which the middle of a timeline is left out.</summary>
    public const int ElidedLines = 60;

    private const int Gap = 5;

    /// <summary>A line of a timeline.</summary>
    /// <param name="Event">What it tells of; the first, where it tells of several.</param>
    /// <param name="Who">Whom it happened to.</param>
    /// <param name="What">What happened.</param>
    public readonly record struct Line(EsmEvent Event, string Who, string What)
    {
        /// <summary>The line as written, with its end. What a handler logs may have several lines: they stand below each other.</summary>
        /// <param name="width">The width of the column that says who.</param>
        public string Format(int width)
        {
            var before = string.Create(CultureInfo.InvariantCulture, $"  {Time(Event.At, milliseconds: true)}  {Who.PadRight(width)}");
            var what = What.Contains('\n', StringComparison.Ordinal) ? What.TrimEnd().ReplaceLineEndings("\n" + new string(' ', before.Length)) : What;
            return before + what + "\n";
        }
    }

    /// <summary>The table.</summary>
    /// <param name="events">The history.</param>
    /// <param name="most">The most lines; the middle is left out above.</param>
    public static string Write(IReadOnlyList<EsmEvent> events, int most = int.MaxValue)
    {
        List<Line> lines = [.. Lines(events)];
        var left = Math.Max(0, lines.Count - most);
        var leftFrom = left > 0 ? most / 2 : lines.Count;
        lines.RemoveRange(leftFrom, left);
        var width = lines.Select(WidthFor).DefaultIfEmpty().Max();
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            if (i == leftFrom)
                text.Append(CultureInfo.InvariantCulture, $"  … {left:N0} more lines …\n");
            text.Append(lines[i].Format(width));
        }

        return text.ToString();
    }

    /// <summary>A virtual time as hours, however many, minutes and seconds.</summary>
    public static string Time(TimeSpan time, bool milliseconds)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");
        return milliseconds || time.Milliseconds != 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}.{time.Milliseconds:000}") : text;
    }

    /// <summary>The width that a line wants for the column that says who.</summary>
    public static int WidthFor(Line line) => line.Who.Length + Gap;

    /// <summary>The lines; what belongs together is one.</summary>
    public static IEnumerable<Line> Lines(IReadOnlyList<EsmEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            var happened = events[i];
            if (ReadBy(happened) is { } read && StartsAtOnce(events, i, read))
                continue;
            var count = 1;
            for (; i + 1 < events.Count && happened.IsOneOf(events[i + 1]); i++)
                count++;
            var (who, what) = count == 1 ? happened.Tell() : happened.Tell(count);
            yield return new(happened, who, what);
        }
    }

    /// <summary>What a poller read, and where.</summary>
    private static (string Source, RecordReference First)? ReadBy(EsmEvent happened) =>
        happened switch
        {
            MessagesReceived { Mapping: not null } received => (received.Queue, received.Records[0]),
            RecordsRead read => (read.Stream, read.Records[0]),
            _ => null,
        };

    /// <summary>A receive whose batch is invoked with at the same moment is told by the invocation.</summary>
    private static bool StartsAtOnce(IReadOnlyList<EsmEvent> events, int index, (string Source, RecordReference First) read)
    {
        for (var i = index + 1; i < events.Count && events[i].At == events[index].At; i++)
        {
            var records = events[i] switch
            {
                InvocationStarted started when started.Invocation.Source == read.Source => started.Invocation.Deliveries.Select(delivery => delivery.Record),
                InvocationThrottled throttled => throttled.Records,
                _ => [],
            };
            if (records.Contains(read.First))
                return true;
        }

        return false;
    }
}
