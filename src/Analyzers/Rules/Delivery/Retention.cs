using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>Words about how long something is kept.</summary>
internal static class Retention
{
    private const int SecondsADay = 24 * 60 * 60;
    private const int SecondsAnHour = 60 * 60;

    /// <summary><c> after 4 days</c>; empty when it is not known.</summary>
    public static string After(Setting<int> seconds) => seconds.Single() is { } known ? " after " + Time(known) : "";

    /// <summary>A time in its largest whole unit: <c>4 days</c>, <c>36 hours</c>, <c>90 s</c>.</summary>
    public static string Time(int seconds) =>
        seconds % SecondsADay == 0 ? Count(seconds / SecondsADay, "day")
        : seconds % SecondsAnHour == 0 ? Count(seconds / SecondsAnHour, "hour")
        : FormattableString.Invariant($"{seconds} s");

    private static string Count(int count, string unit) => FormattableString.Invariant($"{count} {unit}{(count == 1 ? "" : "s")}");
}
