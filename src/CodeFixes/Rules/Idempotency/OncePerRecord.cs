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
        return record is not IParameterSymbol { ContainingSymbol: IMethodSymbol method } || IsGivenOnce(target, model, method, (IParameterSymbol)record, depth);
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

    // A record that a function takes: of the handler each is another one; a method that nobody else knows is called for each record at one place.
    private static bool IsGivenOnce(FixTarget target, SemanticModel model, IMethodSymbol method, IParameterSymbol parameter, int depth)
    {
        if (method.MethodKind == MethodKind.AnonymousFunction)
            return IsCalledForEach(model, method);
        if (method.MethodKind != MethodKind.LocalFunction && method.DeclaredAccessibility != Accessibility.Private)
            return false;
        if (Mentions(method) is not [var mention])
            return false;
        var caller = target.Session.Models.Of(mention.SyntaxTree);
        if (!SymbolEqualityComparer.Default.Equals(caller.GetSymbolInfo(mention).Symbol?.OriginalDefinition, method.OriginalDefinition))
            return false;
        var called = mention.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member ? (ExpressionSyntax)member : mention;
        if (called.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax taker })
            return IsForEach(caller, taker);
        return called.Parent is InvocationExpressionSyntax call
            && ArgumentFor(call, parameter) is IdentifierNameSyntax given
            && caller.GetSymbolInfo(given).Symbol is { } record
            && Holds(target, caller, call, record, depth + 1);
    }

    private static bool IsCalledForEach(SemanticModel model, IMethodSymbol lambda) =>
        lambda.DeclaringSyntaxReferences is [var reference]
        && reference.GetSyntax() is { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax taker } }
        && IsForEach(model, taker);

    // batch.Records.Select(…), Parallel.ForEachAsync(batch.Records, …)
    private static bool IsForEach(SemanticModel model, InvocationExpressionSyntax taker) =>
        model.GetSymbolInfo(taker).Symbol is IMethodSymbol { Name: "Select" or "ForEach" or "ForEachAsync" } method
        && method.ContainingNamespace?.ToDisplayString() is "System.Linq" or "System.Threading.Tasks" or "System.Collections.Generic"
        && !taker.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).Any(Repeats);

    private static ExpressionSyntax? ArgumentFor(InvocationExpressionSyntax call, IParameterSymbol parameter)
    {
        var arguments = call.ArgumentList.Arguments;
        return arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name)?.Expression
            ?? (parameter.Ordinal < arguments.Count && arguments[parameter.Ordinal].NameColon is null ? arguments[parameter.Ordinal].Expression : null);
    }

    private static List<IdentifierNameSyntax> Mentions(IMethodSymbol method)
    {
        var places =
            method.MethodKind == MethodKind.LocalFunction
                ? method
                    .DeclaringSyntaxReferences.Select(reference => reference.GetSyntax().FirstAncestorOrSelf<MemberDeclarationSyntax>())
                    .OfType<SyntaxNode>()
                : method.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax());
        return [.. places.SelectMany(place => place.DescendantNodes()).OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == method.Name)];
    }
}
