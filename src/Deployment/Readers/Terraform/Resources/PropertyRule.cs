using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Resources;

/// <summary>How properties in AWS's own names are made of a block.</summary>
internal abstract class PropertyRule
{
    /// <summary>The properties that a block gives.</summary>
    public abstract IEnumerable<YamlEntry> Apply(YamlMapping block);

    /// <summary>An attribute that is a property as it is.</summary>
    public static PropertyRule Attribute(string name, string property) => new AttributeRule(name, property, value => value);

    /// <summary>An attribute whose values are made into others.</summary>
    public static PropertyRule Converted(string name, string property, Func<Alternative, Resolution> convert) =>
        new AttributeRule(name, property, value => value.Then(convert));

    /// <summary>An attribute that is a JSON text, and an object for AWS.</summary>
    public static PropertyRule Document(string name, string property) => Converted(name, property, ToDocument);

    /// <summary>A block that may be written once.</summary>
    public static PropertyRule Block(string name, string property, params PropertyRule[] inner) => new BlockRule(name, property, inner, IsList: false);

    /// <summary>A block that may be written often.</summary>
    public static PropertyRule Blocks(string name, string property, params PropertyRule[] inner) => new BlockRule(name, property, inner, IsList: true);

    /// <summary>Properties that are made of several attributes.</summary>
    public static PropertyRule Made(Func<YamlMapping, IEnumerable<YamlEntry>> make) => new MadeRule(make);

    /// <summary>The properties that a block gives by several rules.</summary>
    public static YamlMapping Apply(IEnumerable<PropertyRule> rules, YamlMapping block) =>
        new(block.Start, block.End, null, [.. rules.SelectMany(rule => rule.Apply(block))], true);

    /// <summary>An entry, unless its value is null.</summary>
    /// <param name="key">What is written as its key.</param>
    /// <param name="property">The property.</param>
    /// <param name="value">The value.</param>
    public static IEnumerable<YamlEntry> Entry(YamlNode key, string property, YamlNode value)
    {
        // What is null only as long as a variable keeps its default is nobody's choice: it is not known.
        if (Values.Of(value).Alternatives.FirstOrDefault(choice => choice is { IsNothing: true, Basis.Provenance: Provenance.ParameterDefault }) is { } unset)
            value = new ComputedNode(value.Start, value.End, Resolution.Unknown($"variable '{unset.Basis.Parameter}' is null unless it is given"));
        return Values.Of(value).Alternatives is [{ IsNothing: true }] ? [] : [new(new YamlScalar(key.Start, key.End, null, property, false), value)];
    }

    private static Resolution ToDocument(Alternative value)
    {
        if (value.IsNothing || value.Text is { Literal: "" })
            return Resolution.Of(Alternative.Nothing(new YamlScalar(value.Start, value.End, null, "", true)));
        if (value.Node is YamlMapping or YamlSequence)
            return Resolution.Of(value);
        return value.Text is { } text && JsonNodes.Read(text, value.Start, value.End) is { } document
            ? Values.Of(document)
            : Resolution.Unknown("it is no JSON, or known only when deployed");
    }

    private sealed class AttributeRule(string name, string property, Func<Resolution, Resolution> convert) : PropertyRule
    {
        public override IEnumerable<YamlEntry> Apply(YamlMapping block)
        {
            if (block[name] is not { } entry)
                return [];
            var before = Values.Of(entry.Value);
            var after = convert(before);
            return Entry(entry.Key, property, ReferenceEquals(before, after) ? entry.Value : Values.NodeOf(after, entry.Value.Start, entry.Value.End));
        }
    }

    private sealed class BlockRule(string name, string property, IReadOnlyList<PropertyRule> inner, bool IsList) : PropertyRule
    {
        public override IEnumerable<YamlEntry> Apply(YamlMapping block)
        {
            if (block[name] is not { } entry)
                return [];
            if (entry.Value is not YamlSequence { Items: var items } blocks)
                return Entry(entry.Key, property, entry.Value);
            if (items.Count == 0)
                return [];
            var made = items.Select(item => item is YamlMapping mapping ? Apply(inner, mapping) : item).ToList();
            if (IsList)
                return Entry(entry.Key, property, new YamlSequence(blocks.Start, blocks.End, null, made, true));

            // A block of which nothing is read says nothing, unless it is only asked whether it is there.
            return inner.Count > 0 && made[0] is YamlMapping { Entries.Count: 0 } ? [] : Entry(entry.Key, property, made[0]);
        }
    }

    private sealed class MadeRule(Func<YamlMapping, IEnumerable<YamlEntry>> make) : PropertyRule
    {
        public override IEnumerable<YamlEntry> Apply(YamlMapping block) => make(block);
    }
}
