using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Effects;

/// <summary>
/// Effects that are known by their shape: a request that has a place for a token says by that that doing it again is not harmless without one.
/// </summary>
internal static class TokenPatterns
{
    private static readonly string[] Tokens = ["ClientRequestToken", "ClientToken", "IdempotencyToken"];
    private static readonly string[] Verbs = ["Start", "Create", "Run", "Submit", "Send", "Request"];
    private static readonly string[] Payments = ["Create", "Capture", "Charge", "Refund", "Pay"];

    /// <summary>The effect of a method of that shape; null for any other.</summary>
    /// <param name="method">The method.</param>
    /// <param name="name">Its name without <c>Async</c>.</param>
    public static Effect? Of(IMethodSymbol method, string name)
    {
        if (method.ContainingType is not { } type || method.Locations.Any(location => location.IsInSource) && !type.IsIn("Amazon") && !type.IsIn("Stripe"))
            return null;
        foreach (var parameter in method.Parameters)
        {
            if (type.IsIn("Amazon") && StartsWith(name, Verbs) && PropertyOf(parameter.Type, Tokens) is { } token)
            {
                return new(name, EffectKind.Adds, ImmutableArray<string>.Empty, ImmutableArray<string>.Empty)
                {
                    Again = $"makes the request {name} again",
                    Token = ImmutableArray.Create(new AccessPath(parameter.Name, ImmutableArray.Create(token))),
                    Identity = NamesIn(parameter.Type).Select(named => new AccessPath(parameter.Name, ImmutableArray.Create(named))).ToImmutableArray(),
                };
            }

            if (StartsWith(name, Payments) && parameter.Type.Name == "RequestOptions" && PropertyOf(parameter.Type, ["IdempotencyKey"]) is { } key)
            {
                return new($"{type.Name}.{name}", EffectKind.Adds, ImmutableArray<string>.Empty, ImmutableArray<string>.Empty)
                {
                    Again = "makes the request again",
                    Token = ImmutableArray.Create(new AccessPath(parameter.Name, ImmutableArray.Create(key))),
                };
            }
        }

        return null;
    }

    private static bool StartsWith(string name, string[] verbs) =>
        verbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal) && (name.Length == verb.Length || char.IsUpper(name[verb.Length])));

    private static string? PropertyOf(ITypeSymbol type, string[] names)
    {
        for (var current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            foreach (var name in names)
            {
                if (current.GetMembers(name).Any(member => member is IPropertySymbol))
                    return name;
            }
        }

        return null;
    }

    // What is made under a name is refused the second time.
    private static IEnumerable<string> NamesIn(ITypeSymbol type) =>
        type.GetMembers()
            .OfType<IPropertySymbol>()
            .Where(property => property.Name.EndsWith("Name", StringComparison.Ordinal))
            .Select(property => property.Name);
}
