using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>What a condition is once deployed.</summary>
/// <param name="Value">True, false, or null when it can be either.</param>
/// <param name="Basis">On what a decided value hangs.</param>
internal readonly record struct ConditionValue(bool? Value, Basis Basis)
{
    /// <summary>It can be either.</summary>
    public static ConditionValue Undecided => new(null, Basis.Literal);
}

/// <summary>Decides conditions as far as literals and the defaults of parameters go.</summary>
internal sealed class ConditionEvaluator(IReadOnlyDictionary<string, YamlEntry> conditions, IntrinsicResolver resolver)
{
    // Conditions that name one another; no real chain is longer.
    private const int MaximumChain = 64;

    private readonly Dictionary<string, ConditionValue> decided = new(StringComparer.Ordinal);
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    /// <summary>The value of a condition of the template.</summary>
    public ConditionValue Named(string name)
    {
        if (decided.TryGetValue(name, out var value))
            return value;
        if (!conditions.TryGetValue(name, out var entry) || open.Count >= MaximumChain || !open.Add(name))
            return ConditionValue.Undecided;
        value = Of(entry.Value);
        open.Remove(name);
        decided[name] = value;
        return value;
    }

    private ConditionValue Of(YamlNode node)
    {
        if (node is YamlMapping { Entries.Count: 1, Tag: null } mapping && mapping["Condition"]?.Value is YamlScalar { Tag: null } reference)
        {
            return Named(reference.Value);
        }

        if (Intrinsic.Of(node) is not { } function)
            return ConditionValue.Undecided;
        return function.Name switch
        {
            "Condition" when function.Argument is YamlScalar name => Named(name.Value),
            "Fn::Not" when function.Items.Count == 1 => Not(Of(function.Items[0])),
            "Fn::And" => Combine(function.Items, absorbing: false),
            "Fn::Or" => Combine(function.Items, absorbing: true),
            "Fn::Equals" when function.Items.Count == 2 => AreEqual(function.Items[0], function.Items[1]),
            _ => ConditionValue.Undecided,
        };
    }

    private static ConditionValue Not(ConditionValue condition) => condition with { Value = !condition.Value };

    // One absorbing operand decides, and then only what that one hangs on matters; preferably one that hangs on nothing.
    private ConditionValue Combine(IReadOnlyList<YamlNode> items, bool absorbing)
    {
        List<ConditionValue> values = [.. items.Select(Of)];
        var deciding = values.Where(value => value.Value == absorbing).ToList();
        if (deciding.Count > 0)
            return deciding.OrderBy(value => value.Basis.Provenance).First();
        if (values.Count == 0 || values.Any(value => value.Value is null))
            return ConditionValue.Undecided;
        return new(!absorbing, values.Aggregate(Basis.Literal, (basis, value) => basis.And(value.Basis)));
    }

    private ConditionValue AreEqual(YamlNode left, YamlNode right)
    {
        var (lefts, rights) = (resolver.Resolve(left), resolver.Resolve(right));
        if (lefts.WhyUnknown is not null || rights.WhyUnknown is not null)
            return ConditionValue.Undecided;
        List<Alternative> all = [.. lefts.Alternatives, .. rights.Alternatives];
        if (all.Any(alternative => alternative.Text is null))
            return ConditionValue.Undecided;
        var (ones, others) = (TextsOf(lefts), TextsOf(rights));
        var basis = all.Aggregate(Basis.Literal, (sum, alternative) => sum.And(alternative.Basis));
        if (ones.Overlaps(others))
            return ones.Count == 1 && others.Count == 1 ? new(true, basis) : ConditionValue.Undecided;

        // What is known only when deployed may turn out to be equal after all.
        return all.All(alternative => alternative.Text!.Literal is not null) ? new(false, basis) : ConditionValue.Undecided;
    }

    private static HashSet<string> TextsOf(Resolution resolution) =>
        new(resolution.Alternatives.Select(alternative => alternative.Text!.ToString()), StringComparer.Ordinal);
}
