using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Yaml;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Pulumi;

/// <summary>Reads the arguments of resources as the attributes and blocks that they are for Terraform.</summary>
/// <param name="values">Follows values.</param>
/// <param name="reader">Reads values.</param>
/// <param name="map">The offsets.</param>
internal sealed class PulumiArguments(ProgramValues values, PulumiValues reader, SourceMap map)
{
    private const int MostLevels = 20;
    private const int MostJson = 100_000;

    /// <summary>The attributes and blocks; null if the arguments cannot be followed.</summary>
    /// <param name="arguments">The creation of the arguments.</param>
    /// <param name="type">Terraform's type of the resource.</param>
    /// <param name="span">The offsets that the block has.</param>
    public YamlMapping? Read(Written arguments, string type, (int Start, int End) span) => Read(arguments, type, span, 0);

    private YamlMapping? Read(Written arguments, string type, (int Start, int End) span, int level)
    {
        if (level > MostLevels || arguments.Operation is not IObjectCreationOperation creation)
            return null;
        var written = values.ObjectOf(creation);
        if (written.IsChangedElsewhere)
            return null;
        var entries = written.Members.Select(member => EntryOf(arguments, member, written.IsChanged(member), type, span, level));
        return new(span.Start, span.End, null, [.. entries], true);
    }

    private YamlEntry EntryOf(Written arguments, string member, bool isChanged, string type, (int Start, int End) span, int level)
    {
        var attribute = PulumiTypes.AttributeOf(type, member);
        if (isChanged || values.MemberOf(arguments, member, out _) is not { } value)
            return new(new(span.Start, span.Start, null, attribute, false), new ComputedNode(span.Start, span.Start, Resolution.Unknown("it is set in code")));
        var key = map.SpanOf(ExpressionSyntaxes.TargetOf(value.Operation.Syntax) ?? value.Operation.Syntax);
        return new(new(key.Start, key.End, null, attribute, false), NodeOf(value, attribute, type, level));
    }

    private YamlNode NodeOf(Written value, string attribute, string type, int level)
    {
        var span = map.SpanOf(value.Operation.Syntax);
        if (values.Single(value) is { } only)
        {
            if (PulumiTypes.IsArguments(only.Operation.Type))
                return Block(only, type, span, level) is { } block ? new YamlSequence(span.Start, span.End, null, [block], true) : Unknown(span);
            if (ProgramLists.ElementsOf(only.Operation) is { } elements)
                return new YamlSequence(
                    span.Start,
                    span.End,
                    null,
                    [.. elements.Select(element => ItemOf(new(element, only.Frame), attribute, type, level))],
                    true
                );
        }

        return Values.NodeOf(Scalar(value, attribute), span.Start, span.End);
    }

    private YamlNode ItemOf(Written value, string attribute, string type, int level)
    {
        var span = map.SpanOf(value.Operation.Syntax);
        return values.Single(value) is { } only && PulumiTypes.IsArguments(only.Operation.Type)
            ? Block(only, type, span, level) ?? (YamlNode)Unknown(span)
            : Values.NodeOf(Scalar(value, attribute), span.Start, span.End);
    }

    private YamlMapping? Block(Written arguments, string type, (int Start, int End) span, int level) => Read(arguments, type, span, level + 1);

    // JSON is a text, where it is not looked into.
    private Resolution Scalar(Written value, string attribute) =>
        reader
            .Of(value)
            .Then(result =>
                result.Node is not (YamlMapping or YamlSequence) || PulumiTypes.IsDocument(attribute) ? Resolution.Of(result)
                : Json(result, out var why) is { } text ? Values.Text(text, result.Start, result.End)
                : Resolution.Unknown(why ?? "it is no JSON")
            );

    private static SymbolicText? Json(Alternative document, out string? why)
    {
        var left = MostJson;
        return new JsonEncoder(cost => (left -= cost) >= 0).Write(document, out why);
    }

    private static ComputedNode Unknown((int Start, int End) span) => new(span.Start, span.End, Resolution.Unknown("it is made elsewhere"));
}
