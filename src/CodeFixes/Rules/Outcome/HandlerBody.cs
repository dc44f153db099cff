using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Gives a handler's body the list of failures at its beginning and the response at each of its ends.</summary>
/// <param name="target">The document.</param>
/// <param name="edits">Takes the changes.</param>
/// <param name="function">The handler.</param>
/// <param name="signature">Its signature.</param>
/// <param name="collecting">What is done with tasks that the handler returns or that are its body; null where there are none.</param>
/// <param name="style">How the code is laid out.</param>
internal sealed class HandlerBody(
    FixTarget target,
    TextEdits edits,
    FunctionSyntax function,
    HandlerSignature signature,
    Collecting? collecting,
    CodeStyle style
)
{
    /// <summary>Declares a variable as the first statement of a block.</summary>
    public static bool Declare(FixTarget target, TextEdits edits, BlockSyntax block, CodeStyle style, string declaration)
    {
        var line = target.Text.Lines.GetLineFromPosition(block.OpenBraceToken.SpanStart);
        if (block.Statements is [var first, ..] && first.SpanStart < line.End || block.CloseBraceToken.SpanStart < line.End)
            return false;
        edits.Insert(line.End, style.Line(InnerIndent(target, block, style)) + declaration);
        return true;
    }

    /// <summary>Declares the list and returns it.</summary>
    public bool Return(string declaration, string list) =>
        function.Block is { } block ? ReturnFrom(block, declaration, list) : function.Expression is { } expression && ReturnFrom(expression, declaration, list);

    private bool ReturnFrom(BlockSyntax block, string declaration, string list)
    {
        var returns = function.Returns.ToList();
        if (returns.Any(statement => statement.Expression is { } value && signature.IsTaskToAwait(value)))
            signature.MakeAsync();
        foreach (var statement in returns)
        {
            if (statement.Expression is not { } value || !signature.IsTaskToAwait(value))
            {
                edits.Replace(statement.Span, signature.Return(list));
                continue;
            }

            if (statement.Parent is not BlockSyntax)
                return false;
            var (before, then) = AroundTasks(value, style.Line(CodeStyle.IndentOf(target.Text, statement.SpanStart)));
            edits.Replace(statement.ReturnKeyword.Span, before + "await");
            edits.Insert(statement.Span.End, then + style.Line(CodeStyle.IndentOf(target.Text, statement.SpanStart)) + signature.Return(list));
        }

        if (!Declare(target, edits, block, style, declaration))
            return false;
        if (FunctionSyntax.IsEndReachable(block, target.Model))
            AppendReturn(block, list);
        return true;
    }

    private void AppendReturn(BlockSyntax block, string list)
    {
        var close = target.Text.Lines.GetLineFromPosition(block.CloseBraceToken.SpanStart).Start;
        var endsInBlock =
            block.Statements.LastOrDefault()?.GetLastToken() is { } last
            && (last.IsKind(SyntaxKind.CloseBraceToken) || last.Parent is ExpressionStatementSyntax { Parent: not BlockSyntax });
        edits.Insert(close, $"{(endsInBlock ? style.NewLine : "")}{InnerIndent(target, block, style)}{signature.Return(list)}{style.NewLine}");
    }

    // => ProcessAllAsync(batch);
    private bool ReturnFrom(ExpressionSyntax expression, string declaration, string list)
    {
        var head = function.Arrow.GetPreviousToken();
        if (
            head
                .TrailingTrivia.Concat(function.Arrow.TrailingTrivia)
                .Concat(expression.GetLeadingTrivia())
                .Concat(expression.GetTrailingTrivia())
                .Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))
        )
            return false;
        var indent = CodeStyle.IndentOf(target.Text, function.Node.SpanStart);
        var inner = indent + style.Unit;
        var isTask = target.Model.GetTypeInfo(expression).Type is { Name: "Task" or "ValueTask" };
        if (isTask)
            signature.MakeAsync();
        var (before, then) = AroundTasks(expression, style.Line(inner));
        var start = function.IsLambda ? function.Arrow.Span.End : head.Span.End;
        edits.Replace(
            TextSpan.FromBounds(start, expression.SpanStart),
            $"{style.Open(indent)}{style.Line(inner)}{declaration}{style.Line(inner)}{before}{(isTask ? "await " : "")}"
        );
        if (!CodeStyle.IsFirstOnLine(target.Text, expression.SpanStart))
            edits.Indent(target.Text, target.Root, expression.Span, style.Unit);
        edits.Replace(
            TextSpan.FromBounds(expression.Span.End, function.IsLambda ? expression.Span.End : function.Semicolon.Span.End),
            $";{then}{style.Line(inner)}{signature.Return(list)}{style.Line(indent)}}}"
        );
        return true;
    }

    private (string Before, string Then) AroundTasks(ExpressionSyntax expression, string newLine) =>
        collecting is not null && expression.Span.Contains(collecting.Tasks.Span) ? (collecting.Before, newLine + collecting.Then) : ("", "");

    private static string InnerIndent(FixTarget target, BlockSyntax block, CodeStyle style) =>
        block.Statements.FirstOrDefault(statement => CodeStyle.IsFirstOnLine(target.Text, statement.SpanStart)) is { } first
            ? CodeStyle.IndentOf(target.Text, first.SpanStart)
            : CodeStyle.IndentOf(target.Text, block.CloseBraceToken.SpanStart) + style.Unit;
}
