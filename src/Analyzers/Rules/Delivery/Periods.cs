using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>Spans of time as messages say them.</summary>
internal static class Periods
{
    private const int SecondsADay = 24 * 60 * 60;
    private const int SecondsAnHour = 60 * 60;

    /// <summary>In the greatest unit that needs no fraction: <c>4 days</c>, <c>1 hour</c>, <c>90 s</c>.</summary>
    /// <param name="seconds">The seconds.</param>
    public static string Of(int seconds) =>
        seconds == 0 || seconds % SecondsAnHour != 0 ? FormattableString.Invariant($"{seconds} s")
        : seconds % SecondsADay != 0 ? Of(seconds / SecondsAnHour, "hour")
        : Of(seconds / SecondsADay, "day");

    /// <summary><c> after 4 days</c>; empty when the time is not known.</summary>
    public static string After(Setting<int> seconds) => seconds.Single() is { } known ? " after " + Of(known) : "";

    private static string Of(int count, string unit) => FormattableString.Invariant($"{count} {unit}{(count == 1 ? "" : "s")}");
}
