using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>
/// Throws where the result tells a failure, as the call does for all other failures. It is offered where the call's own exceptions are reported or leave the handler, so that
/// the record surely comes again.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO216ResultIgnoredFix))]
public sealed class ALO216ResultIgnoredFix : HandlerFix
{
    internal const string ThrowKey = "ALO216.Throw";

    private protected override string Id => ALO216ResultIgnored.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => [new(ThrowKey, "Throw when the result tells a failure")];

    private protected override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        foreach (var handler in target.Handlers(cancellationToken))
        {
            var flow = target.Session.FlowOf(handler, cancellationToken);
            var ignored = flow
                .Scopes.SelectMany(IgnoredResult.In)
                .FirstOrDefault(result => result.Call.Syntax.SyntaxTree == target.Root.SyntaxTree && result.Call.Syntax.Span == diagnostic.Location.SourceSpan);
            if (ignored is not null)
                return Task.FromResult(ComesAgain(flow, ignored) && Look(target, ignored) is { } edits ? new FixEdit(edits) : null);
        }

        return Task.FromResult<FixEdit?>(null);
    }

    // The failures of one clause are known by the first of them.
    private static bool ComesAgain(BatchFlow flow, IgnoredResult ignored)
    {
        var call = ignored.Call.Syntax;
        var fates = flow
            .Failures.Where(failure =>
                failure.Operation.Syntax == call
                || failure.Catch?.Syntax is CatchClauseSyntax { Parent: TryStatementSyntax guarded }
                    && guarded.SyntaxTree == call.SyntaxTree
                    && guarded.Block.Span.Contains(call.Span)
            )
            .ToList();
        return fates.Count > 0 && fates.All(failure => failure is { Fate: FailureFate.Reported or FailureFate.Escapes, IsHiddenInResult: false });
    }

    private static TextEdits? Look(FixTarget target, IgnoredResult ignored)
    {
        if (
            ignored.Call.Syntax is not InvocationExpressionSyntax call
            || Waiting.Of(call) is not AwaitExpressionSyntax awaited
            || call.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement
            || FunctionSyntax.Around(call) is not { } function
            || !CodeStyle.IsFirstOnLine(target.Text, statement.SpanStart)
            || EndOf(target, statement) is not { } end
        )
            return null;
        var edits = new TextEdits();
        string name;
        switch (statement)
        {
            case ExpressionStatementSyntax { Expression: var expression }
                when expression == awaited || expression is AssignmentExpressionSyntax assignment && assignment.Right == awaited:
                name = LocalNames.Free(target.Model, "response", function.Node);
                var isDisposable = ignored.Telling.Member == "IsSuccessStatusCode";
                edits.Replace(new(expression.SpanStart, awaited.SpanStart - expression.SpanStart), $"{(isDisposable ? "using " : "")}var {name} = ");
                break;
            case LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer: { } initializer } variable] } when initializer.Value == awaited:
                name = variable.Identifier.Text;
                break;
            default:
                return null;
        }

        var names = new TypeNames(target.Model, statement.SpanStart, edits);
        var style = CodeStyle.Of(target.Text, statement);
        var indent = CodeStyle.IndentOf(target.Text, statement.SpanStart);
        edits.Insert(end, style.Line(indent) + Check(ignored, name, names, style, indent));
        return edits;
    }

    private static string Check(IgnoredResult ignored, string name, TypeNames names, CodeStyle style, string indent)
    {
        var member = ignored.Telling.Member;
        if (member == "IsSuccessStatusCode")
            return $"{name}.EnsureSuccessStatusCode();";
        var told = member switch
        {
            "FunctionError" => "is not null",
            "Failed" or "UnprocessedItems" => "is { Count: > 0 }",
            _ => "> 0",
        };
        var exception = names.Of("System.InvalidOperationException") ?? "System.InvalidOperationException";
        return $"if ({name}.{member} {told}){style.Line(indent + style.Unit)}throw new {exception}(\"{ignored.Call.TargetMethod.Name}: {ignored.Telling.Failure}.\");";
    }

    // Behind a comment on the statement's last line; null where other code stands there.
    private static int? EndOf(FixTarget target, StatementSyntax statement)
    {
        var trivia = statement.GetTrailingTrivia();
        if (trivia.All(one => one.IsKind(SyntaxKind.WhitespaceTrivia) || one.IsKind(SyntaxKind.EndOfLineTrivia)))
            return statement.Span.End;
        var end = target.Text.Lines.GetLineFromPosition(statement.Span.End).End;
        return trivia.FullSpan.End >= end ? end : null;
    }
}
