using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What becomes of what a call gives back, once it is awaited.</summary>
internal static class CallResults
{
    /// <summary>Whether the call gives something back that is not thrown away.</summary>
    public static bool AreLookedAt(IInvocationOperation call) =>
        call.Type?.Awaited() is not null && UseOf(call.Syntax) is not (ExpressionStatementSyntax or ArrowExpressionClauseSyntax);

    /// <summary>Whether it is returned as it is.</summary>
    public static bool IsReturned(IInvocationOperation call) => UseOf(call.Syntax) is ReturnStatementSyntax;

    private static SyntaxNode? UseOf(SyntaxNode call)
    {
        var node = call.Parent;
        while (
            node
                is AwaitExpressionSyntax
                    or ParenthesizedExpressionSyntax
                    or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" }
                    or InvocationExpressionSyntax
        )
        {
            node = node.Parent;
        }

        return node;
    }
}
