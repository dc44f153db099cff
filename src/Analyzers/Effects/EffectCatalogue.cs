using System.Collections.Concurrent;
using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Effects;

/// <summary>The effects that are known: those of the product, and those that the user's files add.</summary>
internal sealed class EffectCatalogue
{
    private static readonly Lazy<ImmutableArray<Effect>> BuiltIn = new(() => EffectFile.ReadBuiltIn());

    private readonly ILookup<string, Effect> byMethod;
    private readonly ImmutableArray<(string[] Parts, Effect Effect)> withPattern;
    private readonly ConcurrentDictionary<IMethodSymbol, Effect?> known = new(SymbolEqualityComparer.Default);

    /// <summary>A catalogue.</summary>
    /// <param name="added">The user's effects; they come before the product's.</param>
    public EffectCatalogue(ImmutableArray<Effect> added)
    {
        var all = added.AddRange(BuiltIn.Value);
        byMethod = all.SelectMany(effect => effect.Methods.Where(name => name.IndexOf('*') < 0).Select(name => (name, effect)))
            .ToLookup(pair => pair.name, pair => pair.effect, StringComparer.Ordinal);
        withPattern = all.SelectMany(effect => effect.Methods.Where(name => name.IndexOf('*') >= 0).Select(name => (name.Split('*'), effect)))
            .ToImmutableArray();
    }

    /// <summary>What a call of the method does; null when it is not in the catalogue.</summary>
    public Effect? Find(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return known.TryGetValue(definition, out var effect) ? effect : known.GetOrAdd(definition, Search(definition));
    }

    private Effect? Search(IMethodSymbol method)
    {
        var name = PlainName(method.Name);
        foreach (var effect in byMethod[name])
        {
            if (IsOn(method.ContainingType, effect))
                return effect;
        }

        foreach (var (parts, effect) in withPattern)
        {
            if (Matches(parts, name) && IsOn(method.ContainingType, effect))
                return effect;
        }

        return TokenPatterns.Of(method, name);
    }

    /// <summary>The name of a method without the <c>Async</c> at its end.</summary>
    public static string PlainName(string name) =>
        name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - 5) : name;

    private static bool IsOn(INamedTypeSymbol? type, Effect effect)
    {
        if (type is null)
            return false;
        foreach (var name in effect.Types)
        {
            if (type.IsOrDerivesFrom(name) || type.AllInterfaces.Any(contract => contract.Is(name)))
                return true;
        }

        return false;
    }

    // The parts are what stands between the stars.
    private static bool Matches(string[] parts, string name)
    {
        if (!name.StartsWith(parts[0], StringComparison.Ordinal))
            return false;
        var at = parts[0].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            var isLast = i == parts.Length - 1;
            var found =
                isLast && parts[i].Length > 0 ? name.LastIndexOf(parts[i], StringComparison.Ordinal) : name.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (found < at || (isLast && parts[i].Length > 0 && found + parts[i].Length != name.Length))
                return false;
            at = found + parts[i].Length;
        }

        return parts.Length > 1 || at == name.Length;
    }
}
