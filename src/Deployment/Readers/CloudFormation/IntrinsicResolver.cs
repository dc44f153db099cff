using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Says what the intrinsic functions of a template can give once it is deployed.</summary>
internal sealed class IntrinsicResolver
{
    /// <summary>What SAM calls the alias that it moves along with a function.</summary>
    public const string Alias = "Alias";

    /// <summary>What SAM calls the version that it publishes of a function.</summary>
    public const string Version = "Version";

    private const string PseudoPrefix = "AWS::";
    private const string DynamicReference = "{{resolve:";

    // Far above any real template; it stops texts whose variables repeat each other, and long texts that are used over and over.
    private const int MaximumSteps = 500_000;
    private const int CharactersPerStep = 64;

    // Variables whose values are functions with variables in them; no real chain is longer.
    private const int MaximumExpansions = 32;
    private readonly TemplateSections sections;
    private readonly ITextVariables? variables;
    private readonly ConditionEvaluator conditions;
    private readonly ParameterReader parameters;
    private readonly TextFunctions texts;
    private readonly ListFunctions lists;
    private int steps;
    private int expansions;

    /// <summary>Resolves within a template.</summary>
    /// <param name="sections">The template's sections.</param>
    /// <param name="variables">The variables of the dialect, if it has any.</param>
    public IntrinsicResolver(TemplateSections sections, ITextVariables? variables = null)
    {
        (this.sections, this.variables) = (sections, variables);
        conditions = new(sections.Conditions, this);
        parameters = new(sections.Parameters);
        texts = new(this);
        lists = new(this, parameters);
    }

    /// <summary>What a template is that takes more work than any real one.</summary>
    public static Resolution TooInvolved { get; } = Resolution.Unknown("the template is too involved");

    /// <summary>Counts a step of work; false when there have been too many.</summary>
    /// <param name="characters">The characters that it reads or writes.</param>
    public bool TrySpend(int characters)
    {
        if (steps <= MaximumSteps)
            steps += 1 + (characters / CharactersPerStep);
        return steps <= MaximumSteps;
    }

    /// <summary>The value of a condition of the template.</summary>
    public ConditionValue Condition(string name) => conditions.Named(name);

    /// <summary>What a node can be. Collections are not resolved inside.</summary>
    public Resolution Resolve(YamlNode node)
    {
        if (!TrySpend(node is YamlScalar { Value.Length: var length } ? length : 0))
            return TooInvolved;
        if (node is ComputedNode computed)
            return computed.Value;
        if (Intrinsic.Of(node) is { } function)
            return Deployed(Resolve(function, node));
        return node switch
        {
            YamlScalar { IsNull: true } => Resolution.Of(Alternative.Nothing(node)),
            YamlScalar scalar when HasVariables(scalar) => Deployed(Expand(scalar)),
            YamlScalar scalar when scalar.Value.Contains(DynamicReference) => LookedUp,
            YamlScalar scalar => Resolution.Of(new Alternative(SymbolicText.Of(scalar.Value), scalar, scalar.Start, scalar.End, Basis.Literal)),
            _ => Resolution.Of(new Alternative(null, node, node.Start, node.End, Basis.Literal)),
        };
    }

    /// <summary>Whether a scalar holds variables of the dialect, so that it is not what it says.</summary>
    public bool HasVariables(YamlScalar scalar) => variables?.AreIn(scalar.Value) == true;

    /// <summary>What a text is when its variables are put in; a text without any is itself.</summary>
    public Resolution Expand(YamlScalar scalar)
    {
        if (!HasVariables(scalar))
            return Resolution.Of(Alternative.OfText(SymbolicText.Of(scalar.Value), scalar));
        if (expansions >= MaximumExpansions)
            return TooInvolved;
        expansions++;
        var value = variables!
            .Resolve(scalar)
            .Then(alternative => alternative.Node is { } node and not YamlScalar ? Resolve(node) : Resolution.Of(alternative));
        expansions--;
        return value;
    }

    /// <summary>What the entry at a path of property names can be; nothing where it is not written.</summary>
    /// <param name="mapping">The mapping to look in.</param>
    /// <param name="path">The names.</param>
    public Resolution ResolveAt(YamlMapping mapping, string[] path) => ResolveAt(mapping, path, 0);

    /// <summary>What a name gives: a pseudo parameter, a parameter or a resource.</summary>
    /// <param name="name">The name.</param>
    /// <param name="at">Where it is written.</param>
    public Resolution Reference(string name, YamlNode at)
    {
        if (name == "AWS::NoValue")
            return Resolution.Of(Alternative.Nothing(at));
        if (name.StartsWith(PseudoPrefix, StringComparison.Ordinal))
            return Symbol(SegmentKind.PseudoParameter, name, at);
        if (sections.Parameters.ContainsKey(name))
            return parameters.Read(name, at);
        if (sections.Resources.ContainsKey(name))
            return Symbol(SegmentKind.Reference, name, at);

        // SAM's own references to what it generates for a function: its alias and version.
        var dot = name.IndexOf('.');
        return dot > 0 && name.Substring(dot + 1) is Alias or Version && sections.Resources.ContainsKey(name.Substring(0, dot))
            ? Symbol(SegmentKind.Attribute, name, at)
            : Resolution.Unknown($"'{name}' is not declared in the template");
    }

    /// <summary>What an attribute of a resource gives.</summary>
    /// <param name="name"><c>LogicalId.Attribute</c>.</param>
    /// <param name="at">Where it is written.</param>
    public Resolution Attribute(string name, YamlNode at)
    {
        var dot = name.IndexOf('.');
        return dot > 0 && sections.Resources.ContainsKey(name.Substring(0, dot))
            ? Symbol(SegmentKind.Attribute, name, at)
            : Resolution.Unknown($"'{name}' is not declared in the template");
    }

