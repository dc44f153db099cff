using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit;

/// <summary>A place that a test states: a mark <c>{|#n:…|}</c>, or a span in a file (the first source where no path is given).</summary>
/// <param name="MarkupKey">The number of the mark, or null.</param>
/// <param name="Path">The file, or null for the first source.</param>
/// <param name="Start">Where it begins, zero based.</param>
/// <param name="End">Where it ends, zero based; null if only the beginning is stated.</param>
internal sealed record ExpectedLocation(int? MarkupKey, string? Path, LinePosition Start, LinePosition? End)
{
    internal static ExpectedLocation Mark(int key) => new(key, null, default, null);

    internal static ExpectedLocation At(string? path, int line, int column) => new(null, path, Position(line, column), null);

    internal static ExpectedLocation Span(string? path, int startLine, int startColumn, int endLine, int endColumn) =>
        new(null, path, Position(startLine, startColumn), Position(endLine, endColumn));

    private static LinePosition Position(int line, int column)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(line, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(column, 1);
        return new LinePosition(line - 1, column - 1);
    }
}
