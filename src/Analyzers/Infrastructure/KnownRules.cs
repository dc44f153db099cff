using System.Collections.Immutable;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>The product's own rules, for rules that speak about rules.</summary>
internal static class KnownRules
{
    private static readonly Lazy<ImmutableArray<LambdaAnalyzer>> Made = new(() =>
        typeof(LambdaAnalyzer)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(LambdaAnalyzer).IsAssignableFrom(type))
            .Select(type => (LambdaAnalyzer)Activator.CreateInstance(type)!)
            .ToImmutableArray()
    );

    /// <summary>An instance of each rule. Rules have no state.</summary>
    public static ImmutableArray<LambdaAnalyzer> All => Made.Value;
}
