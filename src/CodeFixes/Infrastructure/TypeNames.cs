using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>Writes types as short as they mean the same at a position, and says which namespaces must be imported for that.</summary>
internal sealed class TypeNames(SemanticModel model, int position, TextEdits edits)
{
    // An import of a namespace with a type that has to be told apart would change what that type's name means.
    private readonly HashSet<string> inFull = new(StringComparer.Ordinal);

    /// <summary>A type of the framework by its full name, without type arguments; null when the compilation does not know it.</summary>
    public string? Of(string metadataName) => model.Compilation.GetTypesByMetadataName(metadataName).FirstOrDefault() is { } type ? Of(type) : null;

    /// <summary>The name of a type, without type arguments.</summary>
    public string Of(INamedTypeSymbol type)
    {
        var outer = type;
        while (outer.ContainingType is not null)
            outer = outer.ContainingType;
        var found = model
            .LookupNamespacesAndTypes(position, name: outer.Name)
            .Where(symbol => symbol is not INamedTypeSymbol named || named.Arity == outer.Arity)
            .ToList();
        var space = outer.ContainingNamespace;
        var isKnown = found.Count == 1 && SymbolEqualityComparer.Default.Equals(found[0].OriginalDefinition, outer.OriginalDefinition);
        var isShort = isKnown || space.IsGlobalNamespace || found.Count == 0 && !inFull.Contains(space.ToDisplayString());
        if (!isShort)
            inFull.Add(space.ToDisplayString());
        else if (found.Count == 0 && !space.IsGlobalNamespace)
            edits.Imports.Add(space.ToDisplayString());
        var name = isShort ? outer.Name : $"{space.ToDisplayString()}.{outer.Name}";
        return name + string.Concat(Nesting(type).Select(inner => "." + inner.Name));
    }

    /// <summary>Makes the query operators of <c>System.Linq</c> usable.</summary>
    public void NeedQueries() =>
        NeedExtension(
            model.Compilation.GetSpecialType(SpecialType.System_Collections_Generic_IEnumerable_T).Construct(model.Compilation.ObjectType),
            "Select",
            "System.Linq"
        );

    /// <summary>Makes an extension method of a namespace usable on values of a type.</summary>
    public void NeedExtension(ITypeSymbol receiver, string method, string namespaceName)
    {
        var isThere = model
            .LookupSymbols(position, receiver, method, includeReducedExtensionMethods: true)
            .Any(symbol => symbol.ContainingType.IsIn(namespaceName));
        if (!isThere)
            edits.Imports.Add(namespaceName);
    }

    private static Stack<INamedTypeSymbol> Nesting(INamedTypeSymbol type)
    {
        var nested = new Stack<INamedTypeSymbol>();
        for (var current = type; current.ContainingType is not null; current = current.ContainingType)
            nested.Push(current);
        return nested;
    }
}
