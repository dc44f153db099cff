using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Readers.Yaml;

/// <summary>Turns offsets into places.</summary>
internal abstract class PlaceMap
{
    /// <summary>The place of a node.</summary>
    public Place PlaceOf(YamlNode node) => PlaceOf(node.Start, node.End);

    /// <summary>The place between two offsets; what lies beyond the text is cut.</summary>
    public abstract Place PlaceOf(int start, int end);
}

/// <summary>Turns offsets of a text into places. Lines end where Roslyn's <c>SourceText</c> ends them.</summary>
internal sealed class TextMap : PlaceMap
{
    private readonly string path;
    private readonly int length;
    private readonly List<int> lineStarts = [0];

    /// <summary>Reads the text's lines.</summary>
    public TextMap(string path, string text)
    {
        this.path = path;
        length = text.Length;
        for (var i = 0; i < text.Length; i++)
        {
            var isLoneReturn = text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n');
            if (isLoneReturn || text[i] is '\n' or '\u0085' or '\u2028' or '\u2029')
                lineStarts.Add(i + 1);
        }
    }

    /// <inheritdoc/>
    public override Place PlaceOf(int start, int end)
    {
        start = Math.Min(Math.Max(start, 0), length);
        end = Math.Min(Math.Max(end, start), length);
        var (startLine, startColumn) = LineAndColumn(start);
        var (endLine, endColumn) = LineAndColumn(end);
        return new(path, start, end - start, startLine, startColumn, endLine, endColumn);
    }

    /// <summary>The line in which an offset lies.</summary>
    public int LineOf(int offset) => LineAndColumn(offset).Line;

    /// <summary>Offset of a line's first character.</summary>
    public int StartOf(int line) => lineStarts[line];

    /// <summary>Offset after a line's last character, its line break included.</summary>
    public int EndOf(int line) => line + 1 < lineStarts.Count ? lineStarts[line + 1] : length;

    /// <summary>Number of lines.</summary>
    public int LineCount => lineStarts.Count;

    private (int Line, int Column) LineAndColumn(int offset)
    {
        var line = lineStarts.BinarySearch(offset);
        if (line < 0)
            line = ~line - 1;
        return (line, offset - lineStarts[line]);
    }
}
