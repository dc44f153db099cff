using System.Collections.Immutable;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>The product's rules and what they are called, for rules that speak about rules.</summary>
internal static class RuleTitles
{
    private static readonly Lazy<ImmutableDictionary<string, string>> Titles = new(() =>
        KnownRules
            .All.SelectMany(rule => rule.SupportedDiagnostics)
            .GroupBy(rule => rule.Id, StringComparer.OrdinalIgnoreCase)
            .ToImmutableDictionary(
                rules => rules.Key,
                rules => rules.First().Title.ToString(System.Globalization.CultureInfo.InvariantCulture),
                StringComparer.OrdinalIgnoreCase
            )
    );

    /// <summary>The title of the rule; null where the id is none of the product's, in whatever case it is written.</summary>
    public static string? Of(string id) => Titles.Value.TryGetValue(id, out var title) ? title : null;
}
