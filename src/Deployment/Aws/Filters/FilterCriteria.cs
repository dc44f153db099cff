using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Aws.Filters;

/// <summary>The filters of a mapping: a record passes when one of them matches (F-1), and every record passes when there is none (P-31).</summary>
/// <param name="patterns">The patterns.</param>
internal sealed class FilterCriteria(IReadOnlyList<FilterPattern> patterns)
{
    /// <summary>The patterns.</summary>
    public IReadOnlyList<FilterPattern> Patterns { get; } = patterns;

    /// <summary>Whether a record passes one of the filters.</summary>
    public bool Matches(JsonValue record) => Patterns.Count == 0 || Patterns.Any(pattern => pattern.Matches(record));

    /// <summary>Whether an SQS message passes one of the filters; if not, the mapping deletes it (F-2).</summary>
    /// <param name="body">The message's body as sent.</param>
    /// <param name="otherFields">The record's other fields, an object.</param>
    public bool MatchesSqs(string body, JsonValue otherFields) => Patterns.Count == 0 || Patterns.Any(pattern => pattern.MatchesSqs(body, otherFields));

    /// <summary>Whether a Kinesis record passes one of the filters; if not, the mapping's iterator moves past it (F-3).</summary>
    /// <param name="data">The record's data as text, or null if it is no UTF-8.</param>
    /// <param name="otherFields">The record's other fields, an object.</param>
    public bool MatchesKinesis(string? data, JsonValue otherFields) =>
        Patterns.Count == 0 || Patterns.Any(pattern => pattern.MatchesKinesis(data, otherFields));
}
