using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Climbs from a task to what is done with it.</summary>
internal static class Waiting
{
    /// <summary>The node that uses the task, past parentheses and <c>ConfigureAwait</c>.</summary>
    public static SyntaxNode? Of(ExpressionSyntax task)
    {
        SyntaxNode node = task;
        while (
            node.Parent is ParenthesizedExpressionSyntax
            || node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" }
            || node.Parent is InvocationExpressionSyntax invocation && invocation.Expression == node
        )
        {
            node = node.Parent;
        }

        return node.Parent;
    }

    /// <summary>Whether the task is awaited or blocked on where it is made.</summary>
    public static bool IsOver(ExpressionSyntax task) =>
        Of(task) switch
        {
            AwaitExpressionSyntax => true,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" or "Wait" or "GetAwaiter" } => true,
            _ => false,
        };
}
