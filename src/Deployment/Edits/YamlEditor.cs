using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>Sets entries of the mappings of a YAML or JSON text by changes of its text. Null where it cannot be done safely.</summary>
internal sealed class YamlEditor
{
    private readonly string text;
    private readonly TemplateStyle style;
    private readonly ValueWriter writer;

    /// <summary>Prepares to edit a text.</summary>
    public YamlEditor(string text, YamlMapping root)
    {
        this.text = text;
        style = new(text, root);
        writer = new(style);
    }

    /// <summary>Sets the value at a path of names; what is missing on the way is made.</summary>
    /// <param name="owner">The entry whose value is the mapping to begin at.</param>
    /// <param name="path">The names.</param>
    /// <param name="value">The value.</param>
    public TemplateEdit? Set(YamlEntry owner, IReadOnlyList<string> path, EditValue value)
    {
        for (var depth = 0; ; depth++)
        {
            var rest = Nested(path, depth, value);
            if (owner.Value is YamlScalar { IsNull: true } empty)
                return FillEmpty(owner, empty, rest);
            if (depth == path.Count)
                return Replace(owner, value);
            if (owner.Value is not YamlMapping { IsAlias: false, Tag: null } mapping || Intrinsic.Of(mapping) is not null)
                return null;
            if (mapping.Entries.FirstOrDefault(entry => entry.Key.Value == path[depth]) is not { } found)
            {
                // A merged entry would be hidden by the new one, but one that is merged in deeper would get lost with it.
                return mapping[path[depth]] is null || depth == path.Count - 1 ? Append(mapping, path[depth], Nested(path, depth + 1, value)) : null;
            }

            owner = found;
        }
    }

    /// <summary>Adds an entry to a mapping, after another one of it.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="after">The entry to follow.</param>
    /// <param name="name">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="blankLine">Whether a blank line parts the two.</param>
    public TemplateEdit? InsertAfter(YamlMapping mapping, YamlEntry after, string name, EditValue value, bool blankLine = false)
    {
        var end = Math.Max(after.Key.End, after.Value.End);
        var indent = style.IndentOf(after.Key);
        if (!mapping.IsFlow)
        {
            if (LastLeaf(after.Value) is { } leaf && TakesInLinesAfter(leaf))
                return null;
            var line = style.Lines.NewLine + indent + writer.Entry(name, value, Shape.Block, indent);
            return new(style.Lines.LineEnd(end), 0, blankLine ? style.Lines.NewLine + line : line);
        }

        // What stands between the last entry and the bracket would have to move: a comment, a trailing comma.
        var isLast = ReferenceEquals(after, mapping.Entries[mapping.Entries.Count - 1]);
        if (isLast && text.Substring(end, mapping.End - 1 - end).Any(c => !char.IsWhiteSpace(c)))
            return null;
        return style.BeginsLine(after.Key)
            ? new(end, 0, "," + style.Lines.NewLine + indent + writer.Entry(name, value, style.IsJson ? Shape.Lines : Shape.Line, indent))
            : new(end, 0, "," + style.ColonSpace + writer.Entry(name, value, Shape.Line, indent));
    }

    /// <summary>Replaces a scalar, keeping its quotes.</summary>
    public TemplateEdit? ReplaceScalar(YamlScalar scalar, string value)
    {
        if (scalar.Tag is not null || scalar.IsAlias || scalar.End == scalar.Start)
            return null;
        var first = text[scalar.Start];
        if (first is '"' or '\'')
            return new(scalar.Start, scalar.End - scalar.Start, first + value + first);
        return scalar.IsPlain && first is not ('&' or '!') ? new(scalar.Start, scalar.End - scalar.Start, value) : null;
    }

    /// <summary>Whether a blank line parts an entry of a mapping from its neighbour.</summary>
    public bool IsPartedByBlankLine(YamlMapping resources, YamlEntry entry)
    {
        if (resources.IsFlow)
            return false;
        var entries = resources.Entries.ToList();
        var index = entries.IndexOf(entry);
        var (from, to) =
            index > 0 ? (entries[index - 1].Value.End, entry.Key.Start)
            : index + 1 < entries.Count ? (entry.Value.End, entries[index + 1].Key.Start)
            : (0, 0);
        return text.Substring(from, to - from).Replace("\r", "").Contains("\n\n");
    }

    private static YamlScalar? LastLeaf(YamlNode node) =>
        node switch
        {
            YamlScalar scalar => scalar,
            YamlMapping { IsFlow: false, Entries: { Count: > 0 } entries } => LastLeaf(entries[entries.Count - 1].Value),
            YamlSequence { IsFlow: false, Items: { Count: > 0 } items } => LastLeaf(items[items.Count - 1]),
            _ => null,
        };

    // A text block that keeps its blank lines, or has no line end yet, would change by what is written after it.
    private bool TakesInLinesAfter(YamlScalar leaf)
    {
        if (leaf.IsPlain || leaf.IsAlias || leaf.End == leaf.Start || text[leaf.Start] is '"' or '\'')
            return false;
        var header = text.Substring(leaf.Start, style.Lines.LineEnd(leaf.Start) - leaf.Start).Split('#')[0].TrimEnd();
        var chomping = header.Trim('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is { Length: > 0 } bare ? bare[bare.Length - 1] : ' ';
        return chomping == '+' || (chomping != '-' && style.Lines.LineEnd(leaf.End) == text.Length);
    }

    private static EditValue Nested(IReadOnlyList<string> path, int from, EditValue value)
    {
        for (var i = path.Count - 1; i >= from; i--)
            value = EditValue.Map((path[i], value));
        return value;
    }

    private TemplateEdit? Replace(YamlEntry owner, EditValue value) =>
        (owner.Value, value) switch
        {
            (YamlScalar scalar, EditScalar scalarValue) => ReplaceScalar(scalar, scalarValue.Written),
            (YamlSequence { IsAlias: false, Tag: null, IsFlow: true, Items.Count: 0 } empty, EditList) when text[empty.Start] == '[' => new(
                empty.Start,
                empty.End - empty.Start,
                writer.Value(value, Shape.Line, "")
            ),
            _ => null,
        };

    private TemplateEdit? FillEmpty(YamlEntry owner, YamlScalar empty, EditValue value)
    {
        if (empty.IsAlias || empty.Tag is not null || (empty.End > empty.Start && text[empty.Start] is '&' or '!'))
            return null;
        var isBlock = style.BeginsLine(owner.Key) && !style.IsJson;
        var written = writer.AfterColon(value, isBlock ? Shape.Block : Shape.Line, style.IndentOf(owner.Key));
        var afterColon = text.IndexOf(':', owner.Key.End) + 1;
        return afterColon == 0 || afterColon > empty.End ? null : new(afterColon, empty.End - afterColon, written);
    }

    private TemplateEdit? Append(YamlMapping mapping, string name, EditValue value)
    {
        if (mapping.Entries.Count > 0)
            return InsertAfter(mapping, mapping.Entries[mapping.Entries.Count - 1], name, value);
        return mapping.IsFlow && text[mapping.Start] == '{' ? new(mapping.Start + 1, 0, writer.Entry(name, value, Shape.Line, "")) : null;
    }
}
