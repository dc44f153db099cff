using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>Finds names for new variables that nothing else has.</summary>
internal static class LocalNames
{
    /// <summary>The wanted name, with a number behind it if something in or around one of the functions is already called so.</summary>
    public static string Free(SemanticModel model, string wanted, params SyntaxNode[] functions)
    {
        var name = wanted;
        for (var number = 1; functions.Any(function => IsTaken(model, name, function)); number++)
            name = wanted + number;
        return name;
    }

    private static bool IsTaken(SemanticModel model, string name, SyntaxNode function) =>
        function.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name)
        || model.LookupSymbols(function.Span.End - 1, name: name).Length > 0;
}
