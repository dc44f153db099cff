using AtLeastOnce.Analyzers.Facts.Claims;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Analyzers.Rules.Idempotency;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Idempotency;

/// <summary>
/// Catches the rejection for itself: in a clause before the one that takes every failure, or in a <c>try</c> around the call. Not where another conditional write could
/// throw the same.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO110DuplicateFailsFix))]
public sealed class ALO110DuplicateFailsFix : HandlerFix
{
    internal const string CatchKey = "ALO110.CatchDuplicate";

    private protected override string Id => ALO110DuplicateFails.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => [new(CatchKey, "Take the rejection of a duplicate for success")];

    private protected override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        foreach (var handler in target.Handlers(cancellationToken))
        {
            foreach (var claim in target.Session.EffectsOf(handler, cancellationToken).Claims)
            {
                if (EffectPlaces.In(target.Root.SyntaxTree, claim.Claim.Reached)?.SourceSpan != diagnostic.Location.SourceSpan)
                    continue;
                var (fails, clause) = ALO110DuplicateFails.FateOf(claim, target.Session.FlowOf(handler, cancellationToken));
                // The exception of a database says more than that, and which of its codes does is the provider's.
                if (!fails || claim.Claim.IsOfDatabase)
                    continue;
                var edits = new TextEdits();
                var isFixed = clause is null
                    ? Surround(target, handler, claim, diagnostic, edits)
                    : PutBefore(target, handler, claim, clause, edits, cancellationToken);
                return Task.FromResult(isFixed ? new FixEdit(edits) : null);
            }
        }

        return Task.FromResult<FixEdit?>(null);
    }

    private static bool PutBefore(
        FixTarget target,
        Handler handler,
        JudgedClaim claim,
        CatchClauseSyntax clause,
        TextEdits edits,
        CancellationToken cancellationToken
    )
    {
        if (clause.SyntaxTree != target.Root.SyntaxTree || clause.Parent is not TryStatementSyntax attempt)
            return false;
        var others = target
            .Session.EffectsOf(handler, cancellationToken)
            .Judged.Where(effect => effect.Reached.Call != claim.Claim.Reached.Call && effect.Reached.Effect.Condition is not null);
        if (others.Any(other => EffectPlaces.In(target.Root.SyntaxTree, other.Reached) is not { } place || attempt.Block.Span.Contains(place.SourceSpan)))
            return false;
        var style = CodeStyle.Of(target.Text, clause);
        var indent = CodeStyle.IndentOf(target.Text, attempt.SpanStart);

        // Where the work ends in an answer, the duplicate gets the same.
        var answer = attempt.Block.Statements.LastOrDefault() is ReturnStatementSyntax { Expression: null or LiteralExpressionSyntax } returned
            ? returned.ToString()
            : null;
        edits.Insert(clause.SpanStart, Clause(target, handler, claim, attempt, edits, style, indent, answer) + style.Next(indent));
        return true;
    }

    private static bool Surround(FixTarget target, Handler handler, JudgedClaim claim, Diagnostic diagnostic, TextEdits edits)
    {
        var node = target.Root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (
            node.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax block } statement
            || !CodeStyle.IsFirstOnLine(target.Text, statement.SpanStart)
            || JumpAfter(target, handler, statement, block) is not { } jump
        )
            return false;
        var style = CodeStyle.Of(target.Text, statement);
        var indent = CodeStyle.IndentOf(target.Text, statement.SpanStart);
        edits.Insert(statement.SpanStart, $"try{style.Open(indent)}{style.Line(indent + style.Unit)}");
        edits.Indent(target.Text, target.Root, statement.Span, style.Unit);
        edits.Insert(
            statement.Span.End,
            style.Line(indent) + "}" + style.Next(indent) + Clause(target, handler, claim, statement, edits, style, indent, jump.Length == 0 ? null : jump)
        );
        return true;
    }

    // What skips the rest for a duplicate: nothing where there is no rest; null where it cannot be skipped.
    private static string? JumpAfter(FixTarget target, Handler handler, StatementSyntax statement, BlockSyntax block)
    {
        var isLast = block.Statements.Last() == statement;
        switch (block.Parent)
        {
            case CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax:
                return isLast ? "" : "continue;";
            case MethodDeclarationSyntax method when target.Model.GetDeclaredSymbol(method) is { } symbol && symbol.ReturnType.Awaited() is null:
                if (isLast)
                    return "";
                return
                    SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, handler.Method.OriginalDefinition)
                    || (!method.Modifiers.Any(SyntaxKind.AsyncKeyword) && !symbol.ReturnsVoid)
                    ? null
                    : "return;";
            default:
                return null;
        }
    }

    private static string Clause(
        FixTarget target,
        Handler handler,
        JudgedClaim claim,
        SyntaxNode around,
        TextEdits edits,
        CodeStyle style,
        string indent,
        string? answer
    )
    {
        var type = new TypeNames(target.Model, around.SpanStart, edits).Of(claim.Claim.Rejection!);
        var head = $"catch ({type})";
        if (claim.Claim.Rejection!.Name == "TransactionCanceledException")
        {
            // A conflict with another transaction cancels as well, and is a failure.
            var exception = LocalNames.FreeBeside(target.Model, "canceled", around);
            head = $"catch ({type} {exception}) when ({exception}.CancellationReasons.Exists(reason => reason.Code == \"ConditionalCheckFailed\"))";
        }

        var inner = indent + style.Unit;
        var comment = $"// The {handler.RecordName} was handled before: a duplicate is no failure.";
        return $"{head}{style.Open(indent)}{style.Line(inner)}{comment}{(answer is null ? "" : style.Line(inner) + answer)}{style.Line(indent)}}}";
    }
}
