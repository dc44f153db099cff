using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Comparing symbols by full name without making strings.</summary>
internal static class SymbolNames
{
    /// <summary>Whether the type's full name (namespaces and containing types joined by dots, without type arguments) is <paramref name="fullName"/>.</summary>
    public static bool Is(this ITypeSymbol? type, string fullName)
    {
        var end = fullName.Length;
        ISymbol? symbol = type;
        while (symbol is not null and not INamespaceSymbol { IsGlobalNamespace: true })
        {
            var name = symbol.Name;
            var start = end - name.Length;
            if (start < 0 || string.CompareOrdinal(fullName, start, name, 0, name.Length) != 0)
                return false;
            symbol = symbol.ContainingSymbol;
            if (start == 0)
                return symbol is null or INamespaceSymbol { IsGlobalNamespace: true };
            if (fullName[start - 1] != '.')
                return false;
            end = start - 1;
        }

        return false;
    }

    /// <summary>Whether the type, or a type it derives from, has that full name.</summary>
    public static bool IsOrDerivesFrom(this ITypeSymbol? type, string fullName)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Is(fullName))
                return true;
        }

        return false;
    }

    /// <summary>Whether the type lies in <paramref name="namespaceName"/> or below it.</summary>
    public static bool IsIn(this ITypeSymbol? type, string namespaceName)
    {
        for (var current = type?.ContainingNamespace; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace)
        {
            if (IsNamed(current, namespaceName))
                return true;
        }

        return false;
    }

    /// <summary>Whether an attribute of that full name is on the symbol.</summary>
    public static bool HasAttribute(this ISymbol symbol, string fullName) => symbol.FindAttribute(fullName) is not null;

    /// <summary>The attribute of that full name, or null.</summary>
    public static AttributeData? FindAttribute(this ISymbol symbol, string fullName) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.Is(fullName));

    /// <summary>The type that a task carries; the type itself when it is no task; null for a task without a value.</summary>
    public static ITypeSymbol? Awaited(this ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask" } named && named.IsIn("System.Threading.Tasks")
            ? named.TypeArguments.Length == 1
                ? named.TypeArguments[0]
                : null
            : type.SpecialType == SpecialType.System_Void
                ? null
                : type;

    /// <summary>The method's name, without the interface where it implements one explicitly.</summary>
    public static string OwnName(this IMethodSymbol method) =>
        method.ExplicitInterfaceImplementations is [var implemented, ..] ? implemented.Name : method.Name;

    /// <summary>The words that a name in capitals is made of, without the <c>I</c> of an interface: <c>Ship</c>, <c>Orders</c>, <c>Async</c>.</summary>
    public static IReadOnlyList<string> Words(this string name)
    {
        var words = new List<string>();
        var start = name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? 1 : 0;
        for (var index = start + 1; index <= name.Length; index++)
        {
            if (index < name.Length && !char.IsUpper(name[index]))
                continue;
            words.Add(name.Substring(start, index - start));
            start = index;
        }

        return words;
    }

    private static bool IsNamed(INamespaceSymbol symbol, string name)
    {
        var end = name.Length;
        for (var current = symbol; !current.IsGlobalNamespace; current = current.ContainingNamespace)
        {
            var start = end - current.Name.Length;
            if (start < 0 || string.CompareOrdinal(name, start, current.Name, 0, current.Name.Length) != 0)
                return false;
            if (start == 0)
                return current.ContainingNamespace.IsGlobalNamespace;
            if (name[start - 1] != '.')
                return false;
            end = start - 1;
        }

        return false;
    }
}
