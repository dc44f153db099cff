using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Says what a template's parameters can be.</summary>
internal sealed class ParameterReader(IReadOnlyDictionary<string, YamlEntry> parameters)
{
    /// <summary>The values of a declared parameter: its default; without one its allowed values; without those it stays a symbol.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="at">Where it is referred to.</param>
    public Resolution Read(string name, YamlNode at)
    {
        if (parameters[name].Value is not YamlMapping parameter)
            return Symbol(name, at);
        var type = (parameter["Type"]?.Value as YamlScalar)?.Value ?? "String";
        if (type.StartsWith("AWS::SSM::Parameter::Value", StringComparison.Ordinal))
        {
            return Resolution.Unknown($"parameter '{name}' is looked up in the parameter store");
        }

        if (IsList(type))
            return Resolution.Unknown($"parameter '{name}' is a list");
        if (parameter["Default"]?.Value is YamlScalar { Tag: null } value)
        {
            return Resolution.Of(new Alternative(SymbolicText.Of(value.Value), value, value.Start, value.End, new(Provenance.ParameterDefault, name)));
        }

        if (parameter["AllowedValues"]?.Value is YamlSequence { Items.Count: > 0 } allowed && allowed.Items.All(item => item is YamlScalar { Tag: null }))
        {
            return Resolution.Of([
                .. allowed
                    .Items.OfType<YamlScalar>()
                    .Select(item => new Alternative(SymbolicText.Of(item.Value), item, item.Start, item.End, new(Provenance.ParameterAllowedValue, name))),
            ]);
        }

        return Symbol(name, at);
    }

    /// <summary>The items of a parameter that is a list, by its default; null if it is none, or has no default.</summary>
    /// <param name="name">The parameter, or anything else.</param>
    /// <param name="at">Where it is referred to.</param>
    public IReadOnlyList<Resolution>? ReadList(string name, YamlNode at) =>
        parameters.TryGetValue(name, out var entry)
        && entry.Value is YamlMapping parameter
        && IsList((parameter["Type"]?.Value as YamlScalar)?.Value ?? "")
        && parameter["Default"]?.Value is YamlScalar { Tag: null } value
            ?
            [
                .. value
                    .Value.Split(',')
                    .Select(item => Resolution.Of(Alternative.OfText(SymbolicText.Of(item.Trim()), at, new(Provenance.ParameterDefault, name)))),
            ]
            : null;

    private static bool IsList(string type) => type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal);

    private static Resolution Symbol(string name, YamlNode at) => Resolution.Of(Alternative.OfText(SymbolicText.Of(SegmentKind.Parameter, name), at));
}
