using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

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
}
