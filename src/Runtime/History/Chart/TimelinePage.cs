using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace AtLeastOnce.Runtime.History.Chart;

/// <summary>A run as one web page that needs nothing but itself.</summary>
internal static class TimelinePage
{
    private const int MostRecords = 500;
    private const int MostCharacters = 4_000;

    private static readonly string Frame = ReadFrame();

    private static readonly IReadOnlyList<(string Class, string Words)> Outcomes =
    [
        ("success", "success"),
        ("partial", "partial failure"),
        ("failed", "failed"),
        ("unread", "the response made the whole batch fail"),
        ("ignored", "reported failures were ignored"),
        ("running", "still running"),
        ("hidden", "failed messages hidden until they are visible again"),
    ];

    private static readonly IReadOnlyList<(MarkKind Kind, string Words)> Marks =
    [
        (MarkKind.Arrival, "arrived"),
        (MarkKind.Done, "deleted or passed by the checkpoint"),
        (MarkKind.Throttle, "throttled"),
        (MarkKind.DeadLetter, "dead-lettered, or sent to a destination"),
        (MarkKind.Loss, "lost"),
        (MarkKind.Duplicate, "will come again although done"),
        (MarkKind.Fault, "fault of the test"),
        (MarkKind.Note, "anything else"),
    ];

    /// <summary>The page.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isKept">Whether its history was kept.</param>
    /// <param name="sources">What there is a ledger of.</param>
    /// <param name="replay">The code that runs it again.</param>
    public static string Write(EsmRun run, bool isKept, IEnumerable<SourceView> sources, string replay)
    {
        var chart = TimelineChart.Of(run);
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["summary"] = Summary(run, replay),
            ["legend"] = Legend(),
            ["remark"] = Remark(chart, isKept),
            ["chart"] = ChartDrawing.Draw(chart),
            ["ledgers"] = string.Concat(sources.Select(source => Ledger(source, chart))),
            ["data"] = JsonSerializer.Serialize(chart.Invocations.Select((invocation, index) => Details(invocation, chart.NotesOf(index)))),
        };
        var page = new StringBuilder();
        var rest = Frame.AsSpan();
        while (rest.IndexOf("{{") is var start and >= 0)
        {
            var end = rest.IndexOf("}}");
            page.Append(rest[..start]).Append(parts[rest[(start + 2)..end].ToString()]);
            rest = rest[(end + 2)..];
        }

        return page.Append(rest).ToString();
    }

    private static string ReadFrame()
    {
        using var stream = typeof(TimelinePage).Assembly.GetManifestResourceStream("AtLeastOnce.Runtime.Timeline.html")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Summary(EsmRun run, string replay) =>
        Format(
            $"{run.InvocationCount:N0} invocation{(run.InvocationCount == 1 ? "" : "s")} in {Wording.Time(run.End)} of virtual time · <code>{Text(replay)}</code>"
        ) + (run.UsedRealTime ? " · <strong>real time had an influence: a replay may differ</strong>" : "");

    private static string Legend() =>
        string.Concat(
            Outcomes.Select(outcome =>
                $"<li><svg class=\"key\" viewBox=\"0 0 16 14\"><rect class=\"{outcome.Class}\" x=\"1\" y=\"{(outcome.Class == "hidden" ? 6 : 1)}\" width=\"14\" height=\"{(outcome.Class == "hidden" ? 3 : 12)}\" rx=\"2\"/></svg>{outcome.Words}</li>"
            )
        )
        + string.Concat(
            Marks.Select(mark =>
                $"<li><svg class=\"key\" viewBox=\"-8 -7 16 14\"><g class=\"mark {ChartDrawing.ClassOf(mark.Kind)}\"><path d=\"{ChartDrawing.Shape(mark.Kind)}\"/></g></svg>{mark.Words}</li>"
            )
        );

    private static string Remark(TimelineChart chart, bool isKept)
    {
        if (!isKept)
            return "The history was not kept (<code>HistoryDetail.LedgerOnly</code>): there is only the ledger.";
        if (chart is { LeftOutInvocations: 0, LeftOutMarks: 0 })
            return "Time is not to scale: long waits are shortened. Point at an invocation, or go to it with the Tab key; a click or Enter keeps it.";
        return Format(
            $"Time is not to scale. The run is long: {chart.LeftOutInvocations:N0} invocations and {chart.LeftOutMarks:N0} other events of its middle are left out."
        );
    }

    private static string Ledger(SourceView source, TimelineChart chart)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<section class=\"ledger\"><h3>{Text(source.Kind)} {Text(source.Name)}</h3><p class=\"balance\">{Text(source.Ledger.ToString())}</p>"
        );
        var records = source.Ledger.Records;
        if (records.Count > 0)
        {
            text.Append(
                "<table><thead><tr><th scope=\"col\">#</th><th scope=\"col\">id</th><th scope=\"col\">where it ended</th><th scope=\"col\">received</th><th scope=\"col\">invocations</th></tr></thead><tbody>"
            );
            foreach (var record in records.Take(MostRecords))
                text.Append(Row(source.Ledger, record, chart));
            text.Append("</tbody></table>");
        }

        if (records.Count > MostRecords)
            text.Append(CultureInfo.InvariantCulture, $"<p>… and {records.Count - MostRecords:N0} more records.</p>");
        return text.Append("</section>").ToString();
    }

    private static string Row(Ledger ledger, LedgerEntry record, TimelineChart chart)
    {
        var deliveries = ledger.Deliveries(record.Record.Number);
        var shown = deliveries.Select(chart.IndexOf).OfType<int>();
        return Format(
            $"<tr tabindex=\"0\" data-i=\"{string.Join(" ", shown)}\"><td>{record.Record.Number}</td><td class=\"id\">{Text(record.Record.Id)}</td><td class=\"{(record.Fate.IsLost() ? "lost" : "")}\">{record.Fate.Words()}</td><td>{record.ReceiveCount}</td><td>{Text(string.Join(", ", deliveries.Select(InvocationText.Who)))}</td></tr>"
        );
    }

    private static object Details(InvocationRecord invocation, IReadOnlyList<string> notes) =>
        new
        {
            title = InvocationText.Who(invocation),
            when = $"{Wording.Time(invocation.Start)} – {(invocation.End is { } end ? Wording.Time(end) : "…")}",
            started = InvocationText.Started(invocation),
            ended = invocation.Outcome is null ? "still running" : InvocationText.Ended(invocation),
            outcome = invocation.Outcome is { } outcome ? $"{outcome.Reason} ({outcome.Rule})" : "",
            request = Short(invocation.RequestJson),
            response = Short(invocation.Error?.ToJson() ?? invocation.ResponseJson ?? ""),
            notes,
        };

    private static string Short(string text) =>
        text.Length <= MostCharacters ? text : Format($"{text[..MostCharacters]}… ({text.Length - MostCharacters:N0} more characters)");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
