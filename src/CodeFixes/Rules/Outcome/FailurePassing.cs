using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>The way from a handler to the method that goes through its records, along which the list of failures is passed.</summary>
/// <param name="Functions">The handler and the methods on the way, the one with the pass last.</param>
/// <param name="Calls">The calls between them.</param>
internal sealed record FailurePassing(IReadOnlyList<FunctionSyntax> Functions, IReadOnlyList<InvocationExpressionSyntax> Calls)
{
    /// <summary>Follows the calls; null when a method on the way is seen or called from elsewhere too, or its end is not waited for.</summary>
    public static FailurePassing? Along(FixTarget target, FunctionSyntax handler, RecordPass pass)
    {
        var functions = new List<FunctionSyntax> { handler };
        foreach (var call in pass.Calls)
        {
            var current = functions[functions.Count - 1];
            if (FunctionSyntax.Around(call)?.Node != current.Node || !IsWaitedFor(call, target.Model))
                return null;
            if (
                target.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol method
                || DeclarationOf(method, target) is not { } called
                || !IsCalledOnce(method, target)
            )
                return null;
            functions.Add(called);
        }

        if (pass.Calls.Append(pass.Iteration.Operation.Syntax).Any(RunsAgain))
            return null;
        if (functions.Any(function => function.HidesJumps))
            return null;
        return FunctionSyntax.Around(pass.Iteration.Operation.Syntax)?.Node == functions[functions.Count - 1].Node ? new(functions, pass.Calls) : null;
    }

    /// <summary>Gives each method on the way a parameter for the list, and each call the argument.</summary>
    public bool Pass(TextEdits edits, string list, string listType)
    {
        foreach (var function in Functions.Skip(1))
        {
            if (
                function.Parameters is not { } parameters
                || parameters.Parameters.Any(parameter => parameter.Default is not null || parameter.Modifiers.Any(SyntaxKind.ParamsKeyword))
            )
                return false;
            edits.Insert(parameters.CloseParenToken.SpanStart, $"{(parameters.Parameters.Count == 0 ? "" : ", ")}{listType} {list}");
        }

        foreach (var call in Calls)
            edits.Insert(call.ArgumentList.CloseParenToken.SpanStart, $"{(call.ArgumentList.Arguments.Count == 0 ? "" : ", ")}{list}");
        return true;
    }

    // A pass that is repeated until it succeeds would report what succeeds later.
    private static bool RunsAgain(SyntaxNode node) =>
        node.Ancestors()
            .TakeWhile(ancestor => !FunctionSyntax.IsFunction(ancestor))
            .Any(ancestor => ancestor is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax);

    private static FunctionSyntax? DeclarationOf(IMethodSymbol method, FixTarget target)
    {
        if (
            method.MethodKind != MethodKind.LocalFunction
            && (method.DeclaredAccessibility != Accessibility.Private || method.ContainingType.DeclaringSyntaxReferences.Length != 1 || method.IsVirtual)
        )
            return null;
        return
            method.DeclaringSyntaxReferences is [var reference]
            && reference.SyntaxTree == target.Root.SyntaxTree
            && reference.GetSyntax() is var syntax
            && FunctionSyntax.IsFunction(syntax)
            ? new(syntax)
            : null;
    }

    private static bool IsCalledOnce(IMethodSymbol method, FixTarget target) =>
        target
            .Root.DescendantNodes()
            .OfType<SimpleNameSyntax>()
            .Count(name =>
                name.Identifier.ValueText == method.Name
                && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(name).Symbol?.OriginalDefinition, method.OriginalDefinition)
            ) == 1;

    // A task is awaited, blocked on, or handed to the caller.
    private static bool IsWaitedFor(InvocationExpressionSyntax call, SemanticModel model) =>
        model.GetTypeInfo(call).Type is not { Name: "Task" or "ValueTask" }
        || Waiting.IsOver(call)
        || Waiting.Of(call) is ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax;
}
