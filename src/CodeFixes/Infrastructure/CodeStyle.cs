using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>How the surrounding code is laid out, so that new lines look like their neighbours.</summary>
/// <param name="NewLine">The line end.</param>
/// <param name="Unit">One step of indentation.</param>
/// <param name="HasOwnLineBraces">Whether an opening brace stands on a line of its own.</param>
internal sealed record CodeStyle(string NewLine, string Unit, bool HasOwnLineBraces)
{
    /// <summary>Reads the style of the code around a node.</summary>
    public static CodeStyle Of(SourceText text, SyntaxNode node)
    {
        var first = text.Lines[0];
        var newLine = first.EndIncludingLineBreak - first.End == 2 ? "\r\n" : "\n";
        var blocks = node.DescendantNodesAndSelf().Concat(node.Ancestors()).ToList();
        var braces = blocks
            .Select(OpenBraceOf)
            .FirstOrDefault(brace => brace.IsKind(SyntaxKind.OpenBraceToken) && !brace.IsMissing && !IsOnOneLine(text, brace.Parent!));
        return new(newLine, UnitOf(text, blocks), braces.IsKind(SyntaxKind.None) || IsFirstOnLine(text, braces.SpanStart));
    }

    /// <summary>The whitespace that the line of a position starts with.</summary>
    public static string IndentOf(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>Whether only whitespace stands before the position on its line.</summary>
    public static bool IsFirstOnLine(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        return string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, position)));
    }

    /// <summary>Whether a node begins and ends on the same line.</summary>
    public static bool IsOnOneLine(SourceText text, SyntaxNode node) =>
        text.Lines.GetLineFromPosition(node.SpanStart).LineNumber == text.Lines.GetLineFromPosition(node.Span.End).LineNumber;

    /// <summary>A new line with that indentation.</summary>
    public string Line(string indent) => NewLine + indent;

    /// <summary>What opens a block after its head.</summary>
    public string Open(string indent) => HasOwnLineBraces ? Line(indent) + "{" : " {";

    /// <summary>What stands between the closing brace of a block and the head of the next one of the same statement.</summary>
    public string Next(string indent) => HasOwnLineBraces ? Line(indent) : " ";

    private static SyntaxToken OpenBraceOf(SyntaxNode node) =>
        node switch
        {
            BlockSyntax { Parent: not AnonymousFunctionExpressionSyntax } block => block.OpenBraceToken,
            TypeDeclarationSyntax type => type.OpenBraceToken,
            _ => default,
        };

    private static string UnitOf(SourceText text, IEnumerable<SyntaxNode> nodes)
    {
        foreach (var node in nodes)
        {
            var (inner, close) = node switch
            {
                BlockSyntax { Statements: [var statement, ..] } block => (statement.SpanStart, block.CloseBraceToken.SpanStart),
                TypeDeclarationSyntax { Members: [var member, ..] } type => (member.SpanStart, type.CloseBraceToken.SpanStart),
                _ => (-1, -1),
            };
            if (inner < 0 || !IsFirstOnLine(text, inner) || !IsFirstOnLine(text, close))
                continue;
            var (deep, shallow) = (IndentOf(text, inner), IndentOf(text, close));
            if (deep.Length > shallow.Length && deep.StartsWith(shallow, StringComparison.Ordinal))
                return deep.Substring(shallow.Length);
        }

        return "    ";
    }
}
