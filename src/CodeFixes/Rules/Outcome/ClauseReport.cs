using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Makes a clause that swallows failures report them: the record's, or the whole batch's where it stands around the loop.</summary>
internal sealed class ClauseReport(FixTarget target, TextEdits edits, CodeStyle style)
{
    private readonly SourceText text = target.Text;

    /// <summary>Reports at the end of the clause; false where the clause or the pass has a form for which it is not known to be right.</summary>
    public bool Report(CatchClauseSyntax clause, Handler handler, RecordPass pass, FailureSink sink, TypeNames names, AfterFailure after) =>
        pass.Iteration.Includes(clause) ? ReportRecord(clause, pass, sink, names, after) : ReportBatch(clause, handler, sink, names);

    /// <summary>Reports the record of the pass.</summary>
    public bool ReportRecord(CatchClauseSyntax clause, RecordPass pass, FailureSink sink, TypeNames names, AfterFailure after)
    {
        if (FunctionSyntax.Around(clause)?.Node != FunctionSyntax.Around(pass.Iteration.Operation.Syntax)?.Node)
            return false;
        if (RecordAccess.Of(pass.Iteration, target.Model, target.Session.Types) is not { } access)
            return false;
        var last = clause.Block.Statements.LastOrDefault();
        if (Jumps(clause).Any(jump => jump != last || jump is not ContinueStatementSyntax))
            return false;
        // A break would leave an inner loop, or a switch.
        if (after != AfterFailure.GoOn && clause.Ancestors().TakeWhile(ancestor => ancestor != pass.Iteration.Operation.Syntax).Any(IsBreakable))
            return false;
        if (PassCover.Report(sink, access, names, after) is not { } report)
            return false;
        return after != AfterFailure.GoOn && last is ContinueStatementSyntax
            ? Replace(last, report)
            : Append(clause, last is ContinueStatementSyntax ? last : null, report);
    }

    // The list may hold records that failed before: they are among all of them.
    private bool ReportBatch(CatchClauseSyntax clause, Handler handler, FailureSink sink, TypeNames names)
    {
        if (handler.EventParameter is not { } batch || FunctionSyntax.Around(clause)?.Node != handler.Method.DeclaringSyntaxReferences[0].GetSyntax())
            return false;
        var last = clause.Block.Statements.LastOrDefault();
        if (Jumps(clause).Any(jump => jump != last))
            return false;
        var message = LocalNames.Free(target.Model, sink.Identity.Variable, clause);
        names.NeedQueries();
        var all = $"{batch.Name}.Records.Select({message} => {sink.Entry(message)})";
        return Append(clause, last is ReturnStatementSyntax ? last : null, [$"{sink.List}.Clear();", $"{sink.List}.AddRange({all});"]);
    }

    /// <summary>Makes an empty response of a clause around the loop name the whole batch.</summary>
    public bool ReturnBatch(ExpressionSyntax empty, IParameterSymbol batch, INamedTypeSymbol response, FailureSink sink, TypeNames names)
    {
        var message = LocalNames.Free(target.Model, sink.Identity.Variable, empty.Ancestors().OfType<CatchClauseSyntax>().First());
        names.NeedQueries();
        edits.Replace(empty.Span, ResponseCreation.Of(response, names).With($"{batch.Name}.Records.Select({message} => {sink.Entry(message)}).ToList()"));
        return true;
    }

    private bool Replace(StatementSyntax statement, IReadOnlyList<string> report)
    {
        edits.Replace(statement.Span, string.Join(style.Line(CodeStyle.IndentOf(text, statement.SpanStart)), report));
        return CodeStyle.IsFirstOnLine(text, statement.SpanStart);
    }

    private bool Append(CatchClauseSyntax clause, StatementSyntax? before, IReadOnlyList<string> report)
    {
        var block = clause.Block;
        var indent = CodeStyle.IndentOf(text, clause.CatchKeyword.SpanStart);
        var inner = indent + style.Unit;
        if (CodeStyle.IsFirstOnLine(text, block.CloseBraceToken.SpanStart) && !CodeStyle.IsOnOneLine(text, block))
        {
            var place = text.Lines.GetLineFromPosition(before?.SpanStart ?? block.CloseBraceToken.SpanStart).Start;
            if (before is not null && !CodeStyle.IsFirstOnLine(text, before.SpanStart))
                return false;
            edits.Insert(place, string.Concat(report.Select(line => inner + line + style.NewLine)));
            return true;
        }

        if (
            !CodeStyle.IsOnOneLine(text, block)
            || block.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
        )
            return false;
        var statements = block
            .Statements.Where(statement => statement != before)
            .Select(statement => statement.ToString())
            .Concat(report)
            .Concat(before is null ? [] : [before.ToString()]);
        edits.Replace(
            TextSpan.FromBounds(block.OpenBraceToken.GetPreviousToken().Span.End, block.Span.End),
            $"{style.Open(indent)}{string.Concat(statements.Select(line => style.Line(inner) + line))}{style.Line(indent)}}}"
        );
        return true;
    }

    private static bool IsBreakable(SyntaxNode node) =>
        node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or SwitchStatementSyntax;

    private static IEnumerable<SyntaxNode> Jumps(CatchClauseSyntax clause) =>
        clause
            .Block.DescendantNodes(node => !FunctionSyntax.IsFunction(node))
            .Where(node =>
                node
                    is ReturnStatementSyntax
                        or BreakStatementSyntax
                        or ContinueStatementSyntax
                        or GotoStatementSyntax
                        or ThrowStatementSyntax
                        or ThrowExpressionSyntax
            );
}
