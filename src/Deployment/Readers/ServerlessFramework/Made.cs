using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework;

/// <summary>Makes CloudFormation of what a service says. Every node lies where the words stand that it is made of.</summary>
internal static class Made
{
    /// <summary>A text.</summary>
    public static YamlScalar Text(YamlNode at, string value) => new(at.Start, at.End, null, value, isPlain: false);

    /// <summary>A key with its value.</summary>
    public static YamlEntry Entry(YamlNode at, string key, YamlNode value) => new(Text(at, key), value);

    /// <summary>A mapping of the entries that there are.</summary>
    public static YamlMapping Mapping(YamlNode at, params YamlEntry?[] entries) => new(at.Start, at.End, null, [.. entries.OfType<YamlEntry>()], isFlow: true);

    /// <summary>A list.</summary>
    public static YamlSequence List(YamlNode at, params YamlNode[] items) => new(at.Start, at.End, null, items, isFlow: true);

    /// <summary><c>Ref</c>.</summary>
    public static YamlMapping Reference(YamlNode at, string id) => Mapping(at, Entry(at, "Ref", Text(at, id)));

    /// <summary><c>Fn::GetAtt</c>.</summary>
    public static YamlMapping Attribute(YamlNode at, string id, string name) => Mapping(at, Entry(at, "Fn::GetAtt", List(at, Text(at, id), Text(at, name))));

    /// <summary>An entry under CloudFormation's name; null where it is not written.</summary>
    public static YamlEntry? Renamed(YamlMapping? from, string name, string newName) =>
        from?[name] is { } entry ? Entry(entry.Key, newName, entry.Value) : null;

    /// <summary>The same, where the framework takes zero for not written .</summary>
    public static YamlEntry? RenamedUnlessZero(YamlMapping? from, string name, string newName) =>
        from?[name]?.Value is YamlScalar { IsPlain: true, Value: "0" } ? null : Renamed(from, name, newName);

    /// <summary>An entry whose value is made of the written one; null where it is not written, or null.</summary>
    public static YamlEntry? Wrapped(YamlMapping? from, string name, string newName, Func<YamlNode, YamlNode> wrap) =>
        from?[name] is { Value: not YamlScalar { IsNull: true } } entry ? Entry(entry.Key, newName, wrap(entry.Value)) : null;

    /// <summary>A resource.</summary>
    /// <param name="key">What is written in the place of its name.</param>
    /// <param name="id">Its logical id.</param>
    /// <param name="type">Its type.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="origin">What it is made of.</param>
    /// <param name="condition">The condition under which it is deployed, or null.</param>
    public static TemplateResource Resource(YamlNode key, string id, string type, YamlMapping properties, ResourceOrigin origin, YamlNode? condition = null)
    {
        var body = Mapping(
            properties,
            Entry(key, "Type", Text(key, type)),
            condition is null ? null : Entry(condition, "Condition", condition),
            Entry(key, "Properties", properties)
        );
        return new(Entry(key, id, body), body, type) { Origin = origin };
    }
}
