using System.Globalization;
using System.Net;
using System.Text;

namespace AtLeastOnce.Runtime.History.Chart;

/// <summary>Draws a chart as SVG: lanes from top to bottom, time from left to right.</summary>
internal sealed class ChartDrawing
{
    private const double Narrowest = 900;
    private const double Widest = 40_000;
    private const int Left = 12;
    private const int Right = 60;
    private const int Top = 26;
    private const int LanePadding = 6;
    private const int MarkHeight = 16;
    private const int RowHeight = 20;
    private const int BarHeight = 12;
    private const int MarkWidth = 11;
    private const int TickDistance = 110;

    private readonly TimelineChart chart;
    private readonly TimeAxis axis;
    private readonly Dictionary<Lane, int> tops = [];
    private readonly StringBuilder svg = new();
    private readonly int height;

    private ChartDrawing(TimelineChart chart)
    {
        this.chart = chart;
        axis = new(chart.Moments, Narrowest, Widest);
        var top = Top;
        foreach (var lane in chart.Lanes)
        {
            tops.Add(lane, top);
            top += HeightOf(lane);
        }

        height = top;
    }

    /// <summary>The chart, and beside it the lanes' names at the heights of their lanes.</summary>
    public static string Draw(TimelineChart chart)
    {
        var drawing = new ChartDrawing(chart);
        drawing.Draw();
        return drawing.svg.ToString();
    }

    private static int HeightOf(Lane lane) => (2 * LanePadding) + (lane.Marks.Count > 0 ? MarkHeight : 0) + (lane.Rows * RowHeight);

    private double X(TimeSpan moment) => Left + axis[moment];

    private double BarTop(Lane lane, Bar bar) => tops[lane] + LanePadding + (lane.Marks.Count > 0 ? MarkHeight : 0) + (bar.Row * RowHeight);

    private void Draw()
    {
        Write($"<div class=\"lanes\" style=\"height:{height}px\">");
        foreach (var (lane, top) in tops)
            Write($"<div class=\"lane\" style=\"top:{top}px;height:{HeightOf(lane)}px\" title=\"{Text(lane.Name)}\">{Text(lane.Name)}</div>");
        Write($"</div><div class=\"chart\"><svg width=\"{Left + axis.Width + Right:0.#}\" height=\"{height}\" role=\"group\" aria-label=\"Timeline\">");
        DrawGround();
        foreach (var lane in chart.Lanes)
            DrawBars(lane);
        DrawRedeliveries();
        foreach (var lane in chart.Lanes)
            DrawMarks(lane);
        Write($"</svg></div>");
    }

    private void DrawGround()
    {
        var isOdd = false;
        foreach (var (lane, top) in tops)
        {
            isOdd = !isOdd;
            if (isOdd)
                Write($"<rect class=\"band\" x=\"0\" y=\"{top}\" width=\"{Left + axis.Width + Right:0.#}\" height=\"{HeightOf(lane)}\"/>");
        }

        foreach (var (moment, place) in axis.Ticks(TickDistance))
        {
            var x = Left + place;
            Write($"<line class=\"tick\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top - 6}\" y2=\"{height}\"/>");
            Write($"<text class=\"time\" x=\"{x + 3:0.#}\" y=\"{Top - 10}\">{Wording.Time(moment)}</text>");
        }
    }

    private void DrawBars(Lane lane)
    {
        foreach (var bar in lane.Bars)
        {
            var (x, y) = (X(bar.Invocation.Start), BarTop(lane, bar));
            var width = Math.Max(3, X(bar.End) - x);
            if (bar.HiddenUntil is { } until)
                Write($"<rect class=\"hidden\" x=\"{x:0.#}\" y=\"{y + BarHeight + 1:0.#}\" width=\"{X(until) - x:0.#}\" height=\"3\"/>");
            Write(
                $"<rect class=\"bar {OutcomeClass(bar.Invocation)}\" data-i=\"{bar.Index}\" tabindex=\"0\" role=\"button\" aria-label=\"{Text(LabelOf(bar.Invocation))}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{BarHeight}\" rx=\"2\"/>"
            );
        }
    }

