namespace AtLeastOnce.Deployment.Edits;

/// <summary>The shapes in which a collection is written.</summary>
internal enum Shape
{
    /// <summary>YAML by indentation.</summary>
    Block,

    /// <summary>In brackets on one line.</summary>
    Line,

    /// <summary>In brackets over several lines.</summary>
    Lines,
}

/// <summary>Writes values in a template's style.</summary>
internal sealed class ValueWriter(TemplateStyle style)
{
    /// <summary>A key with its value.</summary>
    /// <param name="name">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="shape">The shape of what it is written into.</param>
    /// <param name="indent">The indentation of the key.</param>
    public string Entry(string name, EditValue value, Shape shape, string indent) => Quoted(name) + ":" + AfterColon(value, shape, indent);

    /// <summary>What follows a key's colon, with the space or line break that parts them.</summary>
    public string AfterColon(EditValue value, Shape shape, string indent)
    {
        if (shape != Shape.Block || value is EditScalar or EditAttribute)
            return style.ColonSpace + Value(value, shape, indent);
        var inner = indent + style.Step;
        return value switch
        {
            EditList list => string.Concat(list.Items.Select(item => style.Lines.NewLine + inner + "- " + Value(item, Shape.Line, inner))),
            EditMap map => string.Concat(map.Entries.Select(entry => style.Lines.NewLine + inner + Entry(entry.Name, entry.Value, shape, inner))),
            _ => "",
        };
    }

    /// <summary>A value in brackets, or a scalar.</summary>
    public string Value(EditValue value, Shape shape, string indent) =>
        value switch
        {
            EditScalar scalar => scalar.IsText ? Quoted(scalar.Written) : scalar.Written,
            EditAttribute attribute when style.IsJson => Value(
                EditValue.Map(("Fn::GetAtt", EditValue.List(EditValue.Text(attribute.LogicalId), EditValue.Text(attribute.Name)))),
                shape,
                indent
            ),
            EditAttribute attribute => $"!GetAtt {attribute.LogicalId}.{attribute.Name}",
            EditList list => Bracketed("[", "]", list.Items, shape, indent, (item, inner) => Value(item, shape, inner)),
            EditMap map => Bracketed("{", "}", map.Entries, shape, indent, (entry, inner) => Entry(entry.Name, entry.Value, shape, inner)),
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };

    private string Quoted(string plain) => style.IsJson ? "\"" + plain + "\"" : plain;

    private string Bracketed<T>(string open, string close, IReadOnlyList<T> items, Shape shape, string indent, Func<T, string, string> write)
    {
        if (shape != Shape.Lines)
            return open + string.Join("," + style.ColonSpace, items.Select(item => write(item, indent))) + close;
        var inner = indent + style.Step;
        return open + string.Join(",", items.Select(item => style.Lines.NewLine + inner + write(item, inner))) + style.Lines.NewLine + indent + close;
    }
}
