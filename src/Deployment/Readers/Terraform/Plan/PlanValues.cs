using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Terraform.Resources;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Plan;

/// <summary>
/// Makes a block of a planned resource: what its configuration writes, with the values of the plan. What is known only when it is deployed is followed by the
/// references of the configuration, else it is unknown.
/// </summary>
internal sealed class PlanValues
{
    private const string Redrive = "redrive_policy";
    private static readonly Resolution NotKnown = Resolution.Unknown("it is known only when deployed");
    private readonly PlanReferences references;
    private readonly PlanArns arns;
    private readonly HashSet<string> defaulted;

    /// <summary>Prepares to read the resources of a plan.</summary>
    public PlanValues(PlanResources resources, IEnumerable<string> defaulted)
    {
        references = new(resources);
        arns = new(resources);
        this.defaulted = new(defaulted, StringComparer.Ordinal);
    }

    /// <summary>The block of a resource.</summary>
    public TerraformResource Read(PlanResource resource) =>
        new(
            resource.Address.Value,
            resource.Type.Name,
            resource.Address.Start,
            resource.Address.End,
            Merge(resource.Values, resource.Module.Configuration.ExpressionsOf(resource.LocalAddress), resource.Unknown, resource),
            null
        );

    private YamlMapping Merge(YamlMapping values, YamlMapping? expressions, YamlMapping? unknown, PlanResource resource)
    {
        var entries = new List<YamlEntry>();
        foreach (var entry in values.Members)
        {
            var (name, expression) = (entry.Key.Value, expressions?[entry.Key.Value]?.Value);
            if (IsUnknown(entry.Value, unknown?[name]?.Value, unknown is not null, expression))
                continue;
            if (BlocksOf(entry.Value) is { } blocks)
                entries.Add(new(entry.Key, Merge(blocks, expression, unknown?[name]?.Value, resource)));
            else if (expressions is null || expression is not null)
                entries.Add(new(entry.Key, Known(entry.Value, expression, resource)));
        }

        // What is not known has no value; it stands where the configuration writes it.
        foreach (var written in expressions?.Members ?? [])
        {
            var value = values[written.Key.Value]?.Value;
            if (IsUnknown(value, unknown?[written.Key.Value]?.Value, unknown is not null, written.Value))
                entries.Add(new(written.Key, new ComputedNode(written.Value.Start, written.Value.End, Unknown(written.Key.Value, written.Value, resource))));
        }

        return new(values.Start, values.End, null, entries, true);
    }

    // Null is what the plan writes for what is not known, too.
    private static bool IsUnknown(YamlNode? value, YamlNode? unknown, bool isTold, YamlNode? expression) =>
        isTold
            ? unknown is YamlScalar { Value: "true" } && value is null or YamlScalar { IsNull: true }
            : value is null or YamlScalar { IsNull: true } && PlanReferences.Of(expression).Count > 0;

    private static YamlSequence? BlocksOf(YamlNode node) =>
        node is YamlSequence { Items: { Count: > 0 } items } list && items.All(item => item is YamlMapping) ? list : null;

    private YamlSequence Merge(YamlSequence blocks, YamlNode? expressions, YamlNode? unknown, PlanResource resource)
    {
        var written = (expressions as YamlSequence)?.Items;
        var notKnown = (unknown as YamlSequence)?.Items;
        return new(
            blocks.Start,
            blocks.End,
            null,
            [
                .. blocks.Items.Select(
                    (block, i) => Merge((YamlMapping)block, At(written, i) ?? expressions as YamlMapping, At(notKnown, i) ?? Nothing(block), resource)
                ),
            ],
            true
        );

        static YamlMapping? At(IReadOnlyList<YamlNode>? items, int index) => items is not null && index < items.Count ? items[index] as YamlMapping : null;

        YamlMapping? Nothing(YamlNode block) => resource.Unknown is null ? null : new YamlMapping(block.Start, block.Start, null, [], true);
    }

    private YamlNode Known(YamlNode value, YamlNode? expression, PlanResource resource)
    {
        var result = value switch
        {
            YamlScalar { IsPlain: false } text => Values.Text(TextOf(text.Value, expression, resource), text.Start, text.End),
            YamlSequence list => Values.List([.. list.Items.Select(item => Known(item, null, resource))], list.Start, list.End),
            _ => Values.Of(value),
        };
        if (PlanReferences.VariableOf(expression, resource.Module) is { } variable && defaulted.Contains(variable))
            result = result.On(new(Provenance.ParameterDefault, variable));
        return Values.NodeOf(result, value.Start, value.End);
    }

    // A name says which resource it is when the configuration refers to it.
    private SymbolicText TextOf(string text, YamlNode? expression, PlanResource resource) =>
        references.TargetsOf(expression, resource.Module, resource.Key) is [{ Identity: { } identity } target]
        && target.Resource.TextOf(target.Attribute) == text
            ? new([identity])
            : arns.Read(text);

    private Resolution Unknown(string attribute, YamlNode expression, PlanResource resource)
    {
        if (references.TargetsOf(expression, resource.Module, resource.Key) is not [{ Identity: { } identity }])
            return NotKnown;
        var (start, end) = (expression.Start, expression.End);
        var link = Resolution.Of(new Alternative(new([identity]), null, start, end, Basis.Literal));
        if (attribute != Redrive)
            return link;

        // The whole text of a redrive policy is not known when its queue is not; which queue it is, is.
        return Values.Map(
            [new(Key("deadLetterTargetArn"), new ComputedNode(start, end, link)), new(Key("maxReceiveCount"), new ComputedNode(start, end, NotKnown))],
            start,
            end
        );

        YamlScalar Key(string name) => new(start, end, null, name, false);
    }
}
