using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>What collections are made of.</summary>
internal static class ElementTypes
{
    // By the definition, whose interfaces are made once; those of a constructed type are made wherever it is met.
    private static readonly ConditionalWeakTable<ITypeSymbol, StrongBox<INamedTypeSymbol?>> Enumerables = new();

    /// <summary>The element type of a collection; null when the type is none, or its elements are no named type.</summary>
    public static INamedTypeSymbol? Of(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return array.ElementType as INamedTypeSymbol;
        if (type is not INamedTypeSymbol named || type.SpecialType == SpecialType.System_String)
            return null;
        var definition = named.OriginalDefinition;
        return Enumerables.GetValue(definition, static type => new(EnumerableOf((INamedTypeSymbol)type))).Value?.TypeArguments[0] switch
        {
            null => null,
            ITypeParameterSymbol parameter when SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, definition) => named.TypeArguments[
                parameter.Ordinal
            ] as INamedTypeSymbol,
            INamedTypeSymbol { IsGenericType: false } element => element,
            _ => EnumerableOf(named)?.TypeArguments[0] as INamedTypeSymbol,
        };
    }

    private static INamedTypeSymbol? EnumerableOf(INamedTypeSymbol type) => IsEnumerable(type) ? type : type.AllInterfaces.FirstOrDefault(IsEnumerable);

    private static bool IsEnumerable(INamedTypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T;
}
