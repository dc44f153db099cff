namespace AtLeastOnce.Deployment.Edits;

/// <summary>A value to write into a template.</summary>
internal abstract record EditValue
{
    /// <summary>A number, or true or false.</summary>
    public static EditValue Bare(string text) => new EditScalar(text, IsText: false);

    /// <summary>A text that needs no quotes in YAML.</summary>
    public static EditValue Text(string text) => new EditScalar(text, IsText: true);

    /// <summary>A list.</summary>
    public static EditValue List(params EditValue[] items) => new EditList(items);

    /// <summary>A mapping.</summary>
    public static EditValue Map(params (string Name, EditValue Value)[] entries) => new EditMap(entries);

    /// <summary>An attribute of a resource.</summary>
    public static EditValue Attribute(string logicalId, string attribute) => new EditAttribute(logicalId, attribute);
}

/// <summary>A scalar.</summary>
internal sealed record EditScalar(string Written, bool IsText) : EditValue;

/// <summary>A list.</summary>
internal sealed record EditList(IReadOnlyList<EditValue> Items) : EditValue;

/// <summary>A mapping.</summary>
internal sealed record EditMap(IReadOnlyList<(string Name, EditValue Value)> Entries) : EditValue;

/// <summary><c>Fn::GetAtt</c>.</summary>
internal sealed record EditAttribute(string LogicalId, string Name) : EditValue;
