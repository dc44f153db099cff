using System.Globalization;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>A value to write into a deployment file.</summary>
internal abstract record EditValue
{
    /// <summary>A whole number.</summary>
    public static EditValue Number(int number) => Bare(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number, or true or false.</summary>
    public static EditValue Bare(string text) => new EditScalar(text, IsText: false);

    /// <summary>A text that needs no quotes in YAML.</summary>
    public static EditValue Text(string text) => new EditScalar(text, IsText: true);

    /// <summary>A list.</summary>
    public static EditValue List(params EditValue[] items) => new EditList(items);

    /// <summary>A mapping.</summary>
    public static EditValue Map(params (string Name, EditValue Value)[] entries) => new EditMap(entries);

    /// <summary>The ARN of the queue that the same change adds.</summary>
    public static EditValue NewQueueArn { get; } = new EditNewQueueArn();

    /// <summary>An attribute of a resource.</summary>
    public static EditValue Attribute(string logicalId, string attribute) => new EditAttribute(logicalId, attribute);

    /// <summary>The value with the new queue's ARN filled in.</summary>
    /// <param name="arn">The ARN.</param>
    public EditValue WithNewQueue(EditValue arn) =>
        this switch
        {
            EditNewQueueArn => arn,
            EditList list => new EditList([.. list.Items.Select(item => item.WithNewQueue(arn))]),
            EditMap map => new EditMap([.. map.Entries.Select(entry => (entry.Name, entry.Value.WithNewQueue(arn)))]),
            _ => this,
        };
}

/// <summary>A scalar.</summary>
internal sealed record EditScalar(string Written, bool IsText) : EditValue;

/// <summary>A list.</summary>
internal sealed record EditList(IReadOnlyList<EditValue> Items) : EditValue;

/// <summary>A mapping.</summary>
internal sealed record EditMap(IReadOnlyList<(string Name, EditValue Value)> Entries) : EditValue;

/// <summary>The ARN of the queue that the same change adds.</summary>
internal sealed record EditNewQueueArn : EditValue;

/// <summary><c>Fn::GetAtt</c>.</summary>
internal sealed record EditAttribute(string LogicalId, string Name) : EditValue;
