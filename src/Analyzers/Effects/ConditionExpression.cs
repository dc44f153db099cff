using System.Text.RegularExpressions;

namespace AtLeastOnce.Analyzers.Effects;

/// <summary>What a DynamoDB condition says about a repetition.</summary>
/// <param name="RefusesExisting">Whether it refuses what is there already: <c>attribute_not_exists(…)</c>.</param>
/// <param name="Compared">Placeholders of the values it compares for equality or containment: a repetition is refused where they tell this record apart.</param>
internal sealed record ConditionExpression(bool RefusesExisting, IReadOnlyList<string> Compared)
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex NotExists = new(@"\battribute_not_exists\s*\(\s*(?<name>[#\w]*)", Options, TimeSpan.FromSeconds(1));

    // Not >=, <=: a condition on an amount lets the repetition pass as long as there is enough.
    private static readonly Regex Comparison = new(
        @"(?<![<>])=\s*(?<value>:[\w]+)|<>\s*(?<value>:[\w]+)|\bcontains\s*\([^,()]*,\s*(?<value>:[\w]+)\s*\)",
        Options,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>The attributes that must not be there, as the text names them.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>Reads a condition.</summary>
    public static ConditionExpression Parse(string text) =>
        new(NotExists.IsMatch(text), [.. Comparison.Matches(text).Cast<Match>().Select(match => match.Groups["value"].Value)])
        {
            Absent = [.. NotExists.Matches(text).Cast<Match>().Select(match => match.Groups["name"].Value)],
        };
}
