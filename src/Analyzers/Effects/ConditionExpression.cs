using System.Text.RegularExpressions;

namespace AtLeastOnce.Analyzers.Effects;

/// <summary>What a DynamoDB condition says about a repetition.</summary>
internal sealed record ConditionExpression
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex NotExists = new(@"\battribute_not_exists\s*\(\s*(?<name>[#\w\.]*)\s*\)?", Options, TimeSpan.FromSeconds(1));

    // Not >=, <=: a condition on an amount lets the repetition pass as long as there is enough.
    private static readonly Regex Comparison = new(
        @"(?<![<>])=\s*(?<value>:[\w]+)|<>\s*(?<value>:[\w]+)|\bcontains\s*\([^,()]*,\s*(?<value>:[\w]+)\s*\)",
        Options,
        TimeSpan.FromSeconds(1)
    );
    private static readonly Regex Alternative = new(@"\bOR\b", Options, TimeSpan.FromSeconds(1));
    private static readonly Regex Joined = new(@"^(\s|\(|\)|\bAND\b)*$", Options, TimeSpan.FromSeconds(1));

    private ConditionExpression() { }

    /// <summary>The attributes that must not be there, as the text names them.</summary>
    public IReadOnlyList<string> Absent { get; private init; } = [];

    /// <summary>Placeholders of the values it compares for equality or containment: a repetition is refused where they tell this record apart.</summary>
    public IReadOnlyList<string> Compared { get; private init; } = [];

    /// <summary>Whether it refuses what is there already: <c>attribute_not_exists(…)</c>.</summary>
    public bool RefusesExisting => Absent.Count > 0;

    /// <summary>Whether it asks for nothing but that: every attribute that it names must not be there.</summary>
    public bool IsOnlyAboutExistence { get; private init; }

    /// <summary>Whether one of several conditions is enough: <c>OR</c>.</summary>
    public bool HasAlternatives { get; private init; }

    /// <summary>Reads a condition.</summary>
    public static ConditionExpression Parse(string text)
    {
        var absent = NotExists.Matches(text).Cast<Match>().Select(match => match.Groups["name"].Value).ToList();
        return new()
        {
            Absent = absent,
            Compared = [.. Comparison.Matches(text).Cast<Match>().Select(match => match.Groups["value"].Value)],
            IsOnlyAboutExistence = absent.Count > 0 && Joined.IsMatch(NotExists.Replace(text, "")),
            HasAlternatives = Alternative.IsMatch(text),
        };
    }
}
