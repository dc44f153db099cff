using System.Globalization;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>Changes a parameter's default, where only one place of the template uses the parameter.</summary>
internal static class ParameterEditor
{
    /// <summary>The change of the default, or null where another place uses the parameter or it does not allow the value.</summary>
    public static TemplateEdit? SetDefault(YamlEditor editor, YamlMapping root, string name, string value)
    {
        if ((root["Parameters"]?.Value as YamlMapping)?[name]?.Value is not YamlMapping parameter)
            return null;
        if (parameter["Default"]?.Value is not YamlScalar scalar || Uses(root, name, 0) != 1 || !Allows(parameter, value))
            return null;
        return editor.ReplaceScalar(scalar, value);
    }

    private static bool Allows(YamlMapping parameter, string value)
    {
        if (parameter["AllowedPattern"] is not null)
            return false;
        if (parameter["AllowedValues"] is { } allowed && !IsListed(allowed.Value))
            return false;
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (Bound("MinValue") is not { } least || least <= number)
            && (Bound("MaxValue") is not { } most || number <= most);

        bool IsListed(YamlNode list) => list is YamlSequence sequence && sequence.Items.Any(item => item is YamlScalar scalar && scalar.Value == value);

        double? Bound(string name) =>
            parameter[name]?.Value is YamlScalar scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound)
                ? bound
                : null;
    }

    private static int Uses(YamlNode node, string name, int count)
    {
        if (Intrinsic.Of(node) is { Name: "Ref", Argument: YamlScalar reference } && reference.Value == name)
            return count + 1;
        return node switch
        {
            YamlScalar scalar => scalar.Value.Contains("${" + name + "}") ? count + 1 : count,
            YamlMapping mapping => mapping.Entries.Aggregate(count, (sum, entry) => Uses(entry.Value, name, sum)),
            YamlSequence sequence => sequence.Items.Aggregate(count, (sum, item) => Uses(item, name, sum)),
            _ => count,
        };
    }
}
