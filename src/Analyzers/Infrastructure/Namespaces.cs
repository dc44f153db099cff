using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Namespaces of packages. Most types are in none of them, which the outermost namespace alone says.</summary>
internal sealed class Namespaces(IEnumerable<string> names)
{
    private readonly ILookup<string, string> byOutermost = names.ToLookup(name => name.Split('.')[0], StringComparer.Ordinal);

    /// <summary>Whether the type lies in one of them or below it.</summary>
    public bool Contain(ITypeSymbol? type)
    {
        if (type?.ContainingNamespace is not { IsGlobalNamespace: false } outermost)
            return false;
        while (outermost.ContainingNamespace is { IsGlobalNamespace: false } outer)
            outermost = outer;
        foreach (var name in byOutermost[outermost.Name])
        {
            if (type.IsIn(name))
                return true;
        }

        return false;
    }
}
