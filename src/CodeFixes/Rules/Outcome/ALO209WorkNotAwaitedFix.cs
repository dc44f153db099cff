using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Awaits a task that is thrown away by a statement of an asynchronous method.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO209WorkNotAwaitedFix))]
public sealed class ALO209WorkNotAwaitedFix : HandlerFix
{
    internal const string AwaitKey = "ALO209.Await";

    private protected override string Id => ALO209WorkNotAwaited.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => [new(AwaitKey, "Await the task")];

    private protected override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken) =>
        Task.FromResult(Await(target, target.Root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)));

    private static FixEdit? Await(FixTarget target, SyntaxNode found)
    {
        if (
            found is not InvocationExpressionSyntax call
            || target.Model.GetTypeInfo(call).Type?.Name is not ("Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable")
            || FunctionSyntax.Around(call) is not { IsAsync: true } function
            || ReturnsVoid(target, function)
        )
            return null;
        var edits = new TextEdits();
        switch (call.Parent)
        {
            case ExpressionStatementSyntax:
                edits.Insert(call.SpanStart, "await ");
                return new(edits);
            case AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax, Left: IdentifierNameSyntax { Identifier.Text: "_" } } discard
                when discard.IsKind(SyntaxKind.SimpleAssignmentExpression):
                edits.Replace(TextSpan.FromBounds(discard.SpanStart, call.SpanStart), "await ");
                return new(edits);
            default:
                return null;
        }
    }

    // Awaiting in an async void only moves the gap to its caller.
    private static bool ReturnsVoid(FixTarget target, FunctionSyntax function) =>
        (function.IsLambda ? target.Model.GetSymbolInfo(function.Node).Symbol : target.Model.GetDeclaredSymbol(function.Node))
            is not IMethodSymbol { ReturnsVoid: false };
}
