using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>
/// The changes of one document. Whole handlers are rewritten by small changes of the text, so that whatever is not named here (comments,
/// spacing, directives) stays as it was written, under every version of the compiler's formatter.
/// </summary>
internal sealed class TextEdits
{
    private readonly List<TextChange> changes = [];

    /// <summary>The namespaces that must be imported.</summary>
    public HashSet<string> Imports { get; } = new(StringComparer.Ordinal);

    /// <summary>Inserts text; what is inserted at one position stands in the order of the calls.</summary>
    public void Insert(int position, string text) => changes.Add(new(new(position, 0), text));

    /// <summary>Replaces a span.</summary>
    public void Replace(TextSpan span, string text) => changes.Add(new(span, text));

    /// <summary>Makes changes that something else knows.</summary>
    public void Add(IEnumerable<TextChange> more) => changes.AddRange(more);

    /// <summary>
    /// Moves the lines that start in a span to the right. Lines that start inside a token (the text of a literal), directives and the code they
    /// switch off stay where they are.
    /// </summary>
    public void Indent(SourceText text, SyntaxNode root, TextSpan span, string unit)
    {
        foreach (var line in text.Lines)
        {
            if (line.Start <= span.Start || line.Start > span.End || string.IsNullOrWhiteSpace(line.ToString()))
                continue;
            var start = line.Start;
            while (char.IsWhiteSpace(text[start]))
                start++;
            if (start >= span.End || text[start] == '#' || IsInsideTokenOrDisabled(root, line.Start))
                continue;
            Insert(line.Start, unit);
        }
    }

    /// <summary>The changed text.</summary>
    public SourceText ApplyTo(SourceText text) => text.WithChanges(changes.OrderBy(change => change.Span.Start).ThenBy(change => change.Span.End));

    private static bool IsInsideTokenOrDisabled(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        if (token.SpanStart < position && position < token.Span.End)
            return true;
        // The parts of an interpolated literal are tokens of their own; a line that starts right at one is still inside the literal.
        if (
            token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            || token.IsKind(SyntaxKind.InterpolatedStringEndToken)
            || token.IsKind(SyntaxKind.InterpolatedRawStringEndToken)
        )
            return true;
        return root.FindTrivia(position).IsKind(SyntaxKind.DisabledTextTrivia);
    }
}
