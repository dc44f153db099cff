namespace AtLeastOnce.Runtime.History.Chart;

/// <summary>
/// Where a chart shows a virtual time. Waits of days stand beside invocations of milliseconds, so that a span takes room by its logarithm: every moment at which something happens
/// has its place, in order, and a long wait is shortened.
/// </summary>
internal sealed class TimeAxis
{
    private const double LeastGap = 4;
    private const double PerDecade = 26;
    private const double UnitSeconds = 0.02;
    private const double MostStretched = 4;

    private readonly TimeSpan[] moments;
    private readonly double[] places;

    /// <summary>An axis for these moments, in any order.</summary>
    /// <param name="moments">What must have a place.</param>
    /// <param name="narrowest">The width that a short run is stretched to, as far as that helps.</param>
    /// <param name="widest">The width that is not exceeded.</param>
    public TimeAxis(IEnumerable<TimeSpan> moments, double narrowest, double widest)
    {
        this.moments = [.. moments.Append(TimeSpan.Zero).Distinct().Order()];
        places = new double[this.moments.Length];
        for (var i = 1; i < places.Length; i++)
            places[i] = places[i - 1] + LeastGap + (PerDecade * Math.Log10(1 + ((this.moments[i] - this.moments[i - 1]).TotalSeconds / UnitSeconds)));
        var total = places[^1];
        var scale =
            total > widest ? widest / total
            : total > 0 ? Math.Clamp(narrowest / total, 1, MostStretched)
            : 1;
        for (var i = 0; i < places.Length; i++)
            places[i] *= scale;
    }

    /// <summary>The place of the last moment.</summary>
    public double Width => places[^1];

    /// <summary>The place of a moment that the axis was made for.</summary>
    public double this[TimeSpan moment] => places[Array.BinarySearch(moments, moment)];

    /// <summary>The moments to label, so that no two labels are nearer than this.</summary>
    public IEnumerable<(TimeSpan Moment, double Place)> Ticks(double apart)
    {
        var next = 0.0;
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] < next)
                continue;
            yield return (moments[i], places[i]);
            next = places[i] + apart;
        }
    }
}
