using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>What methods return that promise no more than an object.</summary>
internal static class ReturnedObjects
{
    private const int DeepestCall = 4;

    /// <summary>Whether everything that the method returns is seen, and none of it can name failed records.</summary>
    public static bool CannotCarryFailures(IMethodSymbol method, SemanticModels models, CancellationToken cancellationToken) =>
        CannotCarryFailures(method, models, DeepestCall, cancellationToken);

    private static bool CannotCarryFailures(IMethodSymbol method, SemanticModels models, int depth, CancellationToken cancellationToken)
    {
        if (
            depth == 0
            || method.IsVirtual
            || method.ReturnType.Awaited()?.SpecialType != SpecialType.System_Object
            || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not MethodDeclarationSyntax syntax
        )
        {
            return false;
        }

        var model = models.Of(syntax.SyntaxTree);
        var returned = syntax.ExpressionBody is { Expression: { } only } ? [only] : ReturnedIn(syntax).ToList();
        return returned.Count > 0 && returned.All(value => CannotCarryFailures(value, method, model, models, depth, cancellationToken));
    }

    private static bool CannotCarryFailures(
        ExpressionSyntax value,
        IMethodSymbol method,
        SemanticModel model,
        SemanticModels models,
        int depth,
        CancellationToken cancellationToken
    )
    {
        var produced = value is AwaitExpressionSyntax awaited ? awaited.Expression : value;
        if (produced is InvocationExpressionSyntax && model.GetSymbolInfo(produced, cancellationToken).Symbol is IMethodSymbol called)
        {
            if (SymbolEqualityComparer.Default.Equals(called, method) || CannotCarryFailures(called, models, depth - 1, cancellationToken))
                return true;
        }

        return model.GetConstantValue(value, cancellationToken) is { HasValue: true, Value: null }
            || model.GetTypeInfo(value, cancellationToken).Type is { TypeKind: not TypeKind.Error } type && ResponseShape.Of(type).CannotCarryFailures;
    }

    private static IEnumerable<ExpressionSyntax> ReturnedIn(MethodDeclarationSyntax method) =>
        method
            .DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>()
            .Select(statement => statement.Expression)
            .OfType<ExpressionSyntax>();
}
