namespace AtLeastOnce.Deployment.Edits.Terraform;

/// <summary>Writes values and bodies as <c>terraform fmt</c> would.</summary>
/// <param name="newLine">The line break.</param>
/// <param name="step">One level of indentation.</param>
/// <param name="queueArn">The expression for the ARN of the queue that is added.</param>
internal sealed class HclValueWriter(string newLine, string step, string queueArn)
{
    /// <summary>The value of an attribute; an object is a JSON text there.</summary>
    /// <param name="value">The value.</param>
    /// <param name="indent">The indentation of the line that it begins on.</param>
    public string Attribute(EditValue value, string indent) => value is EditMap ? $"jsonencode({Value(value, indent)})" : Value(value, indent);

    /// <summary>Attributes on lines of their own, with their signs one below the other.</summary>
    /// <param name="attributes">Names, and values as they are written.</param>
    /// <param name="indent">The indentation.</param>
    /// <param name="width">The least width of the names.</param>
    public string Lines(IReadOnlyList<(string Name, string Value)> attributes, string indent, int width = 0)
    {
        var singles = attributes.Where(attribute => !IsLong(attribute.Value)).Select(attribute => attribute.Name.Length).DefaultIfEmpty(0).Max();
        return string.Concat(
            attributes.Select(attribute =>
                newLine + indent + (IsLong(attribute.Value) ? attribute.Name : attribute.Name.PadRight(Math.Max(width, singles))) + " = " + attribute.Value
            )
        );
    }

    /// <summary>A block.</summary>
    /// <param name="head">Its type and labels.</param>
    /// <param name="indent">The indentation.</param>
    /// <param name="body">Its lines.</param>
    public string Block(string head, string indent, string body) => $"{head} {{{body}{newLine}{indent}}}";

    /// <summary>Whether a value takes several lines.</summary>
    public static bool IsLong(string value) => value.Contains('\n');

    /// <summary>A text in quotes.</summary>
    public static string Quoted(string text) => "\"" + text + "\"";

    private string Value(EditValue value, string indent) =>
        value switch
        {
            EditScalar scalar => scalar.IsText ? Quoted(scalar.Written) : scalar.Written,
            EditNewQueueArn => queueArn,
            EditList list => "[" + string.Join(", ", list.Items.Select(item => Value(item, indent))) + "]",
            EditMap map => "{"
                + Lines([.. map.Entries.Select(entry => (entry.Name, Value(entry.Value, indent + step)))], indent + step)
                + newLine
                + indent
                + "}",
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };
}
