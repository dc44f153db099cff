using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Methods that somebody has said, or made, safe to repeat: by an attribute, or in the configuration.</summary>
internal sealed class IdempotentOperations
{
    /// <summary>The key of the configuration: full names of methods, <c>Namespace.Type.Method</c>, separated by commas.</summary>
    public const string Option = "alo.idempotent_operations";

    private static readonly string[] Attributes = ["IdempotentOperationAttribute", "IdempotentAttribute"];

    private readonly ImmutableArray<string> declared;

    /// <summary>Reads the configuration.</summary>
    public IdempotentOperations(Compilation compilation, AnalyzerConfigOptionsProvider options)
    {
        var written = new List<string>();
        if (options.GlobalOptions.TryGetValue(Option, out var global))
            written.Add(global);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (options.GetOptions(tree).TryGetValue(Option, out var local))
            {
                written.Add(local);
                break;
            }
        }

        declared = written.SelectMany(text => text.Split(',', ';')).Select(name => name.Trim()).Where(name => name.Length > 0).ToImmutableArray();
    }

    /// <summary>Whether repeating the method is safe.</summary>
    public bool Includes(IMethodSymbol method) =>
        IsMarked(method)
        || IsMarked(method.ContainingType)
        || (!declared.IsEmpty && declared.Any(name => IsNamed(method, name)))
        || method.ExplicitOrImplicitContracts().Any(IsMarked);

    private static bool IsMarked(ISymbol? symbol) => symbol?.GetAttributes().Any(attribute => Attributes.Contains(attribute.AttributeClass?.Name)) == true;

    private static bool IsNamed(IMethodSymbol method, string name)
    {
        var end = name.LastIndexOf('.');
        return end > 0 && string.CompareOrdinal(name, end + 1, method.Name, 0, int.MaxValue) == 0 && method.ContainingType.Is(name.Substring(0, end));
    }
}

/// <summary>The members of interfaces that a method implements.</summary>
internal static class ImplementedContracts
{
    /// <summary>The members of interfaces that the method implements.</summary>
    public static IEnumerable<IMethodSymbol> ExplicitOrImplicitContracts(this IMethodSymbol method) =>
        method.ContainingType is not { } type
            ? []
            : type
                .AllInterfaces.SelectMany(contract => contract.GetMembers(method.Name))
                .OfType<IMethodSymbol>()
                .Where(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method));
}
