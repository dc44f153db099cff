using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>How a template is written: line ends, indentation, spacing.</summary>
internal sealed class TemplateStyle
{
    private const string UsualStep = "  ";
    private readonly string text;

    /// <summary>Reads the style off a template.</summary>
    public TemplateStyle(string text, YamlMapping root)
    {
        this.text = text;
        NewLine = text.Contains("\r\n") ? "\r\n" : "\n";
        IsJson = root.IsFlow;
        ColonSpace = IsJson && root.Entries.Count > 0 && root.Entries[0] is var first && first.Value.Start == first.Key.End + 1 ? "" : " ";
        Step = StepOf(root);
    }

    /// <summary>The line break.</summary>
    public string NewLine { get; }

    /// <summary>Whether keys and texts stand in double quotes.</summary>
    public bool IsJson { get; }

    /// <summary>What follows a colon.</summary>
    public string ColonSpace { get; }

    /// <summary>One level of indentation.</summary>
    public string Step { get; }

    /// <summary>The white space that a key's line begins with; before a key that follows the dash of a list, as much white space as the dash takes.</summary>
    public string IndentOf(YamlNode key)
    {
        var start = LineStart(key.Start);
        var prefix = text.Substring(start, key.Start - start).TrimStart('\uFEFF');
        return prefix.All(char.IsWhiteSpace) ? prefix
            : IsJson ? prefix.Substring(0, prefix.Length - prefix.TrimStart().Length)
            : new(' ', prefix.Length);
    }

    /// <summary>Whether nothing but white space stands before a node on its line.</summary>
    public bool BeginsLine(YamlNode node)
    {
        var start = LineStart(node.Start);
        return text.Substring(start, node.Start - start).Trim('\uFEFF').All(char.IsWhiteSpace);
    }

    /// <summary>Offset of the end of an offset's line, before its line break.</summary>
    public int LineEnd(int offset)
    {
        while (offset < text.Length && text[offset] is not ('\r' or '\n'))
            offset++;
        return offset;
    }

    private int LineStart(int offset)
    {
        while (offset > 0 && text[offset - 1] is not ('\r' or '\n'))
            offset--;
        return offset;
    }

    private string StepOf(YamlMapping root)
    {
        foreach (var entry in root.Entries)
        {
            if (entry.Value is not YamlMapping { IsAlias: false } inner || inner.Entries.Count == 0 || !BeginsLine(inner.Entries[0].Key))
                continue;
            var (outerIndent, innerIndent) = (IndentOf(entry.Key), IndentOf(inner.Entries[0].Key));
            if (innerIndent.Length > outerIndent.Length && innerIndent.StartsWith(outerIndent, StringComparison.Ordinal))
            {
                return innerIndent.Substring(outerIndent.Length);
            }
        }

        return UsualStep;
    }
}
