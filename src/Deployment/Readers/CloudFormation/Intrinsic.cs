using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>An intrinsic function in its short (<c>!Ref x</c>) or long form (<c>{ Ref: x }</c>).</summary>
/// <param name="Name">The long name: <c>Ref</c>, <c>Condition</c>, <c>Fn::Sub</c>.</param>
/// <param name="Argument">The argument; of a short form the tagged node itself.</param>
internal readonly record struct Intrinsic(string Name, YamlNode Argument)
{
    private const string Prefix = "Fn::";

    // Every scalar and mapping is asked: the long names of the usual short forms are made once.
    private static readonly Dictionary<string, string> NamesByTag = new[]
    {
        "And",
        "Base64",
        "Cidr",
        "Equals",
        "FindInMap",
        "GetAtt",
        "GetAZs",
        "If",
        "ImportValue",
        "Join",
        "Not",
        "Or",
        "Select",
        "Split",
        "Sub",
        "Transform",
    }.ToDictionary(name => "!" + name, name => Prefix + name, StringComparer.Ordinal);

    /// <summary>The intrinsic function that a node is, or null.</summary>
    public static Intrinsic? Of(YamlNode node)
    {
        if (node.Tag is { } tag)
            return new(NameOf(tag), node);
        if (node is ComputedNode)
            return new("an expression", node);
        if (node is not YamlMapping { Entries.Count: 1 } mapping)
            return null;
        var entry = mapping.Entries[0];
        return entry.Key.Value == "Ref" || entry.Key.Value.StartsWith(Prefix, StringComparison.Ordinal) ? new(entry.Key.Value, entry.Value) : null;
    }

    /// <summary>The argument's items, if it is a list.</summary>
    public IReadOnlyList<YamlNode> Items => Argument is YamlSequence sequence ? sequence.Items : [];

    /// <summary>The item at an index, if there is one and it is a plain scalar: its content, else null.</summary>
    public string? TextAt(int index) => index < Items.Count && Items[index] is YamlScalar { Tag: null } scalar ? scalar.Value : null;

    private static string NameOf(string tag) =>
        NamesByTag.TryGetValue(tag, out var known) ? known
        : tag is "!Ref" ? "Ref"
        : tag is "!Condition" ? "Condition"
        : Prefix + tag.Substring(1);
}
