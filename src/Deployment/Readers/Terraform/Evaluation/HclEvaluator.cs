using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Evaluation;

/// <summary>Gives what the names of a module stand for.</summary>
internal interface IHclNames
{
    /// <summary>What a reference to something of the module gives.</summary>
    /// <param name="root">The name it begins with.</param>
    /// <param name="reference">The whole reference.</param>
    /// <param name="scope">The names around it.</param>
    Resolution Resolve(string root, HclReference reference, HclScope scope);
}

/// <summary>Says what expressions can be once they are deployed.</summary>
/// <param name="names">What the names of the module stand for.</param>
/// <param name="cancellation">Stops the work.</param>
internal sealed class HclEvaluator(IHclNames names, CancellationToken cancellation)
{
    private const string Element = "*";
    private const int MaximumSteps = 200_000;
    private const int MaximumDepth = 256;
    private const int CharactersPerStep = 1024;
    private int steps;
    private int depth;

    /// <summary>Counts a step of work; false when there have been too many.</summary>
    public bool TrySpend(int cost = 1)
    {
        cancellation.ThrowIfCancellationRequested();
        if (steps <= MaximumSteps)
            steps += cost;
        return steps <= MaximumSteps;
    }

    /// <summary>A node that stands for an expression, with its span.</summary>
    public YamlNode NodeOf(HclExpression expression, HclScope scope) =>
        LiteralNodeOf(expression) is { IsNull: false } literal && depth < MaximumDepth && TrySpend()
            ? literal
            : Values.NodeOf(Evaluate(expression, scope), expression.Start, expression.End);

    /// <summary>What an expression can be.</summary>
    public Resolution Evaluate(HclExpression expression, HclScope scope)
    {
        if (!TrySpend() || depth >= MaximumDepth)
            return Values.TooInvolved;
        depth++;
        try
        {
            return EvaluateNode(expression, scope);
        }
        finally
        {
            depth--;
        }
    }

    private Resolution EvaluateNode(HclExpression expression, HclScope scope) =>
        expression switch
        {
            HclLiteral or HclTemplate { Literal: not null } => Values.Of(LiteralNodeOf(expression)!),
            HclTemplate template => Template(template, scope),
            HclParentheses parentheses => Evaluate(parentheses.Inner, scope),
            HclTuple tuple => Tuple(tuple, scope),
            HclObject made => Object(made, scope),
            HclElement => scope.Find(Element) ?? Resolution.Unknown("it is no element"),
            HclVariable or HclAccess or HclIndex => Path(expression, scope),
            HclSplat splat => Splat(splat, scope),
            HclConditional conditional => Conditional(conditional, scope),
            HclUnary unary => Unary(unary, scope),
            HclBinary binary => HclOperators.Apply(binary, Evaluate(binary.Left, scope), Evaluate(binary.Right, scope)),
            HclCall call => HclFunctions.Call(this, call, scope),
            HclFor each => For(each, scope),
            _ => Resolution.Unknown("it is no known expression"),
        };

    // Most values are literals, and their nodes all that is asked for.
    private static YamlScalar? LiteralNodeOf(HclExpression expression) =>
        expression switch
        {
            HclLiteral literal => new(literal.Start, literal.End, null, literal.Text, literal.Kind != HclLiteralKind.Text),
            HclTemplate { Literal: { } text } template => new(template.Start, template.End, null, text, false),
            _ => null,
        };

    private Resolution Template(HclTemplate template, HclScope scope)
    {
        if (template.Parts is [{ } only and not HclFor])
            return Evaluate(only, scope);
        var result = Values.Text("", template.Start, template.End);
        foreach (var part in template.Parts)
        {
            var value = Evaluate(part, scope);
            if (value.WhyUnknown is not null)
                return value;
            result = result.Then(before => value.Then(after => Append(before, after, template)));
        }

        return result;
    }

