using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>How a template is written: line ends, indentation, spacing.</summary>
internal sealed class TemplateStyle
{
    private const string UsualStep = "  ";

    /// <summary>Reads the style off a template.</summary>
    public TemplateStyle(string text, YamlMapping root)
    {
        Lines = new(text);
        IsJson = root.IsFlow;
        ColonSpace = IsJson && root.Entries.Count > 0 && root.Entries[0] is var first && first.Value.Start == first.Key.End + 1 ? "" : " ";
        Step = StepOf(root);
    }

    /// <summary>Its lines.</summary>
    public TextLines Lines { get; }

    /// <summary>Whether keys and texts stand in double quotes.</summary>
    public bool IsJson { get; }

    /// <summary>What follows a colon.</summary>
    public string ColonSpace { get; }

    /// <summary>One level of indentation.</summary>
    public string Step { get; }

    /// <summary>The white space that a key's line begins with; before a key that follows the dash of a list, as much white space as the dash takes.</summary>
    public string IndentOf(YamlNode key)
    {
        var prefix = Lines.BeforeOnLine(key.Start);
        return prefix.All(char.IsWhiteSpace) ? prefix
            : IsJson ? Lines.IndentOf(key.Start)
            : new(' ', prefix.Length);
    }

    /// <summary>Whether nothing but white space stands before a node on its line.</summary>
    public bool BeginsLine(YamlNode node) => Lines.BeforeOnLine(node.Start).All(char.IsWhiteSpace);

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
