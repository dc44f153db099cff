using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Edits.ServerlessFramework;

/// <summary>Events that are written as nothing but their source, and become mappings that can hold settings.</summary>
/// <param name="text">The service's text.</param>
/// <param name="style">How it is written.</param>
internal sealed class ShortEvents(string text, TemplateStyle style)
{
    private const string Arn = "arn";
    private readonly ValueWriter writer = new(style);

    /// <summary>Writes the source of an event as its <c>arn</c>, and settings beside it; null where that cannot be done safely.</summary>
    /// <param name="entry">The event: <c>sqs: arn:…</c>.</param>
    /// <param name="isFlow">Whether it stands in braces.</param>
    /// <param name="settings">The settings.</param>
    public IReadOnlyList<TemplateEdit>? Expand(YamlEntry entry, bool isFlow, IReadOnlyList<(string[] Path, EditValue Value)> settings)
    {
        var (key, value) = (entry.Key, entry.Value);
        if (value.IsAlias || value is YamlScalar { IsNull: true } || text[value.Start] is '&' or '|' or '>')
            return null;
        if (isFlow)
        {
            var beside = string.Concat(settings.Select(setting => "," + Space + Entry(setting, Shape.Line, "")));
            var padding = style.IsJson ? Space : " ";
            var arn = style.IsJson ? "\"" + Arn + "\"" : Arn;
            return [new(value.Start, 0, "{" + padding + arn + ":" + Space), new(value.End, 0, beside + padding + "}")];
        }

        return style.Lines.LineEnd(key.End) >= value.Start ? OfOneLine(key, value, settings) : OfLines(value, settings);
    }

    private string Space => style.ColonSpace;

    private string Entry((string[] Path, EditValue Value) setting, Shape shape, string indent)
    {
        var value = setting.Value;
        for (var i = setting.Path.Length - 1; i > 0; i--)
            value = EditValue.Map((setting.Path[i], value));
        return writer.Entry(setting.Path[0], value, shape, indent);
    }

    private string Lines(IEnumerable<(string[] Path, EditValue Value)> settings, string indent) =>
        string.Concat(settings.Select(setting => style.Lines.NewLine + indent + Entry(setting, Shape.Block, indent)));

    // - sqs: arn:…  # a comment stays with the source
    private IReadOnlyList<TemplateEdit>? OfOneLine(YamlScalar key, YamlNode value, IReadOnlyList<(string[] Path, EditValue Value)> settings)
    {
        if (style.Lines.LineEnd(value.Start) < value.End)
            return null;
        var indent = style.IndentOf(key) + style.Step;
        var colon = text.IndexOf(':', key.End) + 1;
        return [new(colon, value.Start - colon, $"{style.Lines.NewLine}{indent}{Arn}: "), new(style.Lines.LineEnd(value.End), 0, Lines(settings, indent))];
    }

    // What stands on lines of its own moves in by one level.
    private List<TemplateEdit>? OfLines(YamlNode value, IReadOnlyList<(string[] Path, EditValue Value)> settings)
    {
        if (value is not YamlMapping { IsFlow: false, Entries: [{ Key: var first }, ..] })
            return null;
        var indent = style.IndentOf(first);
        var edits = new List<TemplateEdit> { new(value.Start, 0, $"{Arn}:{style.Lines.NewLine}{indent}{style.Step}") };
        for (var line = text.IndexOf('\n', value.Start) + 1; line > 0 && line < value.End; line = text.IndexOf('\n', line) + 1)
        {
            if (text[line] is not ('\r' or '\n'))
                edits.Add(new(line, 0, style.Step));
        }

        edits.Add(new(style.Lines.LineEnd(value.End), 0, Lines(settings, indent)));
        return edits;
    }
}
