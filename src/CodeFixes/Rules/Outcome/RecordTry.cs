using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>
/// Puts everything that a loop does for one record under one <c>try</c>, whose last clause logs the failure and reports the record. A <c>try</c> that
/// is there already is extended where that is the same; a clause that logs and throws again goes on to log.
/// </summary>
/// <param name="target">The document.</param>
/// <param name="edits">Takes the changes.</param>
/// <param name="clause">The last clause, where there is none yet that takes everything.</param>
internal sealed class RecordTry(FixTarget target, TextEdits edits, FailureClause clause)
{
    private readonly SourceText text = target.Text;

    /// <summary>Whether the body is that of a function, in which <c>return</c> ends the work for one record.</summary>
    public bool IsFunctionBody { get; init; }

    /// <summary>Whether clauses that are there may leave the loop or the method: those of a handler that reports know what they do.</summary>
    public bool KeepsJumpsOfClauses { get; init; }

    /// <summary>Whether the body is always covered from its first statement to its last.</summary>
    public bool IsWhole { get; init; }

    /// <summary>A statement that ends the covered part; null for none.</summary>
    public string? Last { get; init; }

    /// <summary>Indentation that other changes add to the lines of the body.</summary>
    public string Shift { get; init; } = "";

    /// <summary>Covers the body of a loop; false when it has a form that cannot be covered.</summary>
    /// <param name="body">What runs once a record.</param>
    /// <param name="isFailing">Whether something in the node can fail for the record.</param>
    public bool Cover(StatementSyntax body, Func<SyntaxNode, bool> isFailing)
    {
        if (body.ContainsDirectives && !HasWholeDirectives(body) || LeavesOtherwise(body))
            return false;
        if (body is not BlockSyntax block)
            return WrapEmbedded(body);
        if (block.Statements.Count == 0)
            return false;
        if (!IsWhole && block.Statements.OfType<TryStatementSyntax>().ToList() is [var only] && CanExtend(block, only, isFailing))
            return Extend(block, only, isFailing);
        return Wrap(block);
    }

    /// <summary>Moves the opening of a function's <c>try</c>, which takes everything and throws nothing, above the statements before it; false for any other form.</summary>
    public static bool ExtendUpwards(FixTarget target, TextEdits edits, BlockSyntax block, Func<SyntaxNode, bool> isFailing) =>
        !block.ContainsDirectives
        && block.Statements.OfType<TryStatementSyntax>().ToList() is [var only]
        && only.Catches.Any(TakesEverything)
        && !only.Catches.Any(Throws)
        && block.Statements.TakeWhile(other => other != only).Any(isFailing)
        && CanExtend(block, only, isFailing)
        && MoveUp(target, edits, only, [.. block.Statements.TakeWhile(other => other != only)], CodeStyle.IndentOf(target.Text, only.SpanStart));

    // The statement after a failed record's would run for it; so would those after a clause that no longer throws.
    private static bool CanExtend(BlockSyntax block, TryStatementSyntax statement, Func<SyntaxNode, bool> isFailing)
    {
        if (block.Statements.Last() != statement || statement.Catches.Count == 0 || statement.Finally is not null)
            return false;
        var before = block.Statements.TakeWhile(other => other != statement).ToList();
        if (before.Any(isFailing) && before.Any(other => other is LocalFunctionStatementSyntax || DeclaresFor(statement.Catches, other)))
            return false;
        return statement.Catches.All(clause => !Throws(clause) || IsRethrowAtEnd(clause));
    }

    private bool Extend(BlockSyntax block, TryStatementSyntax statement, Func<SyntaxNode, bool> isFailing)
    {
        var before = block.Statements.TakeWhile(other => other != statement).ToList();
        var indent = CodeStyle.IndentOf(text, statement.SpanStart) + Shift;
        var style = CodeStyle.Of(text, statement);
        if (before.Any(isFailing) && !MoveUp(target, edits, statement, before, indent))
            return false;

        foreach (var rethrow in statement.Catches.Where(Throws).Select(existing => existing.Block.Statements.Last()))
            edits.Replace(rethrow.Span, string.Join(style.Line(CodeStyle.IndentOf(text, rethrow.SpanStart) + Shift), clause.Report));

        if (!statement.Catches.Any(TakesEverything))
            edits.Insert(statement.Span.End, style.Next(indent) + clause.Write(indent, style));
        return true;
    }

