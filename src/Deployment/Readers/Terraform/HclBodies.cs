using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform;

/// <summary>Makes mappings of bodies: attributes and blocks, those of <c>dynamic</c> included.</summary>
/// <param name="evaluator">The module's evaluator.</param>
internal sealed class HclBodies(HclEvaluator evaluator)
{
    private const string Dynamic = "dynamic";
    private const string Lifecycle = "lifecycle";

    /// <summary>The mapping of a resource. What it does not follow after it was made (<c>ignore_changes</c>) is unknown.</summary>
    public YamlMapping OfResource(HclBlock block, HclScope scope)
    {
        var mapping = Of(block.Body, scope);
        if (!block.Body.Has(Lifecycle))
            return mapping;
        var ignored = block
            .Body.Blocks.Where(inner => inner.Type == Lifecycle)
            .Select(lifecycle => lifecycle.Body["ignore_changes"]?.Value)
            .OfType<HclTuple>()
            .SelectMany(list => list.Items)
            .Select(item => (Name: HclReference.Of(item)?.Root, item.Start, item.End))
            .Where(item => item.Name is not null)
            .ToList();
        if (ignored.Count == 0)
            return mapping;
        var unknown = Resolution.Unknown("it is not followed once it is made (ignore_changes)");
        return new(
            mapping.Start,
            mapping.End,
            null,
            [
                .. mapping.Entries.Where(entry => !ignored.Any(item => item.Name == entry.Key.Value)),
                .. ignored.Select(item =>
                    mapping[item.Name!] is { } entry
                        ? new YamlEntry(entry.Key, new ComputedNode(entry.Value.Start, entry.Value.End, unknown))
                        : new YamlEntry(new(item.Start, item.End, null, item.Name!, false), new ComputedNode(item.Start, item.End, unknown))
                ),
            ],
            true
        );
    }

    /// <summary>The mapping of a body.</summary>
    public YamlMapping Of(HclBody body, HclScope scope)
    {
        var entries = new List<YamlEntry>(body.Attributes.Count + body.Blocks.Count);
        for (var i = 0; i < body.Attributes.Count; i++)
        {
            var attribute = body.Attributes[i];
            entries.Add(new(Key(attribute.Start, attribute.NameEnd, attribute.Name), evaluator.NodeOf(attribute.Value, scope)));
        }

        if (body.Blocks.Count == 0)
            return new(body.Start, body.End, null, entries, true);
        foreach (var blocks in body.Blocks.GroupBy(TypeOf, StringComparer.Ordinal))
        {
            var first = blocks.First();
            entries.Add(new(Key(first.Start, first.HeadEnd, blocks.Key), ToList([.. blocks], scope)));
        }

        return new(body.Start, body.End, null, entries, true);
    }

    private static string TypeOf(HclBlock block) => block is { Type: Dynamic, Labels: [{ } type] } ? type : block.Type;

    private YamlNode ToList(IReadOnlyList<HclBlock> blocks, HclScope scope)
    {
        var (start, end) = (blocks[0].Body.Start, blocks[blocks.Count - 1].Body.End);
        var items = new List<YamlNode>();
        foreach (var block in blocks)
        {
            if (block.Type != Dynamic)
                items.Add(Of(block.Body, scope));
            else if (Repeated(block, scope) is { } repeated)
                items.AddRange(repeated);
            else
                return new ComputedNode(start, end, Resolution.Unknown("how often a block is repeated is known only when deployed"));
        }

        return new YamlSequence(start, end, null, items, true);
    }

    private IEnumerable<YamlNode>? Repeated(HclBlock block, HclScope scope)
    {
        if (
            block is not { Labels: [var label] }
            || block.Body["for_each"] is not { } each
            || block.Body.Blocks.FirstOrDefault(inner => inner.Type == "content") is not { } content
        )
            return null;
        var value = evaluator.Evaluate(each.Value, scope);
        if (
            value is not { Alternatives: [{ Basis.Provenance: Model.Provenance.Literal } only] }
            || HclEvaluator.PairsOf(only)?.Take(HclInstances.Maximum + 1).ToList() is not { Count: <= HclInstances.Maximum } pairs
        )
            return null;
        var iterator = block.Body["iterator"] is { Value: HclVariable { Name: { } name } } ? name : label;
        return pairs.Select(pair =>
            Of(
                content.Body,
                scope.With(
                    iterator,
                    Values.Map(
                        [
                            new(Key(each.Start, each.NameEnd, "key"), Key(each.Start, each.NameEnd, pair.Key)),
                            new(Key(each.Start, each.NameEnd, "value"), pair.Value),
                        ],
                        each.Value.Start,
                        each.Value.End
                    )
                )
            )
        );
    }

    private static YamlScalar Key(int start, int end, string name) => new(start, end, null, name, false);
}
