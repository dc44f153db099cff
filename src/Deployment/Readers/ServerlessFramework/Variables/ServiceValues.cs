using System.Globalization;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework.Variables;

/// <summary>What a source of a variable gives.</summary>
/// <param name="Known">The value, nothing where it has none, or the symbol of what is asked elsewhere.</param>
/// <param name="IsElsewhere">Whether it is asked outside the file, so that what comes behind it is its default.</param>
internal sealed record SourceValue(Resolution Known, bool IsElsewhere = false);

/// <summary>The values that a service's file gives its variables.</summary>
internal sealed class ServiceValues(YamlMapping root, VariableResolver resolver)
{
    private const string StageOption = "opt:stage";
    private const string DefaultStage = "dev";
    private static readonly string[] StagePath = ["provider", "stage"];

    /// <summary>What a source gives.</summary>
    /// <param name="source">The source.</param>
    /// <param name="address">Its address.</param>
    /// <param name="at">Where it is written.</param>
    public SourceValue Find(VariableSource source, Resolution address, YamlNode at)
    {
        if (address.WhyUnknown is not null)
            return new(address);
        var literal = address is { Alternatives: [{ Text.Literal: { } text }] } ? text.Trim() : null;
        return (source.Type, literal) switch
        {
            ("self", "provider.region") or ("opt", "region") or ("aws", "region") => new(Pseudo("AWS::Region", at)),
            ("aws", "accountId") => new(Pseudo("AWS::AccountId", at)),
            ("self", "service" or "service.name") => new(ServiceName()),
            ("self", "provider.stage") or ("sls", "stage") => new(Stage(at)),
            ("self", _) => Self(address),
            ("param", _) => Parameter(source, address, at),
            ("opt", _) => new(Symbol(SegmentKind.Parameter, source, at), IsElsewhere: true),
            _ => Elsewhere(source, at),
        };
    }

    private static Resolution Pseudo(string name, YamlNode at) => Resolution.Of(Alternative.OfText(SymbolicText.Of(SegmentKind.PseudoParameter, name), at));

    private static Resolution Symbol(SegmentKind kind, VariableSource source, YamlNode at) =>
        Resolution.Of(Alternative.OfText(SymbolicText.Of(kind, source.Text), at));

    // A file holds mappings as well as texts.
    private static SourceValue Elsewhere(VariableSource source, YamlNode at) =>
        new(
            source.Type == "file" ? Resolution.Unknown($"'${{{source.Text}}}' is in another file") : Symbol(SegmentKind.Variable, source, at),
            IsElsewhere: true
        );

    private Resolution ServiceName() =>
        root["service"]?.Value switch
        {
            YamlMapping service when service["name"] is { } name => resolver.Resolve(name.Value),
            { } service => resolver.Resolve(service),
            null => Resolution.Unknown("the service has no name"),
        };

    // The command line's option goes before what is written.
    private Resolution Stage(YamlNode at)
    {
        var written = Walk(resolver.Resolve((YamlNode)root), [.. StagePath.Select(SymbolicText.Of)]);
        var basis = new Basis(Provenance.ParameterDefault, StageOption);
        if (written.WhyUnknown is not null)
            return written;
        return written.Then(alternative =>
            alternative.IsNothing ? Resolution.Of(Alternative.OfText(SymbolicText.Of(DefaultStage), at, basis))
            : alternative.Text is { Literal: null } ? Resolution.Of(alternative)
            : Resolution.Of(alternative).On(basis)
        );
    }

    private SourceValue Self(Resolution address)
    {
        var whole = resolver.Resolve((YamlNode)root);
        return Asked(address.Then(path => Walk(whole, Elements(path.Text))));
    }

    // What lies in another file, or behind another service, may have any value, and what comes behind it is its default.
    private static SourceValue Asked(Resolution value) => new(value, IsElsewhere: value.WhyUnknown is not null);

    // --param, then the stage's, then what holds for every stage.
    private SourceValue Parameter(VariableSource source, Resolution address, YamlNode at)
    {
        var name = Elements(address.Alternatives[0].Text);
        var stages = Stage(at);
        foreach (var (section, inner) in new[] { ("params", Array.Empty<string>()), ("stages", ["params"]) })
        {
            if (root[section] is not { } written)
                continue;
            var values = resolver.Resolve(written.Value);
            var own = stages.Then(stage => Walk(values, [.. Elements(stage.Text), .. inner.Select(SymbolicText.Of), .. name]));
            var shared = Walk(values, [SymbolicText.Of("default"), .. inner.Select(SymbolicText.Of), .. name]);
            if (own.WhyUnknown is not null || shared.WhyUnknown is not null)
                return Asked(own.WhyUnknown is not null ? own : shared);
            List<Alternative> found = [.. own.Alternatives.Where(IsValue)];
            if (found.Count < own.Alternatives.Count)
                found.AddRange(shared.Alternatives.Where(IsValue));
            if (found.Count > 0)
                return new(Resolution.Of(found).On(new(Provenance.ParameterDefault, source.Text)));
        }

        return Elsewhere(source, at);

        static bool IsValue(Alternative alternative) => alternative.Text is not null || alternative.Node is not null;
    }

    private static List<SymbolicText> Elements(SymbolicText? path)
    {
        var elements = new List<SymbolicText>();
        var element = new List<Segment>();
        foreach (var segment in path?.Segments ?? [])
        {
            if (segment.Kind != SegmentKind.Literal)
            {
                element.Add(segment);
                continue;
            }

            var pieces = segment.Text.Split('.');
            for (var i = 0; i < pieces.Length; i++)
            {
                if (i > 0)
                {
                    elements.Add(new(element));
                    element = [];
                }

                element.Add(new(SegmentKind.Literal, pieces[i].Trim()));
            }
        }

        elements.Add(new(element));
        return elements;
    }

    private Resolution Walk(Resolution start, IReadOnlyList<SymbolicText> path)
    {
        var value = start;
        foreach (var element in path)
            value = value.Then(alternative => Step(alternative, element));
        return value;
    }

    private Resolution Step(Alternative from, SymbolicText element)
    {
        if (from.IsNothing)
            return Resolution.Of(from);
        if (from.Node is YamlSequence sequence)
        {
            return int.TryParse(element.Literal, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < sequence.Items.Count
                ? resolver.Resolve(sequence.Items[index])
                : Resolution.Of(Alternative.Nothing(sequence));
        }

        if (from.Node is not YamlMapping mapping)
        {
            // A symbol may stand for a mapping; a text that is known has no members.
            return from.Text is { Literal: null } symbol
                ? Resolution.Unknown(SettingReader.WhySymbolic(symbol))
                : Resolution.Of(new Alternative(null, null, from.Start, from.End, from.Basis));
        }

        // A key that is known only when deployed is one of the mapping's keys, or there is no value.
        return element.Literal is { } key
            ? mapping[key] is { } entry
                ? resolver.Resolve(entry.Value)
                : Resolution.Of(Alternative.Nothing(mapping))
            : Union([.. mapping.Members.Select(value => resolver.Resolve(value.Value)), Resolution.Of(Alternative.Nothing(mapping))]);
    }

    private static Resolution Union(IEnumerable<Resolution> values)
    {
        var all = new List<Alternative>();
        foreach (var value in values)
        {
            if (value.WhyUnknown is not null)
                return value;
            all.AddRange(value.Alternatives);
        }

        return Resolution.Of(all);
    }
}
