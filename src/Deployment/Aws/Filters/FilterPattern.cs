using System.Diagnostics.CodeAnalysis;
using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Aws.Filters;

/// <summary>Why AWS refuses a filter pattern.</summary>
/// <param name="Offset">Where in the pattern's text.</param>
/// <param name="Detail">What is wrong there; AWS does not say it.</param>
/// <param name="IsUnlistedOperator">Whether it uses an operator of EventBridge that Lambda does not list: nobody has recorded the refusal.</param>
internal sealed record FilterPatternError(int Offset, string Detail, bool IsUnlistedOperator = false)
{
    /// <summary>AWS's message for every bad pattern (P-30).</summary>
    public const string Message = "Invalid filter pattern definition.";
}

/// <summary>A filter pattern of an event source mapping (F-1): what a record must look like to reach the function.</summary>
internal sealed class FilterPattern
{
    private readonly PatternObject root;

    private FilterPattern(string text, PatternObject root) => (Text, this.root) = (text, root);

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern; on failure tells why. Never throws.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FilterPattern? pattern, [NotNullWhen(false)] out FilterPatternError? error)
    {
        var root = PatternParser.Parse(text, out error);
        pattern = root is null ? null : new(text, root);
        return pattern is not null;
    }

    /// <summary>Whether a record passes. Strings in it are taken as they are: JSON within them is not read (section 12).</summary>
    /// <param name="record">The record as the mapping's source describes it.</param>
    public bool Matches(JsonValue record) => PatternMatcher.Matches(root, record);

    /// <summary>Whether an SQS message passes (F-2, F-7 to F-14).</summary>
    /// <param name="body">The message's body as sent.</param>
    /// <param name="otherFields">The record's other fields, an object; its <c>body</c>, if any, is not looked at.</param>
    public bool MatchesSqs(string body, JsonValue otherFields) => PatternMatcher.MatchesSqs(root, body, otherFields);

    /// <summary>Whether a Kinesis record passes (F-3, F-8 to F-13).</summary>
    /// <param name="data">The record's data as text, or null if it is no UTF-8: it is dropped by a pattern for the data then.</param>
    /// <param name="otherFields">The record's other fields, an object; its <c>data</c>, if any, is not looked at.</param>
    public bool MatchesKinesis(string? data, JsonValue otherFields) => PatternMatcher.MatchesText(root, PatternMatcher.Data, data ?? "", otherFields);

    /// <summary>Why no record of a source can pass; null where some record may.</summary>
    /// <param name="records">What the source's records can look like.</param>
    public PatternObstacle? ObstacleIn(IReadOnlyList<RecordForm> records) => PatternObstacles.Find(root, records);

    /// <summary>Whether the pattern tests a field itself, as a text, and not what is within it.</summary>
    /// <param name="field">A field of the record.</param>
    public bool TestsAsText(string field) => TestsAsText(root, field);

    private static bool TestsAsText(PatternObject pattern, string field) =>
        (pattern.Fields.TryGetValue(field, out var found) && found is LeafField)
        || pattern.Alternatives.Any(alternatives => alternatives.Any(alternative => TestsAsText(alternative, field)));
}
