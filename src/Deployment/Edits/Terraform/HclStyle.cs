using AtLeastOnce.Deployment.Readers.Terraform.Hcl;

namespace AtLeastOnce.Deployment.Edits.Terraform;

/// <summary>How a file of a Terraform module is written: line ends, indentation.</summary>
/// <param name="text">The file's text.</param>
internal sealed class HclStyle(string text)
{
    private const string UsualStep = "  ";

    /// <summary>The line break.</summary>
    public string NewLine { get; } = text.Contains("\r\n") ? "\r\n" : "\n";

    /// <summary>Offset of the end of an offset's line, before its line break.</summary>
    public int LineEnd(int offset)
    {
        while (offset < text.Length && text[offset] is not ('\r' or '\n'))
            offset++;
        return offset;
    }

    /// <summary>Offset of the beginning of an offset's line.</summary>
    public int LineStart(int offset)
    {
        while (offset > 0 && text[offset - 1] is not ('\r' or '\n'))
            offset--;
        return offset;
    }

    /// <summary>The white space that an offset's line begins with.</summary>
    public string IndentOf(int offset)
    {
        var line = text.Substring(LineStart(offset), offset - LineStart(offset)).TrimStart('\uFEFF');
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>The indentation of what stands in a block.</summary>
    public string InnerIndentOf(HclBlock block)
    {
        var first = block
            .Body.Attributes.Select(attribute => attribute.Start)
            .Concat(block.Body.Blocks.Select(inner => inner.Start))
            .OrderBy(start => start)
            .FirstOrDefault(start => LineStart(start) > block.Start);
        return first > 0 ? IndentOf(first) : IndentOf(block.Start) + UsualStep;
    }

    /// <summary>One level of indentation, as a block has it.</summary>
    public string StepOf(HclBlock block)
    {
        var (outer, inner) = (IndentOf(block.Start), InnerIndentOf(block));
        return inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) ? inner.Substring(outer.Length) : UsualStep;
    }

    /// <summary>Whether two offsets stand on one line.</summary>
    public bool IsOneLine(int start, int end) => LineEnd(start) >= end;
}
