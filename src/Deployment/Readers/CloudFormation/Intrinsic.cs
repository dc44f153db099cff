using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>An intrinsic function in its short (<c>!Ref x</c>) or long form (<c>{ Ref: x }</c>).</summary>
/// <param name="Name">The long name: <c>Ref</c>, <c>Condition</c>, <c>Fn::Sub</c>.</param>
/// <param name="Argument">The argument; of a short form the tagged node itself.</param>
internal sealed record Intrinsic(string Name, YamlNode Argument)
{
    /// <summary>The intrinsic function that a node is, or null.</summary>
    public static Intrinsic? Of(YamlNode node)
    {
        if (node is ComputedNode)
            return new("an expression", node);
        if (node.Tag is { } tag)
        {
            var name = tag.Substring(1);
            return new(name is "Ref" or "Condition" ? name : "Fn::" + name, node);
        }

        if (node is not YamlMapping { Entries.Count: 1 } mapping)
            return null;
        var entry = mapping.Entries[0];
        return entry.Key.Value == "Ref" || entry.Key.Value.StartsWith("Fn::", StringComparison.Ordinal) ? new(entry.Key.Value, entry.Value) : null;
    }

    /// <summary>The argument's items, if it is a list.</summary>
    public IReadOnlyList<YamlNode> Items => Argument is YamlSequence sequence ? sequence.Items : [];

    /// <summary>The item at an index, if there is one and it is a plain scalar: its content, else null.</summary>
    public string? TextAt(int index) => index < Items.Count && Items[index] is YamlScalar { Tag: null } scalar ? scalar.Value : null;
}
