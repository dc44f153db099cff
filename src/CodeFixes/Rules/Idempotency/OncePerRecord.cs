using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Idempotency;

/// <summary>
/// Proves that a place runs at most once for each record, so that the record's id stands there for one thing only. Two things under one id would be one: the second
/// write would replace the first, the second message would be dropped as a duplicate.
/// </summary>
internal static class OncePerRecord
{
    private const int DeepestCall = 8;

    /// <summary>Whether it does.</summary>
    /// <param name="target">The document.</param>
    /// <param name="model">The meaning of the place's file.</param>
    /// <param name="place">The place.</param>
    /// <param name="record">The variable that holds the record there.</param>
    public static bool Holds(FixTarget target, SemanticModel model, SyntaxNode place, ISymbol record) => Holds(target, model, place, record, 0);

    private static bool Holds(FixTarget target, SemanticModel model, SyntaxNode place, ISymbol record, int depth)
    {
        if (depth > DeepestCall || ScopeOf(record) is not { } scope || scope.SyntaxTree != place.SyntaxTree || !scope.Span.Contains(place.Span))
            return false;
        if (place.Ancestors().TakeWhile(node => node != scope).Any(Repeats) || HasLabel(scope) || IsAssigned(scope, record))
            return false;
        return record.DeclaringSyntaxReferences[0].GetSyntax() switch
        {
            ForEachStatementSyntax loop => OncePerBatch.Holds(target, model, loop, loop.Expression),
            VariableDeclaratorSyntax { Initializer.Value: { } value } variable => OncePerBatch.Holds(target, model, variable, value),
            _ => record is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter && IsGivenOnce(target, model, method, parameter, scope, depth),
        };
    }

    // Where the variable is another one each time: the body of the loop, the block of its declaration, the function.
    private static SyntaxNode? ScopeOf(ISymbol record) =>
        record.DeclaringSyntaxReferences is [var reference]
            ? reference.GetSyntax() switch
            {
                ForEachStatementSyntax loop => loop.Statement,
                VariableDeclaratorSyntax
                {
                    Initializer: not null,
                    Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } }
                } => block,
                ParameterSyntax { Parent: ParameterListSyntax { Parent: { } function } } => function,
                ParameterSyntax { Parent: SimpleLambdaExpressionSyntax lambda } => lambda,
                _ => null,
            }
            : null;

    private static bool Repeats(SyntaxNode node) =>
        node
            is CommonForEachStatementSyntax
                or ForStatementSyntax
                or WhileStatementSyntax
                or DoStatementSyntax
                or AnonymousFunctionExpressionSyntax
                or LocalFunctionStatementSyntax
                or QueryExpressionSyntax;

    private static bool HasLabel(SyntaxNode scope) => scope.DescendantNodes().Any(node => node is LabeledStatementSyntax);

    private static bool IsAssigned(SyntaxNode scope, ISymbol record) =>
        scope
            .DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == record.Name)
            .Any(name =>
                name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name
                || name.Parent is ArgumentSyntax argument && !argument.RefKindKeyword.IsKind(SyntaxKind.None)
            );

    // A record that a function takes: a lambda that a call runs for each record, or a method that nobody else knows and that is called for each record at one place.
    private static bool IsGivenOnce(FixTarget target, SemanticModel model, IMethodSymbol method, IParameterSymbol parameter, SyntaxNode function, int depth)
    {
        if (method.MethodKind == MethodKind.AnonymousFunction)
            return function.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax taker } && IsTakenOnce(target, model, taker);
        if (OnlyCall.Of(target, method) is not { } only)
            return false;
        if (only.Taker is { } takesMethod)
            return IsTakenOnce(target, only.Model, takesMethod);
        return only.Call is { } call
            && only.ArgumentFor(parameter) is IdentifierNameSyntax given
            && only.Model.GetSymbolInfo(given).Symbol is { } record
            && Holds(target, only.Model, call, record, depth + 1);
    }

    private static bool IsTakenOnce(FixTarget target, SemanticModel model, InvocationExpressionSyntax taker) =>
        OncePerBatch.IsForEach(model, taker) && OncePerBatch.Holds(target, model, taker, taker);
}
