using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Finds the list of failures that a handler already has, from a place in it or in a method that is given the list.</summary>
internal static class KnownList
{
    /// <summary>An expression for the list; null when none is certain to reach the response.</summary>
    public static string? At(FixTarget target, Handler handler, SyntaxNode place)
    {
        var function = FunctionSyntax.Around(place);
        while (function?.IsLambda == true && function.Node != DeclarationOf(handler))
            function = FunctionSyntax.Around(function.Node);
        if (function is null)
            return null;
        if (function.Node == DeclarationOf(handler) && ResponseSource.In(function, target.Model, handler.Response) is { List: { } list } source)
            return source.IsInScopeAt(place) ? list : null;
        return Candidates(target, handler, function, place) is [var only] ? only.Name : null;
    }

    // A list that is a parameter was made by the caller; one that is returned goes there.
    private static List<ISymbol> Candidates(FixTarget target, Handler handler, FunctionSyntax function, SyntaxNode place)
    {
        var returned = function
            .Returns.Where(statement => statement.Expression is not null)
            .SelectMany(statement => statement.Expression!.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
            .Select(name => target.Model.GetSymbolInfo(name).Symbol)
            .ToList();
        return target
            .Model.LookupSymbols(place.SpanStart)
            .Where(symbol =>
                symbol switch
                {
                    IParameterSymbol parameter => ResponseSource.IsListOf(parameter.Type, handler.Response.ItemType),
                    ILocalSymbol local => ResponseSource.IsListOf(local.Type, handler.Response.ItemType)
                        && local.Locations[0].SourceSpan.Start < place.SpanStart
                        && returned.Contains(local, SymbolEqualityComparer.Default),
                    _ => false,
                }
            )
            .ToList();
    }

    private static SyntaxNode? DeclarationOf(Handler handler) => handler.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
}
