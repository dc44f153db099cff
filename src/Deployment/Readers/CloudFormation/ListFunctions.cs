using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>The intrinsic functions that make lists, or take from them.</summary>
internal sealed class ListFunctions(IntrinsicResolver resolver, ParameterReader parameters)
{
    /// <summary><c>Fn::Select</c>.</summary>
    /// <param name="index">The index.</param>
    /// <param name="list">The list.</param>
    public Resolution Select(YamlNode index, YamlNode list) =>
        Items(list, out var why) is not { } items
            ? Resolution.Unknown(why)
            : resolver
                .Resolve(index)
                .Then(number =>
                    int.TryParse(number.Text?.Literal, out var i) && i >= 0 && i < items.Count
                        ? items[i]
                        : Resolution.Unknown("it is selected by what is known only when deployed")
                );

    /// <summary>
    /// What the items of a list can be: of a list as written, of <c>Fn::Split</c>, of a parameter that is one. Null where the list is not known.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="why">Why not.</param>
    public IReadOnlyList<Resolution>? Items(YamlNode list, out string why)
    {
        why = "its list is known only when deployed";
        if (Intrinsic.Of(list) is not { } function)
            return list is YamlSequence sequence ? [.. sequence.Items.Select(resolver.Resolve)] : null;
        if (function is { Name: "Fn::Split", Items.Count: 2 } && function.TextAt(0) is { Length: > 0 } delimiter)
            return Split(delimiter, function.Items[1], list, ref why);
        if (function is { Name: "Ref", Argument: YamlScalar name })
            return parameters.ReadList(name.Value, list);
        why = $"its list is the result of {function.Name}";
        return null;
    }

    // What a symbol stands for may have the delimiter in it: only a text that is known can be split.
    private IReadOnlyList<Resolution>? Split(string delimiter, YamlNode source, YamlNode at, ref string why)
    {
        var text = resolver.Resolve(source);
        why = text.WhyUnknown ?? why;
        return text is { Alternatives: [{ Text.Literal: { } literal } value] }
            ? [.. literal.Split([delimiter], StringSplitOptions.None).Select(part => Resolution.Of(Alternative.OfText(SymbolicText.Of(part), at, value.Basis)))]
            : null;
    }
}
