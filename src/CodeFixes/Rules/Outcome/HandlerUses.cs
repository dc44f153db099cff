using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Where a handler is called from, besides Lambda.</summary>
internal static class HandlerUses
{
    /// <summary>The documents that call the handler; null when one of them uses a result that the handler will no longer return.</summary>
    public static async Task<ImmutableArray<DocumentId>?> AllowAsync(FixTarget target, Handler handler, CancellationToken cancellationToken)
    {
        if (handler.Method.MethodKind == MethodKind.AnonymousFunction)
            return ImmutableArray<DocumentId>.Empty;
        var callers = ImmutableArray.CreateBuilder<DocumentId>();
        foreach (
            var reference in await SymbolFinder
                .FindReferencesAsync(handler.Method.OriginalDefinition, target.Document.Project.Solution, cancellationToken)
                .ConfigureAwait(false)
        )
        {
            foreach (var place in reference.Locations)
            {
                callers.Add(place.Document.Id);
                if (
                    handler.Response.Kind != ResponseKind.Other
                    || await place.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
                )
                    continue;
                if (IsResultUsed(root.FindNode(place.Location.SourceSpan, getInnermostNodeForTie: true)))
                    return null;
            }
        }

        return callers.Distinct().ToImmutableArray();
    }

    private static bool IsResultUsed(SyntaxNode name)
    {
        if (name.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(call => call.Expression.Span.Contains(name.Span)) is not { } invocation)
            return false;
        var use = Waiting.Of(invocation);
        if (use is AwaitExpressionSyntax awaited)
            use = awaited.Parent;
        // A member that hands the result on says its type, which then does not fit.
        return use is not (ExpressionStatementSyntax or ArrowExpressionClauseSyntax);
    }
}