    // The opening of the try goes above the statements before it.
    private static bool MoveUp(FixTarget target, TextEdits edits, TryStatementSyntax statement, List<StatementSyntax> before, string indent)
    {
        var (text, style) = (target.Text, CodeStyle.Of(target.Text, statement));
        var first = before[0];
        if (!CodeStyle.IsFirstOnLine(text, first.SpanStart) || !CodeStyle.IsFirstOnLine(text, statement.SpanStart))
            return false;
        var opening = TextSpan.FromBounds(
            LineStart(text, statement.SpanStart),
            text.Lines.GetLineFromPosition(statement.Block.OpenBraceToken.SpanStart).EndIncludingLineBreak
        );
        if (statement.Block.OpenBraceToken.TrailingTrivia.Concat(statement.TryKeyword.TrailingTrivia).Any(IsComment))
            return false;
        var start = LineStart(text, first.FullSpan.Start == first.SpanStart ? first.SpanStart : FirstCommentOf(first));
        edits.Insert(start, $"{indent}try{style.Open(indent)}{style.NewLine}");
        edits.Indent(text, target.Root, TextSpan.FromBounds(start - 1, opening.Start), style.Unit);
        edits.Replace(opening, "");
        return true;
    }

    private bool Wrap(BlockSyntax block)
    {
        var (open, close) = (block.OpenBraceToken, block.CloseBraceToken);
        var style = CodeStyle.Of(text, block);
        if (!CodeStyle.IsFirstOnLine(text, close.SpanStart))
            return Last is null && block.Statements is [var single] && !block.DescendantTrivia().Any(IsComment) && WrapOneLine(block, single);
        if (!CodeStyle.IsFirstOnLine(text, block.Statements[0].SpanStart))
            return false;
        var indent = CodeStyle.IndentOf(text, close.SpanStart) + style.Unit + Shift;
        var afterOpen = text.Lines.GetLineFromPosition(open.SpanStart).End;
        edits.Insert(afterOpen, style.Line(indent) + "try" + style.Open(indent));
        edits.Indent(text, target.Root, TextSpan.FromBounds(afterOpen, LineStart(text, close.SpanStart) - 1), style.Unit);
        var last = Last is null ? "" : indent + style.Unit + Last + style.NewLine;
        edits.Insert(LineStart(text, close.SpanStart), $"{last}{indent}}}{style.Next(indent)}{clause.Write(indent, style)}{style.NewLine}");
        return true;
    }

    // foreach (…) { await ShipAsync(message); }
    private bool WrapOneLine(BlockSyntax block, StatementSyntax single)
    {
        var style = CodeStyle.Of(text, block.Parent!.Ancestors().OfType<BlockSyntax>().FirstOrDefault() ?? target.Root);
        var indent = CodeStyle.IndentOf(text, block.Parent!.SpanStart) + Shift;
        var start = block.GetFirstToken().GetPreviousToken().Span.End;
        edits.Replace(TextSpan.FromBounds(start, single.SpanStart), style.Open(indent) + Opened(indent, style));
        edits.Replace(TextSpan.FromBounds(single.Span.End, block.Span.End), Closed(indent, style));
        return true;
    }

