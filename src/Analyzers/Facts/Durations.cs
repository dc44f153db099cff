namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Units of time in the names of methods and parameters.</summary>
internal static class Durations
{
    /// <summary>The unit that a method counts in by its name: <c>FromMinutes</c>, <c>AddDays</c>; null for any other name.</summary>
    public static TimeSpan? Unit(string name, string verb) =>
        !name.StartsWith(verb, StringComparison.Ordinal)
            ? null
            : name.Substring(verb.Length).ToUpperInvariant() switch
            {
                "DAYS" => TimeSpan.FromDays(1),
                "HOURS" => TimeSpan.FromHours(1),
                "MINUTES" => TimeSpan.FromMinutes(1),
                "SECONDS" => TimeSpan.FromSeconds(1),
                "MILLISECONDS" => TimeSpan.FromMilliseconds(1),
                _ => null,
            };
}
