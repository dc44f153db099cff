using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework.Variables;

/// <summary>
/// Says what the variables of a service can be: what the file itself says is known; what the command line may change hangs on that option; what comes from
/// elsewhere is a symbol, equal to itself.
/// </summary>
internal sealed class VariableResolver : ITextVariables
{
    // Values that name one another; no real chain is longer, and a circle is none.
    private const int MaximumDepth = 24;

    // Far above any real service; it stops texts whose variables repeat each other.
    private const int MaximumSteps = 200_000;
    private const int MaximumLength = 64 * 1024;

    private readonly ServiceValues values;
    private readonly bool hasOwnSyntax;
    private int depth;
    private int steps;

    /// <summary>Resolves within a service.</summary>
    /// <param name="root">The file's root.</param>
    public VariableResolver(YamlMapping root)
    {
        values = new(root, this);
        hasOwnSyntax = (root["provider"]?.Value as YamlMapping)?["variableSyntax"] is not null;
    }

    /// <inheritdoc/>
    public bool AreIn(string text) => text.Contains(VariableText.Open);

    /// <inheritdoc/>
    public Resolution Resolve(YamlScalar scalar)
    {
        if (hasOwnSyntax)
            return Resolution.Unknown("the service has a syntax of its own for variables");
        return Bounded(scalar.Value.Length, () => Resolve(VariableText.Parse(scalar.Value), scalar));
    }

    /// <summary>What a node can be: a scalar with variables what they stand for, any other node itself.</summary>
    public Resolution Resolve(YamlNode node) =>
        node is YamlScalar { Tag: null } scalar && AreIn(scalar.Value) ? Resolve(scalar)
        : node is YamlScalar { IsNull: true } ? Resolution.Of(Alternative.Nothing(node))
        : Resolution.Of(new Alternative(node is YamlScalar text ? SymbolicText.Of(text.Value) : null, node, node.Start, node.End, Basis.Literal));

    /// <summary>A mapping or sequence that a node is, or that its only variable stands for; null and the reason if it is not known.</summary>
    /// <param name="node">The node.</param>
    /// <param name="whyUnknown">Why not; null where there is nothing.</param>
    public YamlNode? Collection(YamlNode? node, out string? whyUnknown)
    {
        whyUnknown = null;
        if (node is null or YamlScalar { IsNull: true })
            return null;
        if (node is not YamlScalar scalar)
            return node;
        var value = Resolve((YamlNode)scalar);
        if (value is { Alternatives: [{ Node: { } found and not YamlScalar }] })
            return found;
        whyUnknown = value.WhyUnknown ?? (AreIn(scalar.Value) ? $"'{scalar.Value}' is known only when deployed" : "it is no mapping");
        return null;
    }

    private Resolution Bounded(int length, Func<Resolution> resolve)
    {
        steps += 1 + (length / 64);
        if (steps > MaximumSteps)
            return Resolution.Unknown("the service's variables are too involved");
        if (depth >= MaximumDepth)
            return Resolution.Unknown("its variables refer to one another");
        depth++;
        var result = resolve();
        depth--;
        return result;
    }

    /// <summary>What pieces of a text are together; a lone variable keeps the mapping or number that it stands for.</summary>
    /// <param name="parts">The pieces.</param>
    /// <param name="at">Where they are written.</param>
    public Resolution Resolve(IReadOnlyList<VariablePart> parts, YamlNode at)
    {
        if (parts is [{ Sources: { } only }])
            return Variable(only, at);
        var result = Text("", at);
        foreach (var part in parts)
        {
            var next = part.Sources is null ? Text(part.Literal, at) : Variable(part.Sources, at);
            result = result.Then(before => next.Then(after => Join(before.Text!, after, at)));
        }

        return result;
    }

    private static Resolution Text(string text, YamlNode at) => Resolution.Of(Alternative.OfText(SymbolicText.Of(text), at));

    private static Resolution Join(SymbolicText before, Alternative after, YamlNode at) =>
        after.Text is not { } text ? Resolution.Unknown("a part of it is no text")
        : before.Length + text.Length > MaximumLength ? Resolution.Unknown("the service's variables are too involved")
        : Resolution.Of(Alternative.OfText(before.Followed(text), at, after.Basis));

    // The first source with a value counts. One that is asked elsewhere may have a value, and what comes behind it is its default.
    private Resolution Variable(IReadOnlyList<VariableSource> sources, YamlNode at)
    {
        var found = new List<Alternative>();
        var basis = Basis.Literal;
        SourceValue? asked = null;
        foreach (var source in sources)
        {
            var value = ValueOf(source, at);
            if (value.IsElsewhere)
            {
                asked ??= value;
                basis = basis.And(new(Provenance.ParameterDefault, source.Text));
                continue;
            }

            var known = value.Known.On(basis);
            if (known.WhyUnknown is not null)
                return found.Count == 0 ? known : Resolution.Unknown(known.WhyUnknown);
            found.AddRange(known.Alternatives.Where(alternative => !alternative.IsNothing));
            var nothing = known.Alternatives.Where(alternative => alternative.IsNothing).ToList();
            if (nothing.Count == 0)
                return Resolution.Of(found);
            basis = nothing.Aggregate(basis, (sum, alternative) => sum.And(alternative.Basis));
        }

        return found.Count > 0 ? Resolution.Of(found)
            : asked is not null ? asked.Known
            : Resolution.Unknown($"'${{{sources[0].Text}}}' has no value in the file");
    }

    private SourceValue ValueOf(VariableSource source, YamlNode at)
    {
        if (source.Type is null)
            return new(source.IsNull ? Resolution.Of(Alternative.Nothing(at)) : Text(source.Text, at));
        if (source.Type == "strToBool" && source.Parameters is { } flag)
            return new(Resolve(flag, at));
        var address = source.Address.Count == 0 ? Text("", at) : Bounded(0, () => Resolve(source.Address, at));
        return values.Find(source, address, at);
    }
}
