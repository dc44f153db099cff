namespace AtLeastOnce.Runtime.Sources;

/// <summary>Says why a record counts as processed although the handler reported it as failed.</summary>
internal static class IgnoredReport
{
    /// <summary>The reason, as the end of a sentence.</summary>
    /// <param name="last">The record's last invocation, if any.</param>
    public static string Reason(InvocationRecord? last)
    {
        if (last?.Outcome is not { } outcome)
            return "the report was ignored (R-15, R-20a).";
        return outcome.Rule == "R-20a"
            ? $"its mapping '{last.Mapping}' does not set ReportBatchItemFailures, so the response was ignored (R-20a)."
            : $"{outcome.Reason}.";
    }
}
