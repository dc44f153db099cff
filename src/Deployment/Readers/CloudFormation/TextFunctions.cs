using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>The intrinsic functions that make texts.</summary>
internal sealed class TextFunctions(IntrinsicResolver resolver)
{
    private const int MaximumPieces = 512;
    private const int MaximumLength = 64 * 1024;

    /// <summary><c>Fn::Sub</c>, with or without its own variables.</summary>
    /// <param name="argument">The text, or a list of the text and the variables.</param>
    /// <param name="at">Where the function is written.</param>
    public Resolution Sub(YamlNode argument, YamlNode at) =>
        argument switch
        {
            YamlScalar text => Sub(text, null, at),
            YamlSequence { Items.Count: 2 } pair when pair.Items[0] is YamlScalar text && pair.Items[1] is YamlMapping variables => Sub(text, variables, at),
            YamlSequence { Items.Count: 1 } single when single.Items[0] is YamlScalar text => Sub(text, null, at),
            _ => Resolution.Unknown("it is no well-formed Fn::Sub"),
        };

    // The variables of a framework are put in before CloudFormation sees the text.
    private Resolution Sub(YamlScalar text, YamlMapping? variables, YamlNode at)
    {
        return resolver.HasVariables(text)
            ? resolver.Expand(text).Then(expanded => expanded.Text is { } known ? Pieces(known) : Resolution.Unknown("it is no well-formed Fn::Sub"))
            : Sub(text.Value, variables, at);

        Resolution Pieces(SymbolicText known) =>
            Concatenate(
                [
                    .. known.Segments.Select(segment =>
                        segment.Kind == SegmentKind.Literal
                            ? Sub(segment.Text, variables, at)
                            : Resolution.Of(Alternative.OfText(SymbolicText.Of(segment.Kind, segment.Text), at))
                    ),
                ],
                at
            );
    }

    /// <summary>A text in the notation of <c>Fn::Sub</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variables">The function's own variables.</param>
    /// <param name="at">Where it is written.</param>
    public Resolution Sub(string text, YamlMapping? variables, YamlNode at)
    {
        var pieces = new List<Resolution>();
        var position = 0;
        while (text.IndexOf("${", position, StringComparison.Ordinal) is >= 0 and var open && text.IndexOf('}', open) is >= 0 and var close)
        {
            pieces.Add(Literal(text.Substring(position, open - position), at));
            var name = text.Substring(open + 2, close - open - 2).Trim();
            pieces.Add(Variable(name, variables, at));
            position = close + 1;
        }

        pieces.Add(Literal(text.Substring(position), at));
        return Concatenate(pieces, at);
    }

    /// <summary><c>Fn::Join</c>.</summary>
    /// <param name="delimiter">What stands between the parts.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="at">Where the function is written.</param>
    public Resolution Join(string delimiter, IReadOnlyList<Resolution> parts, YamlNode at)
    {
        var pieces = new List<Resolution>();
        foreach (var part in parts)
        {
            if (pieces.Count > 0)
                pieces.Add(Literal(delimiter, at));
            pieces.Add(part);
        }

        return Concatenate(pieces, at);
    }

    private static Resolution Literal(string text, YamlNode at) => Resolution.Of(Alternative.OfText(SymbolicText.Of(text), at));

    private Resolution Variable(string name, YamlMapping? variables, YamlNode at)
    {
        if (name.StartsWith("!", StringComparison.Ordinal))
            return Literal("${" + name.Substring(1) + "}", at);
        if (variables?[name] is { } variable)
            return resolver.Resolve(variable.Value);
        return name.IndexOf('.') > 0 ? resolver.Attribute(name, at) : resolver.Reference(name, at);
    }

    private Resolution Concatenate(List<Resolution> pieces, YamlNode at)
    {
        if (pieces.Count > MaximumPieces)
            return Resolution.Unknown("it is made of too many parts");
        var result = Literal("", at);
        foreach (var piece in pieces)
        {
            result = result.Then(before => piece.Then(next => Concatenate(before.Text!, next, at)));
            if (result.WhyUnknown is not null)
                return result;
        }

        return result;
    }

    private Resolution Concatenate(SymbolicText before, Alternative next, YamlNode at)
    {
        if (next.Text is not { } text)
            return Resolution.Unknown("a part of it is no text");
        var length = before.Length + text.Length;
        if (length > MaximumLength || !resolver.TrySpend(length))
            return IntrinsicResolver.TooInvolved;
        return Resolution.Of(Alternative.OfText(before.Followed(text), at, next.Basis));
    }
}
