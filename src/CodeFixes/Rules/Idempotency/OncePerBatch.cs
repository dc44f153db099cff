using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Idempotency;

/// <summary>
/// Proves that code takes each record of a batch at most once. Loops and calls around it must divide the batch among their turns (groups, indexes): a loop over
/// receivers around one over the records would do each record's work several times.
/// </summary>
internal static class OncePerBatch
{
    private const int DeepestCall = 8;

    /// <summary>Whether it does.</summary>
    /// <param name="target">The document.</param>
    /// <param name="model">The meaning of the code's file.</param>
    /// <param name="taking">What takes the records: a loop, a declaration, a call with a lambda.</param>
    /// <param name="source">What it takes them from.</param>
    public static bool Holds(FixTarget target, SemanticModel model, SyntaxNode taking, SyntaxNode source) => Holds(target, model, taking, source, 0);

    private static bool Holds(FixTarget target, SemanticModel model, SyntaxNode taking, SyntaxNode? source, int depth)
    {
        if (depth > DeepestCall)
            return false;
        for (var node = taking.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case ForEachStatementSyntax loop when IsMentioned(loop.Identifier.ValueText, source):
                    source = loop.Expression;
                    break;
                case ForStatementSyntax { Declaration.Variables: [var index] } when IsMentioned(index.Identifier.ValueText, source):
                    source = null;
                    break;
                case AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax taker } } lambda
                    when ParametersOf(lambda).Any(name => IsMentioned(name, source)) && IsForEach(model, taker):
                    return Holds(target, model, taker, taker, depth + 1);
                case LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax:
                    return model.GetDeclaredSymbol(node) is IMethodSymbol method && (IsHandler(target, method) || IsCalledOnce(target, method, source, depth));
                case CommonForEachStatementSyntax
                or ForStatementSyntax
                or WhileStatementSyntax
                or DoStatementSyntax
                or AnonymousFunctionExpressionSyntax
                or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether a call runs what it is given once for each of its elements: <c>batch.Records.Select(…)</c>, <c>Parallel.ForEachAsync(batch.Records, …)</c>.</summary>
    public static bool IsForEach(SemanticModel model, InvocationExpressionSyntax taker) =>
        model.GetSymbolInfo(taker).Symbol is IMethodSymbol { Name: "Select" or "ForEach" or "ForEachAsync" } method
        && method.ContainingNamespace?.ToDisplayString() is "System.Linq" or "System.Threading.Tasks" or "System.Collections.Generic";

    private static bool IsHandler(FixTarget target, IMethodSymbol method) =>
        target
            .Handlers(CancellationToken.None)
            .Any(handler => SymbolEqualityComparer.Default.Equals(handler.Method.OriginalDefinition, method.OriginalDefinition));

    private static bool IsCalledOnce(FixTarget target, IMethodSymbol method, SyntaxNode? source, int depth)
    {
        if (OnlyCall.Of(target, method) is not { } only)
            return false;
        if (only.Taker is { } taker)
            return IsForEach(only.Model, taker) && Holds(target, only.Model, taker, taker, depth + 1);
        var given = method.Parameters.FirstOrDefault(parameter => IsMentioned(parameter.Name, source));
        return only.Call is { } call && Holds(target, only.Model, call, given is null ? null : only.ArgumentFor(given), depth + 1);
    }

    private static bool IsMentioned(string name, SyntaxNode? source) =>
        source?.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(identifier => identifier.Identifier.ValueText == name) == true;

    private static IEnumerable<string> ParametersOf(AnonymousFunctionExpressionSyntax lambda) =>
        lambda switch
        {
            SimpleLambdaExpressionSyntax simple => [simple.Parameter.Identifier.ValueText],
            ParenthesizedLambdaExpressionSyntax several => several.ParameterList.Parameters.Select(parameter => parameter.Identifier.ValueText),
            _ => [],
        };
}
