using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>A value in C#: an expression, and what its initializer sets, if it has one.</summary>
/// <param name="Text">The expression, without an initializer.</param>
/// <param name="Members">What the initializer sets.</param>
internal sealed record MemberValue(string Text, params string[] Members)
{
    /// <summary>The whole value on one line.</summary>
    public string OnOneLine => Members.Length == 0 ? Text : $"{Text} {{ {string.Join(", ", Members)} }}";
}

/// <summary>A member to set.</summary>
/// <param name="Name">The member.</param>
/// <param name="Value">Its value.</param>
internal sealed record MemberAssignment(string Name, MemberValue Value);

/// <summary>Adds to what a new object is given in braces.</summary>
internal static class Initializers
{
    /// <summary>An initializer on one line.</summary>
    public static string OnOneLine(IEnumerable<MemberAssignment> members) => $"{{ {Joined(members)} }}";

    /// <summary>Sets more members: after those that are set, or in an initializer of its own. The arguments of the constructor stay.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="creation">The creation.</param>
    /// <param name="added">What it does not set yet.</param>
    public static IEnumerable<TextChange> Add(SourceText text, BaseObjectCreationExpressionSyntax creation, IReadOnlyList<MemberAssignment> added)
    {
        switch (creation)
        {
            case { Initializer: { Expressions: [.., var last] expressions } initializer }:
                var comma = expressions.SeparatorCount == expressions.Count ? expressions.GetSeparator(expressions.Count - 1) : (SyntaxToken?)null;
                return IsOnLines(text, last, initializer) ? OnLines(text, last, comma, added) : [Insert(last.Span.End, ", " + Joined(added))];
            case { Initializer: { } empty }:
                return [new(empty.Span, OnOneLine(added))];
            case ObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: 0 } none, Type: var name }:
                return [new(TextSpan.FromBounds(name.Span.End, none.Span.End), " " + OnOneLine(added))];
            default:
                return [Insert(creation.Span.End, " " + OnOneLine(added))];
        }
    }

    private static TextChange Insert(int position, string text) => new(new(position, 0), text);

    private static bool IsOnLines(SourceText text, ExpressionSyntax last, InitializerExpressionSyntax initializer) =>
        CodeStyle.IsFirstOnLine(text, last.SpanStart)
        && !initializer.CloseBraceToken.IsMissing
        && CodeStyle.IsFirstOnLine(text, initializer.CloseBraceToken.SpanStart);

    // A comment behind the last member stays with it.
    private static IEnumerable<TextChange> OnLines(SourceText text, ExpressionSyntax last, SyntaxToken? comma, IReadOnlyList<MemberAssignment> added)
    {
        var style = CodeStyle.Of(text, last.SyntaxTree.GetRoot());
        var indent = CodeStyle.IndentOf(text, last.SpanStart);
        if (comma is null)
            yield return Insert(last.Span.End, ",");
        var lines = string.Join(",", added.Select(member => style.Line(indent) + OnLines(member, style, indent)));
        yield return Insert(text.Lines.GetLineFromPosition(comma?.Span.End ?? last.Span.End).End, lines + (comma is null ? "" : ","));
    }

    private static string OnLines(MemberAssignment member, CodeStyle style, string indent)
    {
        var (name, value) = (member.Name, member.Value);
        if (value.Members.Length == 0)
            return $"{name} = {value.Text}";
        var inner = value.Members.Select(one => style.Line(indent + style.Unit) + one + ",");
        return $"{name} = {value.Text}{style.Open(indent)}{string.Concat(inner)}{style.Line(indent)}}}";
    }

    private static string Joined(IEnumerable<MemberAssignment> members) =>
        string.Join(", ", members.Select(member => $"{member.Name} = {member.Value.OnOneLine}"));
}
