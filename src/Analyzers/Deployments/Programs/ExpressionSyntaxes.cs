using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>Where declarations hold their values.</summary>
internal static class ExpressionSyntaxes
{
    /// <summary>The initializer of a field or property, or the only expression of a property that is computed; null for any other declaration.</summary>
    public static ExpressionSyntax? ValueOf(SyntaxNode declaration) =>
        declaration switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var value } => value,
            PropertyDeclarationSyntax { Initializer.Value: var value } => value,
            PropertyDeclarationSyntax { ExpressionBody.Expression: var value } => value,
            _ => null,
        };

    /// <summary>What a value is assigned to: <c>Timeout</c> of <c>Timeout = 20</c>; null where it is not assigned.</summary>
    public static SyntaxNode? TargetOf(SyntaxNode value) =>
        value.AncestorsAndSelf().OfType<AssignmentExpressionSyntax>().FirstOrDefault() is { Left: var left } assignment
        && assignment.Right.Span.Contains(value.Span)
            ? left
            : null;
}
