namespace AtLeastOnce.Deployment.Edits;

/// <summary>The lines of a text.</summary>
/// <param name="text">The text.</param>
internal sealed class TextLines(string text)
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>The line break.</summary>
    public string NewLine { get; } = text.Contains("\r\n") ? "\r\n" : "\n";

    /// <summary>Offset of the beginning of an offset's line.</summary>
    public int LineStart(int offset)
    {
        while (offset > 0 && text[offset - 1] is not ('\r' or '\n'))
            offset--;
        return offset;
    }

    /// <summary>Offset of the end of an offset's line, before its line break.</summary>
    public int LineEnd(int offset)
    {
        while (offset < text.Length && text[offset] is not ('\r' or '\n'))
            offset++;
        return offset;
    }

    /// <summary>What stands before an offset on its line, without a byte order mark.</summary>
    public string BeforeOnLine(int offset)
    {
        var start = LineStart(offset);
        return text.Substring(start, offset - start).TrimStart(ByteOrderMark);
    }

    /// <summary>The white space that an offset's line begins with, before the offset.</summary>
    public string IndentOf(int offset)
    {
        var before = BeforeOnLine(offset);
        return before.Substring(0, before.Length - before.TrimStart().Length);
    }
}