    // Long texts cost more: each time all of it is copied.
    private Resolution Append(Alternative before, Alternative after, HclExpression at) =>
        after.Text is { } added && before.Text is { } text && TrySpend(1 + ((text.Length + added.Length) / CharactersPerStep))
            ? Values.Text(text.Followed(added), at.Start, at.End)
            : Resolution.Unknown(Values.WhyNot(after));

    private Resolution Tuple(HclTuple tuple, HclScope scope) => Values.List([.. tuple.Items.Select(item => NodeOf(item, scope))], tuple.Start, tuple.End);

    private Resolution Unary(HclUnary unary, HclScope scope) => Evaluate(unary.Operand, scope).Then(operand => HclOperators.Apply(unary, operand));

    private Resolution Object(HclObject made, HclScope scope)
    {
        var entries = new List<YamlEntry>();
        foreach (var member in made.Members)
        {
            var key = Evaluate(member.Key, scope);
            if (key is not { Alternatives: [{ Text.Literal: { } name }] })
                return Resolution.Unknown(key.WhyUnknown ?? "a key of it is known only when deployed");
            entries.Add(new(new YamlScalar(member.Key.Start, member.Key.End, null, name, false), NodeOf(member.Value, scope)));
        }

        return Values.Map(entries, made.Start, made.End);
    }

    private Resolution Path(HclExpression expression, HclScope scope)
    {
        if (HclReference.Of(expression) is { } reference)
        {
            return scope.Find(reference.Root) is { } value
                ? Walk(value, reference.Steps, 0, expression, scope)
                : names.Resolve(reference.Root, reference, scope);
        }

        return expression switch
        {
            HclAccess access => Walk(Evaluate(access.Target, scope), [new(access.Name, null)], 0, expression, scope),
            HclIndex index => Walk(Evaluate(index.Target, scope), [new(null, index.Index)], 0, expression, scope),
            _ => Resolution.Unknown("it is no known expression"),
        };
    }

    /// <summary>What is found on the way into a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="steps">The way.</param>
    /// <param name="from">The first step that is still to be taken.</param>
    /// <param name="at">Where the reference is written.</param>
    /// <param name="scope">The names around it.</param>
    public Resolution Walk(Resolution value, IReadOnlyList<HclStep> steps, int from, HclExpression at, HclScope scope)
    {
        for (var i = from; i < steps.Count && value.WhyUnknown is null; i++)
        {
            var step = steps[i];
            value = step.Name is { } name ? value.Then(target => Member(target, name, at)) : value.Then(target => Indexed(target, step.Index!, at, scope));
        }

        return value;
    }

    private Resolution Indexed(Alternative target, HclExpression index, HclExpression at, HclScope scope)
    {
        // Where it is not known how many there are, whatever key is given is one of them.
        if (target.Node is InstanceNode { IsAnyOf: true } any)
            return Values.Of(any.AsOne());
        return Evaluate(index, scope)
            .Then(key => key.Text?.Literal is { } name ? Member(target, name, at) : Resolution.Unknown("which element it is, is known only when deployed"));
    }

    private static Resolution Member(Alternative target, string name, HclExpression at)
    {
        switch (target.Node)
        {
            case InstanceNode instance:
                return instance.IsAnyOf
                    ? Resolution.Unknown($"which '{instance.Address}' it is, is known only when deployed")
                    : instance.Attribute(name, at.Start, at.End);
            case YamlMapping mapping:
                return mapping[name] is { } entry ? Values.Of(entry.Value) : Resolution.Unknown($"it has no '{name}'");
            case YamlSequence list when int.TryParse(name, out var number):
                return number >= 0 && number < list.Items.Count ? Values.Of(list.Items[number]) : Resolution.Unknown($"it has no element {number}");
            default:
                return Resolution.Unknown(target.Text is { FirstSymbol: not null } text ? SettingReader.WhySymbolic(text) : $"it has no '{name}'");
        }
    }