    private static Resolution LookedUp { get; } = Resolution.Unknown("it is looked up while deploying");

    // Whichever function a dynamic reference comes out of, it is looked up all the same.
    private static Resolution Deployed(Resolution value)
    {
        for (var i = 0; i < value.Alternatives.Count; i++)
        {
            if (value.Alternatives[i].Text?.Contains(DynamicReference) == true)
                return LookedUp;
        }

        return value;
    }

    private static Resolution Symbol(SegmentKind kind, string name, YamlNode at) => Resolution.Of(Alternative.OfText(SymbolicText.Of(kind, name), at));

    private Resolution ResolveAt(YamlMapping mapping, string[] path, int depth)
    {
        // Most mappings on the way are written as such.
        while (depth < path.Length - 1 && mapping[path[depth]]?.Value is YamlMapping plain && Intrinsic.Of(plain) is null && TrySpend(0))
        {
            mapping = plain;
            depth++;
        }

        if (mapping[path[depth]] is not { } entry)
        {
            if (!TrySpend(mapping.HasFunctions ? mapping.Members.Count * CharactersPerStep : 1))
                return TooInvolved;
            return mapping.MayHaveOthers ? Resolution.Unknown("a macro may set it") : Resolution.Of(Alternative.Nothing(mapping));
        }

        return depth == path.Length - 1 ? Resolve(entry.Value) : ResolveWithin(Resolve(entry.Value), path, depth);
    }

    private Resolution ResolveWithin(Resolution value, string[] path, int depth) =>
        value.Then(alternative =>
            alternative switch
            {
                { IsNothing: true } => Resolution.Of(alternative),
                { Node: YamlMapping inner } => ResolveAt(inner, path, depth + 1),
                _ => Resolution.Unknown($"'{path[depth]}' is no mapping"),
            }
        );

    private Resolution Resolve(Intrinsic function, YamlNode at)
    {
        switch (function.Name)
        {
            case "Ref" when function.Argument is YamlScalar name:
                return Reference(name.Value, at);
            case "Fn::GetAtt" when function.Argument is YamlScalar dotted:
                return Attribute(dotted.Value, at);
            case "Fn::GetAtt" when function.Items.Count == 2 && function.TextAt(0) is { } resource && function.TextAt(1) is { } attribute:
                return Attribute($"{resource}.{attribute}", at);
            case "Fn::If" when function.Items.Count == 3 && function.TextAt(0) is { } condition:
                return If(conditions.Named(condition), function.Items[1], function.Items[2]);
            case "Fn::FindInMap" when function.Items.Count >= 3:
                return FindInMap(function.Items);
            case "Fn::Sub":
                return texts.Sub(function.Argument, at);
            case "Fn::Join" when function.Items.Count == 2 && function.TextAt(0) is { } delimiter:
                return lists.Items(function.Items[1], out var whyNoParts) is { } parts ? texts.Join(delimiter, parts, at) : Resolution.Unknown(whyNoParts);
            case "Fn::Select" when function.Items.Count == 2:
                return lists.Select(function.Items[0], function.Items[1]);
            case "Fn::ImportValue":
                return Resolution.Unknown("it is imported from another stack");
            default:
                return Resolution.Unknown($"it is the result of {function.Name}");
        }
    }

    private Resolution If(ConditionValue condition, YamlNode whenTrue, YamlNode whenFalse)
    {
        if (condition.Value is { } value)
            return Resolve(value ? whenTrue : whenFalse).On(condition.Basis);
        var (first, second) = (Resolve(whenTrue), Resolve(whenFalse));
        return first.WhyUnknown is not null ? first
            : second.WhyUnknown is not null ? second
            : Resolution.Of([.. first.Alternatives, .. second.Alternatives]);
    }

    private Resolution FindInMap(IReadOnlyList<YamlNode> items)
    {
        var names = Resolve(items[0]).Alternatives;
        var fallback = items.Count > 3 && items[3] is YamlMapping options ? options["DefaultValue"]?.Value : null;
        if (names.Count != 1 || names[0].Text?.Literal is not { } mapName)
            return Resolution.Unknown("its map is not declared in the template");
        if (!sections.Mappings.TryGetValue(mapName, out var map))
            return fallback is null || sections.HasMadeResources ? Resolution.Unknown("its map is not declared in the template") : Resolve(fallback);
        return Entries(map.Value, items[1], fallback is not null)
            .Then(top => Entries(top.Node, items[2], fallback is not null))
            .Then(found =>
                found.Node is null
                    ? fallback is null
                        ? Resolution.Unknown("the map has no such entry")
                        : Resolve(fallback)
                    : Intrinsic.Of(found.Node) is null
                        ? Resolve(found.Node)
                        : Resolution.Unknown("the map's entry is no plain value")
            );
    }

    // A key that is known only when deployed is still one of the map's keys, or there is a default, or the template does not deploy.
    private Resolution Entries(YamlNode? node, YamlNode key, bool hasDefault)
    {
        if (node is not YamlMapping mapping)
            return Resolution.Of(Alternative.Nothing(key));
        var keys = Resolve(key);
        if (keys.WhyUnknown is not null || keys.Alternatives.Any(alternative => alternative.Text?.Literal is null))
        {
            IEnumerable<Alternative> missing = hasDefault ? [Alternative.Nothing(key)] : [];
            return Resolution.Of([.. mapping.Members.Select(entry => Entry(entry)), .. missing]);
        }

        return keys.Then(alternative => Resolution.Of(mapping[alternative.Text!.Literal!] is { } entry ? Entry(entry) : Alternative.Nothing(key)));

        static Alternative Entry(YamlEntry entry) => new(null, entry.Value, entry.Value.Start, entry.Value.End, Basis.Literal);
    }
}
