using System.Globalization;
using System.Text;

namespace AtLeastOnce.Runtime.History;

/// <summary>Writes a history as a table of time, who, and what.</summary>
internal static class TimelineWriter
{
    /// <summary>Lines above which the middle of a timeline is left out.</summary>
    public const int ElidedLines = 60;

    private const int Gap = 5;

    private readonly record struct Line(TimeSpan At, string Who, string What);

    /// <summary>The table.</summary>
    /// <param name="events">The history.</param>
    /// <param name="most">The most lines; the middle is left out above.</param>
    public static string Write(IReadOnlyList<EsmEvent> events, int most = int.MaxValue)
    {
        List<Line> lines = [.. Lines(events)];
        var left = Math.Max(0, lines.Count - most);
        var leftFrom = left > 0 ? most / 2 : lines.Count;
        lines.RemoveRange(leftFrom, left);
        var width = lines.Select(line => line.Who.Length).DefaultIfEmpty().Max() + Gap;
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            if (i == leftFrom)
                text.Append(CultureInfo.InvariantCulture, $"  … {left:N0} more lines …\n");
            var line = lines[i];
            text.Append(CultureInfo.InvariantCulture, $"  {Time(line.At, milliseconds: true)}  {line.Who.PadRight(width)}{line.What}\n");
        }