    // From the end of a delivery to the beginning of the next.
    private void DrawRedeliveries()
    {
        var places = chart
            .Lanes.SelectMany(lane => lane.Bars.Select(bar => (lane, bar)))
            .GroupBy(place => place.bar.Index)
            .ToDictionary(group => group.Key, group => group.First());
        foreach (var redelivery in chart.Redeliveries)
        {
            var ((fromLane, from), (toLane, to)) = (places[redelivery.From], places[redelivery.To]);
            var (x1, y1) = (X(from.End), BarTop(fromLane, from) + (BarHeight / 2));
            var (x2, y2) = (X(to.Invocation.Start), BarTop(toLane, to) + (BarHeight / 2));
            var bend = Math.Max(6, Math.Abs(x2 - x1) / 3);
            Write(
                $"<path class=\"again\" d=\"M{x1:0.#} {y1:0.#}C{x1 + bend:0.#} {y1 - 12:0.#} {x2 - bend:0.#} {y2 - 12:0.#} {x2:0.#} {y2:0.#}\"><title>{Text($"delivered again: {Wording.List(redelivery.Records)}")}</title></path>"
            );
        }
    }

    private void DrawMarks(Lane lane)
    {
        var y = tops[lane] + LanePadding + (MarkHeight / 2);
        var (at, beside) = (TimeSpan.MinValue, 0);
        foreach (var mark in lane.Marks)
        {
            (at, beside) = mark.At == at ? (at, beside + 1) : (mark.At, 0);
            var text = $"{Wording.Time(mark.At)}\n{string.Join("\n", mark.Texts)}";
            Write(
                $"<g class=\"mark {ClassOf(mark.Kind)}\" tabindex=\"0\" role=\"img\" aria-label=\"{Text(text)}\" transform=\"translate({X(mark.At) + (beside * MarkWidth):0.#} {y})\"><title>{Text(text)}</title><path d=\"{Shape(mark.Kind)}\"/></g>"
            );
        }
    }

    /// <summary>The name of the kind in the page's style sheet and legend.</summary>
    public static string ClassOf(MarkKind kind) =>
        kind switch
        {
            MarkKind.Arrival => "arrival",
            MarkKind.Done => "done",
            MarkKind.Throttle => "throttle",
            MarkKind.DeadLetter => "dead-letter",
            MarkKind.Loss => "loss",
            MarkKind.Duplicate => "duplicate",
            MarkKind.Fault => "fault",
            _ => "note",
        };

    /// <summary>The kind's shape around the origin.</summary>
    public static string Shape(MarkKind kind) =>
        kind switch
        {
            MarkKind.Arrival => "M-4-4H4L0 4Z",
            MarkKind.Done => "M-4 0L-1 3L4-4",
            MarkKind.Throttle => "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0M-3 3L3-3",
            MarkKind.DeadLetter => "M0-5L5 0L0 5L-5 0Z",
            MarkKind.Loss => "M-4-4L4 4M4-4L-4 4",
            MarkKind.Duplicate => "M-4-4H2V2H-4ZM-1-1H5V5H-1Z",
            MarkKind.Fault => "M1-6L-4 1H0L-1 6L4-1H0Z",
            _ => "M-2 0A2 2 0 1 0 2 0A2 2 0 1 0-2 0",
        };

    /// <summary>The name of the invocation's outcome in the page's style sheet and legend.</summary>
    public static string OutcomeClass(InvocationRecord invocation) =>
        invocation switch
        {
            { Outcome: null } => "running",
            { Outcome.IgnoredReports.Count: > 0 } => "ignored",
            { Outcome.Kind: BatchOutcomeKind.Success } => "success",
            { Outcome.Kind: BatchOutcomeKind.PartialFailure } => "partial",
            { Error: not null } => "failed",
            _ => "unread",
        };

    private static string LabelOf(InvocationRecord invocation) => $"{InvocationText.Who(invocation)}, {OutcomeClass(invocation)}";

    private void Write(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));

    private static string Text(string text) => WebUtility.HtmlEncode(text).Replace("\n", "&#10;", StringComparison.Ordinal);
}
