using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Resources;

/// <summary>How properties in AWS's own names are made of a block.</summary>
internal abstract class PropertyRule
{
    /// <summary>Adds the properties that a block gives.</summary>
    public abstract void Apply(YamlMapping block, List<YamlEntry> properties);

    /// <summary>An attribute that is a property as it is.</summary>
    public static PropertyRule Attribute(string name, string property) => new AttributeRule(name, property, null);

    /// <summary>An attribute whose values are made into others.</summary>
    public static PropertyRule Converted(string name, string property, Func<Alternative, Resolution> convert) => new AttributeRule(name, property, convert);

    /// <summary>An attribute that is a JSON text, and an object for AWS.</summary>
    public static PropertyRule Document(string name, string property) => Converted(name, property, ToDocument);

    /// <summary>A block that may be written once.</summary>
    public static PropertyRule Block(string name, string property, params PropertyRule[] inner) => new BlockRule(name, property, inner, IsList: false);

    /// <summary>A block that may be written often.</summary>
    public static PropertyRule Blocks(string name, string property, params PropertyRule[] inner) => new BlockRule(name, property, inner, IsList: true);

    /// <summary>Properties that are made of several attributes.</summary>
    public static PropertyRule Made(Func<YamlMapping, IEnumerable<YamlEntry>> make) => new MadeRule(make);

    /// <summary>The properties that a block gives by several rules.</summary>
    public static YamlMapping Apply(IReadOnlyList<PropertyRule> rules, YamlMapping block)
    {
        var properties = new List<YamlEntry>();
        for (var i = 0; i < rules.Count; i++)
            rules[i].Apply(block, properties);
        return new(block.Start, block.End, null, properties, true);
    }

    /// <summary>An entry; null if its value is.</summary>
    /// <param name="key">What is written as its key.</param>
    /// <param name="property">The property.</param>
    /// <param name="value">The value.</param>
    public static YamlEntry? Entry(YamlNode key, string property, YamlNode value)
    {
        if (value is YamlScalar { IsNull: true })
            return null;
        if (value is ComputedNode { Value.Alternatives: var choices })
        {
            // What is null only as long as a variable keeps its default is nobody's choice: it is not known.
            if (choices.FirstOrDefault(choice => choice is { IsNothing: true, Basis.Provenance: Provenance.ParameterDefault }) is { } unset)
                value = new ComputedNode(value.Start, value.End, Resolution.Unknown($"variable '{unset.Basis.Parameter}' is null unless it is given"));
            else if (choices is [{ IsNothing: true }])
                return null;
        }

        return new(new YamlScalar(key.Start, key.End, null, property, false), value);
    }

    private static void Add(List<YamlEntry> properties, YamlEntry? entry)
    {
        if (entry is not null)
            properties.Add(entry);
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

    private sealed class AttributeRule(string name, string property, Func<Alternative, Resolution>? convert) : PropertyRule
    {
        public override void Apply(YamlMapping block, List<YamlEntry> properties)
        {
            if (block[name] is { } entry)
                Add(properties, Entry(entry.Key, property, convert is null ? entry.Value : Converted(entry.Value, convert)));
        }

        private static YamlNode Converted(YamlNode value, Func<Alternative, Resolution> convert)
        {
            var before = Values.Of(value);
            var after = before.Then(convert);
            return ReferenceEquals(before, after) ? value : Values.NodeOf(after, value.Start, value.End);
        }
    }

    private sealed class BlockRule(string name, string property, IReadOnlyList<PropertyRule> inner, bool IsList) : PropertyRule
    {
        public override void Apply(YamlMapping block, List<YamlEntry> properties)
        {
            if (block[name] is { } entry && ValueOf(entry.Value) is { } value)
                Add(properties, Entry(entry.Key, property, value));
        }

        private YamlNode? ValueOf(YamlNode written)
        {
            if (written is not YamlSequence { Items: var items } blocks)
                return written;
            if (items.Count == 0)
                return null;
            var made = items.Select(item => item is YamlMapping mapping ? Apply(inner, mapping) : item).ToList();
            if (IsList)
                return new YamlSequence(blocks.Start, blocks.End, null, made, true);

            // A block of which nothing is read says nothing, unless it is only asked whether it is there.
            return inner.Count > 0 && made[0] is YamlMapping { Entries.Count: 0 } ? null : made[0];
        }
    }

    private sealed class MadeRule(Func<YamlMapping, IEnumerable<YamlEntry>> make) : PropertyRule
    {
        public override void Apply(YamlMapping block, List<YamlEntry> properties) => properties.AddRange(make(block));
    }
}
