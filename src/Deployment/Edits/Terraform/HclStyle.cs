using AtLeastOnce.Deployment.Readers.Terraform.Hcl;

namespace AtLeastOnce.Deployment.Edits.Terraform;

/// <summary>How a file of a Terraform module is written: line ends, indentation.</summary>
/// <param name="text">The file's text.</param>
internal sealed class HclStyle(string text)
{
    private const string UsualStep = "  ";

    /// <summary>Its lines.</summary>
    public TextLines Lines { get; } = new(text);

    /// <summary>The indentation of what stands in a block.</summary>
    public string InnerIndentOf(HclBlock block)
    {
        var first = block
            .Body.Attributes.Select(attribute => attribute.Start)
            .Concat(block.Body.Blocks.Select(inner => inner.Start))
            .OrderBy(start => start)
            .FirstOrDefault(start => Lines.LineStart(start) > block.Start);
        return first > 0 ? Lines.IndentOf(first) : Lines.IndentOf(block.Start) + UsualStep;
    }

    /// <summary>One level of indentation, as a block has it.</summary>
    public string StepOf(HclBlock block)
    {
        var (outer, inner) = (Lines.IndentOf(block.Start), InnerIndentOf(block));
        return inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) ? inner.Substring(outer.Length) : UsualStep;
    }

    /// <summary>Whether two offsets stand on one line.</summary>
    public bool IsOneLine(int start, int end) => Lines.LineEnd(start) >= end;
}