        return text.ToString();
    }

    /// <summary>A virtual time as hours, however many, minutes and seconds.</summary>
    public static string Time(TimeSpan time, bool milliseconds)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");
        return milliseconds || time.Milliseconds != 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}.{time.Milliseconds:000}") : text;
    }

    private static IEnumerable<Line> Lines(IReadOnlyList<EsmEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            switch (events[i])
            {
                case MessageSent sent:
                    var first = i;
                    while (i + 1 < events.Count && events[i + 1] is MessageSent next && next == sent with { Record = next.Record })
                        i++;
                    yield return Sent(sent, i - first + 1);
                    break;
                case MessagesReceived received when StartsAtOnce(events, i, received):
                    break;
                case var other:
                    yield return Of(other);
                    break;
            }
        }
    }

    /// <summary>A receive whose batch is invoked with at the same moment is told by the invocation.</summary>
    private static bool StartsAtOnce(IReadOnlyList<EsmEvent> events, int index, MessagesReceived received)
    {
        if (received.Mapping is null)
            return false;
        for (var i = index + 1; i < events.Count && events[i].At == received.At; i++)
        {
            var records = events[i] switch
            {
                InvocationStarted started when started.Invocation.Queue == received.Queue => started.Invocation.Deliveries.Select(delivery => delivery.Record),
                InvocationThrottled throttled => throttled.Records,
                _ => [],
            };
            if (records.Contains(received.Records[0]))
                return true;
        }

        return false;
    }

    private static Line Sent(MessageSent sent, int count)
    {
        var delayed = sent.VisibleAt > sent.At ? $", visible from {Time(sent.VisibleAt, milliseconds: false)}" : "";
        return new(sent.At, "queue " + sent.Queue, string.Create(CultureInfo.InvariantCulture, $"{count:N0} message{(count == 1 ? "" : "s")} sent{delayed}"));
    }

    private static Line Of(EsmEvent happened) =>
        happened switch
        {
            MessagesReceived received => OfQueue(
                received.Queue,
                $"received {List(received.Records)}  visibility until {Time(received.VisibleAgainAt, false)}{By(received.Mapping)}"
            ),
            InvocationStarted started => Of(started.Invocation, Started(started.Invocation)),
            InvocationEnded ended => Of(ended.Invocation, Ended(ended.Invocation)),
            InvocationThrottled throttled => new(
                throttled.At,
                throttled.Function,
                $"◌ throttled with [{Numbers(throttled.Records)}]: {throttled.Reason}"
                    + (throttled.RetryAt is { } retry ? $"; tries again at {Time(retry, false)}" : "; no time is left before the messages are visible again")
            ),
            BatchReleased released => new(released.At, released.Function, $"✖ let go of [{Numbers(released.Records)}]: received, but never run (S-7)"),
            MessagesDeleted deleted => OfQueue(deleted.Queue, $"✖ deleted {List(deleted.Records)}{(deleted.Mapping is null ? " by code (S-5)" : "")}"),
            LateDeleteIgnored late => OfQueue(late.Queue, $"late delete of {List(late.Records)} ignored: received again meanwhile, or gone (S-5)"),
            MessageDuplicated duplicated => OfQueue(
                duplicated.Queue,
                Invariant($"⧉ {duplicated.Record.Number} will be delivered once more, although deleted (B-7)")
            ),
            MessageDeadLettered dead => OfQueue(
                dead.Queue,
                Invariant($"→ {dead.Record.Number} moved to {dead.DeadLetterQueue} after {Times(dead.ReceiveCount, "receive")} (S-23)")
            ),
            MessageExpired expired => OfQueue(
                expired.Queue,
                Invariant($"✖ {expired.Record.Number} expired after {Times(expired.ReceiveCount, "receive")} (S-21)")
            ),
            MessageFiltered filtered => OfQueue(
                filtered.Queue,
                Invariant($"✖ {filtered.Record.Number} matches no filter of '{filtered.Mapping}': deleted (F-2)")
            ),
            VisibilityChanged changed => OfQueue(
                changed.Queue,
                Invariant($"{changed.Record.Number} visible again at {Time(changed.VisibleAt, false)}, set by code (S-5)")
            ),
            WrappedCallMade call => new(call.At, Invariant($"{call.Function} #{call.Invocation}"), $"· {call.Call}"),
            LogWritten log => new(log.At, Invariant($"{log.Function} #{log.Invocation}"), $"log {log.Level}: {log.Text}"),
            _ => throw new EsmConsistencyException($"The timeline does not know '{happened.GetType().Name}'."),

            // The time is that of the event, whoever tells it.
        } with
        {
            At = happened.At,
        };

    private static Line OfQueue(string queue, string what) => new(default, "queue " + queue, what);

    private static Line Of(InvocationRecord invocation, string what) => new(default, Invariant($"{invocation.Function} #{invocation.Number}"), what);

    private static string Started(InvocationRecord invocation)
    {
        var counts = invocation.Deliveries.Select(delivery => delivery.ReceiveCount).ToArray();
        var (least, most) = (counts.Min(), counts.Max());
        var receives = most == 1 ? "" : Invariant($"  receive {(least == most ? Invariant($"{most}") : Invariant($"{least} to {most}"))}");
        var numbers = string.Join(" ", invocation.Deliveries.Select(delivery => Invariant($"{delivery.Record.Number}")));
        return Invariant($"▶ batch of {counts.Length} [{numbers}]{receives}  visibility until {Time(invocation.VisibleAgainAt, false)}");
    }

    private static string Ended(InvocationRecord invocation)
    {
        var outcome = invocation.Outcome!;
        if (invocation.Error is { } error)
            return $"✖ failed: {error.Type}: {FirstLine(error.Message)}";
        var returned = string.IsNullOrEmpty(invocation.ResponseJson) ? "returned" : $"returned {Short(invocation.ResponseJson)}";
        return outcome.Kind switch
        {
            BatchOutcomeKind.WholeBatchFailure => $"✖ {returned}: {outcome.Reason}",
            BatchOutcomeKind.PartialFailure => $"■ {returned}  {outcome.Reason}",
            _ => $"■ {returned}",
        };
    }

    private static string By(string? mapping) => mapping is null ? "  by code" : $"  for '{mapping}'";

    private static string Numbers(IEnumerable<RecordReference> records) => string.Join(" ", records.Select(record => Invariant($"{record.Number}")));

    private static string List(IEnumerable<RecordReference> records) => string.Join(", ", records.Select(record => Invariant($"{record.Number}")));

    private static string Times(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    private static string Short(string text) => text.Length <= 120 ? text : text[..119] + "…";

    private static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return Short(end < 0 ? text : text[..end]);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