    private bool WrapEmbedded(StatementSyntax body)
    {
        var loop = body.Parent!;
        var before = body.GetFirstToken().GetPreviousToken();
        if (before.TrailingTrivia.Concat(body.GetLeadingTrivia()).Any(IsComment))
            return false;
        var style = CodeStyle.Of(text, loop.Ancestors().OfType<BlockSyntax>().FirstOrDefault() ?? target.Root);
        var indent = CodeStyle.IndentOf(text, loop.SpanStart);
        var end = text.Lines.GetLineFromPosition(body.Span.End).End;
        if (body.GetTrailingTrivia().All(trivia => !IsComment(trivia)))
            end = body.Span.End;
        if (!string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(body.Span.End, end))) && !body.GetTrailingTrivia().Any(IsComment))
            return false;
        edits.Replace(TextSpan.FromBounds(before.Span.End, body.SpanStart), style.Open(indent) + Opened(indent, style));
        var further = CodeStyle.IsFirstOnLine(text, body.SpanStart) ? style.Unit : style.Unit + style.Unit;
        edits.Indent(text, target.Root, TextSpan.FromBounds(body.SpanStart, end), further);
        edits.Insert(end, Closed(indent, style));
        return true;
    }

    private static string Opened(string indent, CodeStyle style) =>
        style.Line(indent + style.Unit) + "try" + style.Open(indent + style.Unit) + style.Line(indent + style.Unit + style.Unit);

    private string Closed(string indent, CodeStyle style)
    {
        var inner = indent + style.Unit;
        return $"{style.Line(inner)}}}{style.Next(inner)}{clause.Write(inner, style)}{style.Line(indent)}}}";
    }

    // Leaving the loop or the method from inside is more than the failure of a record.
    private bool LeavesOtherwise(StatementSyntax body) =>
        body.DescendantNodesAndSelf(node => !FunctionSyntax.IsFunction(node))
            .Any(node =>
                node switch
                {
                    _ when KeepsJumpsOfClauses
                            && node.Ancestors().TakeWhile(ancestor => ancestor != body.Parent).Any(ancestor => ancestor is CatchClauseSyntax) => false,
                    ReturnStatementSyntax => !IsFunctionBody,
                    GotoStatementSyntax or YieldStatementSyntax or LabeledStatementSyntax => true,
                    BreakStatementSyntax => !node.Ancestors()
                        .TakeWhile(ancestor => ancestor != body.Parent)
                        .Any(ancestor =>
                            ancestor is ForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or SwitchStatementSyntax
                        ),
                    _ => false,
                }
            );

    private static bool HasWholeDirectives(StatementSyntax body) =>
        body.DescendantTrivia(descendIntoTrivia: false)
            .Where(trivia => trivia.IsDirective)
            .All(trivia =>
                body.Span.Contains(trivia.Span)
                && trivia.GetStructure() is DirectiveTriviaSyntax directive
                && directive.GetRelatedDirectives().All(related => body.Span.Contains(related.Span))
            );

    private static bool DeclaresFor(SyntaxList<CatchClauseSyntax> clauses, StatementSyntax statement)
    {
        var names = statement
            .DescendantNodes()
            .Select(node =>
                node switch
                {
                    VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                    SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
                    _ => null,
                }
            );
        var used = clauses.SelectMany(clause => clause.DescendantNodes()).OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText);
        return names.Intersect(used).Any();
    }

    private static bool Throws(CatchClauseSyntax clause) =>
        clause.DescendantNodes(node => !FunctionSyntax.IsFunction(node)).Any(node => node is ThrowStatementSyntax or ThrowExpressionSyntax);

    private static bool IsRethrowAtEnd(CatchClauseSyntax clause) =>
        clause.Block.Statements.LastOrDefault() is ThrowStatementSyntax { Expression: null }
        && clause.DescendantNodes().Count(node => node is ThrowStatementSyntax or ThrowExpressionSyntax) == 1;

    private static bool TakesEverything(CatchClauseSyntax clause) =>
        clause.Filter is null
        && (clause.Declaration is null || clause.Declaration.Type.ToString() is "Exception" or "System.Exception" or "global::System.Exception");

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective;

    private static int FirstCommentOf(StatementSyntax statement) =>
        statement.GetLeadingTrivia().FirstOrDefault(IsComment) is { RawKind: not 0 } comment ? comment.SpanStart : statement.SpanStart;

    private static int LineStart(SourceText text, int position) => text.Lines.GetLineFromPosition(position).Start;
}
