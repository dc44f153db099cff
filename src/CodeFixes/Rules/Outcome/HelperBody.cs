using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>A private method that hands the tasks of all records to its caller, and now has to wait for them to collect their failures.</summary>
internal static class HelperBody
{
    /// <summary>Waits and collects; false for a body of another form.</summary>
    public static bool Collect(FixTarget target, TextEdits edits, FunctionSyntax function, Collecting collecting, CodeStyle style)
    {
        if (function.IsLambda || function.ReturnType is not { } type || !type.ToString().EndsWith("Task", StringComparison.Ordinal))
            return false;
        if (!function.IsAsync)
            edits.Insert(function.AsyncPosition, "async ");
        return function.Block is not null
            ? FromBlock(target, edits, function, collecting, style)
            : function.Expression is { } expression && FromArrow(target, edits, function, expression, collecting, style);
    }

    private static bool FromBlock(FixTarget target, TextEdits edits, FunctionSyntax function, Collecting collecting, CodeStyle style)
    {
        foreach (var statement in function.Returns)
        {
            if (statement.Expression is { } value && value.Span.Contains(collecting.Tasks.Span))
            {
                edits.Replace(statement.ReturnKeyword.Span, collecting.Before + "await");
                edits.Insert(statement.Span.End, style.Line(CodeStyle.IndentOf(target.Text, statement.SpanStart)) + collecting.Then);
            }
            else if (statement.Expression is null or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" })
                edits.Replace(statement.Span, "return;");
            else
                return false;
        }

        return true;
    }

    private static bool FromArrow(
        FixTarget target,
        TextEdits edits,
        FunctionSyntax function,
        ExpressionSyntax expression,
        Collecting collecting,
        CodeStyle style
    )
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
        var inner = style.Line(indent + style.Unit);
        edits.Replace(
            TextSpan.FromBounds(head.Span.End, expression.SpanStart),
            $"{style.Open(indent)}{inner}{collecting.Before}{(expression is AwaitExpressionSyntax ? "" : "await ")}"
        );
        if (!CodeStyle.IsFirstOnLine(target.Text, expression.SpanStart))
            edits.Indent(target.Text, target.Root, expression.Span, style.Unit);
        edits.Replace(TextSpan.FromBounds(expression.Span.End, function.Semicolon.Span.End), $";{inner}{collecting.Then}{style.Line(indent)}}}");
        return true;
    }
}
