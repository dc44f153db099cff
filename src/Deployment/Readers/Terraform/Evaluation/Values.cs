using System.Globalization;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Evaluation;

/// <summary>Makes values, and looks at them.</summary>
internal static class Values
{
    /// <summary>The longest text that is put together.</summary>
    public const int MaximumTextLength = 64 * 1024;

    /// <summary>What a configuration is that takes more work than any real one.</summary>
    public static Resolution TooInvolved { get; } = Resolution.Unknown("the configuration is too involved");

    /// <summary>What a node can be.</summary>
    public static Resolution Of(YamlNode node) =>
        node switch
        {
            ComputedNode computed => computed.Value,
            YamlScalar { IsNull: true } => Resolution.Of(Alternative.Nothing(node)),
            YamlScalar scalar => Resolution.Of(new Alternative(SymbolicText.Of(scalar.Value), scalar, node.Start, node.End, Basis.Literal)),
            _ => Resolution.Of(new Alternative(null, node, node.Start, node.End, Basis.Literal)),
        };

    /// <summary>A node of a value: the literal or collection itself where the value is no more than that.</summary>
    public static YamlNode NodeOf(Resolution value, int start, int end) =>
        value is { Alternatives: [{ Node: { } node, Basis.Provenance: Provenance.Literal } only] }
        && node.Start == start
        && node.End == end
        && (only.Text is null || node is YamlScalar)
            ? node
            : new ComputedNode(start, end, value);

    /// <summary>A text.</summary>
    public static Resolution Text(string text, int start, int end) => Of(new YamlScalar(start, end, null, text, false));

    /// <summary>A text with symbols.</summary>
    public static Resolution Text(SymbolicText text, int start, int end) =>
        text.Length > MaximumTextLength ? TooInvolved
        : text.Literal is { } literal ? Text(literal, start, end)
        : Resolution.Of(new Alternative(text, null, start, end, Basis.Literal));

    /// <summary>A number.</summary>
    public static Resolution Number(decimal number, int start, int end) =>
        Of(new YamlScalar(start, end, null, (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture), true));

    /// <summary>True or false.</summary>
    public static Resolution Flag(bool flag, int start, int end) => Of(new YamlScalar(start, end, null, flag ? "true" : "false", true));

    /// <summary>No value.</summary>
    public static Resolution Nothing(int start, int end) => Resolution.Of(new Alternative(null, null, start, end, Basis.Literal));

    /// <summary>A list.</summary>
    public static Resolution List(IReadOnlyList<YamlNode> items, int start, int end) => Shallow(new YamlSequence(start, end, null, items, true));

    /// <summary>An object.</summary>
    public static Resolution Map(IReadOnlyList<YamlEntry> entries, int start, int end) => Shallow(new YamlMapping(start, end, null, entries, true));

    // Values may be put together of others without end; what goes through them goes as deep.
    private static Resolution Shallow(YamlNode node) => node.Depth > YamlText.MaximumDepth ? TooInvolved : Of(node);

    /// <summary>The number that a value is, or null.</summary>
    public static decimal? NumberOf(Alternative value) =>
        value.Text?.Literal is { } text && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The truth that a value is, or null.</summary>
    public static bool? FlagOf(Alternative value) =>
        value.Text?.Literal switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };

    /// <summary>Why a value is no literal text.</summary>
    public static string WhyNot(Alternative value) =>
        value.IsNothing ? "it is null"
        : value.Text is { } text ? SettingReader.WhySymbolic(text)
        : "it is no text";
}
