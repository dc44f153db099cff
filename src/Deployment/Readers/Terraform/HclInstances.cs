using System.Globalization;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform;

/// <summary>Says which resources blocks declare, as far as <c>count</c> and <c>for_each</c> are known.</summary>
/// <param name="evaluator">The module's evaluator.</param>
/// <param name="sourceOf">The text of an expression.</param>
internal sealed class HclInstances(HclEvaluator evaluator, Func<HclExpression, string> sourceOf)
{
    /// <summary>The most that are told apart.</summary>
    public const int Maximum = 32;

    private const int MaximumConditionLength = 80;

    /// <summary>The resources of a block, and whether they have keys.</summary>
    public IReadOnlyList<HclInstance> Of(HclBlock block, string address)
    {
        if (block.Body["count"] is { } count)
            return Counted(block, address, count.Value);
        if (block.Body["for_each"] is { } each)
            return ForEach(block, address, each.Value);
        return [new(block, address, HclScope.Empty, null, false)];
    }

    /// <summary>The value that a reference to a block's resources is.</summary>
    public static Resolution ValueOf(HclBlock block, IReadOnlyList<HclInstance> instances, Func<HclInstance, InstanceNode> nodeOf)
    {
        var (start, end) = (block.Start, block.HeadEnd);
        if (instances is [{ IsAnyOf: true } any])
            return Values.Of(nodeOf(any));
        if (block.Body["count"] is not null)
            return Values.List([.. instances.Select(nodeOf)], start, end);
        return block.Body["for_each"] is null
            ? Values.Of(nodeOf(instances[0]))
            : Values.Map([.. instances.Select(instance => new YamlEntry(new(start, end, null, KeyOf(instance), false), nodeOf(instance)))], start, end);
    }

    private static string KeyOf(HclInstance instance) =>
        instance.Scope.Find("each") is { Alternatives: [{ Node: YamlMapping each }] } && each["key"]?.Value is YamlScalar key ? key.Value : "";

    private IReadOnlyList<HclInstance> Counted(HclBlock block, string address, HclExpression count)
    {
        var value = evaluator.Evaluate(count, HclScope.Empty);
        var numbers = value.Alternatives.Select(Values.NumberOf).ToList();
        if (value.WhyUnknown is not null || numbers.Any(number => number is null or < 0 or > Maximum))
            return [Any(block, address, count, value)];
        var isCertain = value.Alternatives.All(alternative => alternative.Basis.Provenance == Provenance.Literal);
        var most = (int)numbers.Max()!.Value;

        // What only a variable's default keeps away may still be.
        if (most == 0)
            return isCertain ? [] : [Any(block, address, count, value)];
        return
        [
            .. Enumerable
                .Range(0, most)
                .Select(i => new HclInstance(
                    block,
                    FormattableString.Invariant($"{address}[{i}]"),
                    HclScope.Empty.With("count", Values.Map([Entry("index", Number(count, i))], count.Start, count.End)),
                    isCertain && numbers.All(number => number > i) ? null : ConditionOf(count, i),
                    false
                )),
        ];
    }

    private IReadOnlyList<HclInstance> ForEach(HclBlock block, string address, HclExpression each)
    {
        var value = evaluator.Evaluate(each, HclScope.Empty);
        if (value is not { Alternatives: [{ } only] } || PairsOf(only) is not { } pairs)
            return [Any(block, address, each, value)];
        var isCertain = only.Basis.Provenance == Provenance.Literal;
        if (pairs.Count == 0)
            return isCertain ? [] : [Any(block, address, each, value)];
        return
        [
            .. pairs.Select(pair => new HclInstance(
                block,
                $"{address}[\"{pair.Key}\"]",
                Each(Key(each, pair.Key), new ComputedNode(pair.Value.Start, pair.Value.End, Values.Of(pair.Value).On(only.Basis)), each),
                isCertain ? null : ConditionOf(each, 0),
                false
            )),
        ];
    }

    // Of a set the key is the value.
    private static List<(string Key, YamlNode Value)>? PairsOf(Alternative collection)
    {
        if (collection.Node is YamlSequence { Items.Count: > Maximum } or YamlMapping { Entries.Count: > Maximum })
            return null;
        if (collection.Node is not YamlSequence list)
            return HclEvaluator.PairsOf(collection)?.ToList();
        var texts = list.Items.Select(item => (Values.Of(item) is { Alternatives: [{ Text.Literal: { } text }] } ? text : null, item)).ToList();
        return texts.Any(text => text.Item1 is null) ? null : [.. texts.Select(text => (text.Item1!, text.item))];
    }

    private HclInstance Any(HclBlock block, string address, HclExpression repetition, Resolution value)
    {
        var unknown = new ComputedNode(
            repetition.Start,
            repetition.End,
            Resolution.Unknown(value.WhyUnknown ?? "how many there are is known only when deployed")
        );
        var scope = Each(unknown, unknown, repetition).With("count", Values.Map([Entry("index", unknown)], repetition.Start, repetition.End));
        return new(block, address, scope, ConditionOf(repetition, 0), true);
    }

    private static HclScope Each(YamlNode key, YamlNode value, HclExpression at) =>
        HclScope.Empty.With("each", Values.Map([Entry("key", key), Entry("value", value)], at.Start, at.End));

    // Resources that are repeated by the same expression are deployed together.
    private string ConditionOf(HclExpression repetition, int index)
    {
        var source = sourceOf(repetition);
        var text = source.Length <= MaximumConditionLength ? source : source.Substring(0, MaximumConditionLength);
        return index == 0 ? text : FormattableString.Invariant($"{text} > {index}");
    }

    private static YamlEntry Entry(string name, YamlNode value) => new(new YamlScalar(value.Start, value.End, null, name, false), value);

    private static YamlScalar Key(HclExpression at, string key) => new(at.Start, at.End, null, key, false);

    private static YamlScalar Number(HclExpression at, int number) => new(at.Start, at.End, null, number.ToString(CultureInfo.InvariantCulture), true);
}
