using AtLeastOnce.Analyzers.Infrastructure;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>What users may say about time.</summary>
internal static class TimeBudgetOptions
{
    /// <summary>What an awaited call may take of which nothing else is known, in seconds, 1 to 900; 0 leaves such calls out.</summary>
    public static DeploymentRuleOption AssumedSecondsPerCall { get; } = new("alo.assumed_seconds_per_call", "AloAssumedSecondsPerCall", 0, 0, 900);

    /// <summary>The time that the fix of ALO305 leaves at the end of an invocation, in seconds, 1 to 600: what the last record that is begun may take, and the response.</summary>
    public static DeploymentRuleOption MarginSeconds { get; } = new("alo305.margin_seconds", "Alo305MarginSeconds", 5, 1, 600);
}