    private Resolution Splat(HclSplat splat, HclScope scope) =>
        Evaluate(splat.Target, scope)
            .Then(target =>
                target.IsNothing ? Values.List([], splat.Start, splat.End)
                : target.Node is InstanceNode { IsAnyOf: true } any ? Resolution.Unknown($"how many '{any.Address}' there are is known only when deployed")
                : Values.List([.. ItemsOf(target).Select(item => Each(splat, item, scope))], splat.Start, splat.End)
            );

    private ComputedNode Each(HclSplat splat, YamlNode item, HclScope scope) =>
        new ComputedNode(item.Start, item.End, Evaluate(splat.Each, scope.With(Element, Values.Of(item))));

    // A splat takes a single value as a list of one.
    private static IReadOnlyList<YamlNode> ItemsOf(Alternative target) =>
        target.Node is YamlSequence list ? list.Items : [new ComputedNode(target.Start, target.End, Resolution.Of(target))];

    private Resolution Conditional(HclConditional conditional, HclScope scope)
    {
        var condition = Evaluate(conditional.Condition, scope);
        if (condition.Alternatives is [{ } only] && Values.FlagOf(only) is { } decided)
            return Evaluate(decided ? conditional.WhenTrue : conditional.WhenFalse, scope).On(only.Basis);
        var (first, second) = (Evaluate(conditional.WhenTrue, scope), Evaluate(conditional.WhenFalse, scope));
        return first.WhyUnknown is not null ? first
            : second.WhyUnknown is not null ? second
            : Resolution.Of([.. first.Alternatives, .. second.Alternatives]);
    }

    private Resolution For(HclFor each, HclScope scope)
    {
        var parts = each.Parts;
        if (parts.IsGrouped)
            return Resolution.Unknown("it is grouped by a key");
        return Evaluate(parts.Collection, scope).Then(collection => For(each, collection, scope));
    }

    private Resolution For(HclFor each, Alternative collection, HclScope scope)
    {
        var parts = each.Parts;
        if (PairsOf(collection) is not { } pairs)
            return Resolution.Unknown("what it goes through is known only when deployed");
        var items = new List<YamlNode>();
        var entries = new List<YamlEntry>();
        var text = Values.Text("", each.Start, each.End);
        foreach (var (key, value) in pairs)
        {
            var inner = scope.With(parts.ValueName, Values.Of(value));
            if (parts.KeyName is { } keyName)
                inner = inner.With(keyName, Values.Text(key, each.Start, each.End));
            if (parts.Filter is { } filter)
            {
                if (
                    Evaluate(filter, inner) is not { Alternatives: [{ Basis.Provenance: Provenance.Literal } taken] }
                    || Values.FlagOf(taken) is not { } isTaken
                )
                    return Resolution.Unknown("what it takes is known only when deployed");
                if (!isTaken)
                    continue;
            }

            var result = Evaluate(parts.Result, inner);
            if (parts.IsText)
            {
                if (result.WhyUnknown is not null)
                    return result;
                text = text.Then(before => result.Then(after => Append(before, after, each)));
                continue;
            }

            var node = new ComputedNode(parts.Result.Start, parts.Result.End, result);
            items.Add(node);
            if (parts.ResultKey is not { } resultKey)
                continue;
            if (Evaluate(resultKey, inner) is not { Alternatives: [{ Text.Literal: { } name }] })
                return Resolution.Unknown("a key of it is known only when deployed");
            entries.Add(new(new YamlScalar(resultKey.Start, resultKey.End, null, name, false), node));
        }

        return parts.IsText ? text
            : parts.ResultKey is null ? Values.List(items, each.Start, each.End)
            : Values.Map(entries, each.Start, each.End);
    }

    /// <summary>The keys and values of a list or object, or null if it is neither.</summary>
    public static IEnumerable<(string Key, YamlNode Value)>? PairsOf(Alternative collection) =>
        collection.Node switch
        {
            YamlMapping mapping => mapping.Members.Select(entry => (entry.Key.Value, entry.Value)),
            YamlSequence list => list.Items.Select((item, i) => (FormattableString.Invariant($"{i}"), item)),
            _ => null,
        };
}
