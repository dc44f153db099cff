using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>Finds names for new variables that nothing else has.</summary>
internal static class LocalNames
{
    /// <summary>The wanted name, with a number behind it if something in or around one of the functions is already called so.</summary>
    public static string Free(SemanticModel model, string wanted, params SyntaxNode[] functions) =>
        Free(wanted, name => functions.All(function => !IsTaken(model, name, function)));

    /// <summary>The wanted name, with a number behind it if something around the node is already called so. What the node declares ends with it.</summary>
    public static string FreeBeside(SemanticModel model, string wanted, SyntaxNode node) =>
        Free(wanted, name => model.LookupSymbols(node.SpanStart, name: name).All(symbol => IsDeclaredIn(symbol, node)));

    /// <summary>Whether the node holds the declaration of a symbol.</summary>
    public static bool IsDeclaredIn(ISymbol symbol, SyntaxNode node) =>
        symbol.Locations is [{ IsInSource: true } location, ..] && location.SourceTree == node.SyntaxTree && node.Span.Contains(location.SourceSpan);

    private static string Free(string wanted, Func<string, bool> isFree)
    {
        var name = wanted;
        for (var number = 1; !isFree(name); number++)
            name = wanted + number;
        return name;
    }

    private static bool IsTaken(SemanticModel model, string name, SyntaxNode function) =>
        function.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name)
        || model.LookupSymbols(function.Span.End - 1, name: name).Length > 0;
}
