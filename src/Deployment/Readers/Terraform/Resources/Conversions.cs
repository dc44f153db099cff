using System.Globalization;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Resources;

/// <summary>What Terraform's provider writes in another way than AWS.</summary>
internal static class Conversions
{
    private static readonly IReadOnlyList<PropertyRule> TimeToLive =
    [
        PropertyRule.Block(
            "ttl",
            "TimeToLiveSpecification",
            PropertyRule.Attribute("attribute_name", "AttributeName"),
            PropertyRule.Attribute("enabled", "Enabled")
        ),
    ];

    /// <summary>A reserved concurrency: -1 is none.</summary>
    public static Resolution ToReserved(Alternative value) => value.Text?.Literal == "-1" ? Values.Nothing(value.Start, value.End) : Resolution.Of(value);

    /// <summary>A time as seconds since 1970.</summary>
    public static Resolution ToSeconds(Alternative value) =>
        value.Text?.Literal is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Values.Number((decimal)(time - new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero)).Ticks / TimeSpan.TicksPerSecond, value.Start, value.End)
            : Resolution.Unknown(value.Text?.Literal is null ? Values.WhyNot(value) : "it is no time");

    /// <summary>Whether a rule is enabled, as its state.</summary>
    public static Resolution ToState(Alternative value) =>
        Values.FlagOf(value) is { } enabled ? Values.Text(enabled ? "ENABLED" : "DISABLED", value.Start, value.End) : Resolution.Of(value);

    /// <summary>A table's keys, stream and time to live.</summary>
    public static IEnumerable<YamlEntry> ToTable(YamlMapping table)
    {
        var keys = new[] { ("hash_key", "HASH"), ("range_key", "RANGE") }
            .Where(key => table[key.Item1] is not null && Values.Of(table[key.Item1]!.Value).Alternatives is not [{ IsNothing: true }])
            .Select(key => KeyOf(table[key.Item1]!, key.Item2))
            .ToList();
        if (keys.Count > 0)
            yield return new(Word(keys[0], "KeySchema"), new YamlSequence(keys[0].Start, keys[0].End, null, keys, true));
        foreach (var entry in StreamOf(table).Concat(TimeToLiveOf(table)))
            yield return entry;
    }

    /// <summary>What a bucket's notification says of the keys it is about.</summary>
    public static IEnumerable<YamlEntry> ToKeyFilter(YamlMapping notification)
    {
        var rules = new[] { ("filter_prefix", "prefix"), ("filter_suffix", "suffix") }
            .Select(filter => (Entry: notification[filter.Item1], Name: filter.Item2))
            .Where(filter => filter.Entry is not null && Values.Of(filter.Entry.Value).Alternatives is not [{ IsNothing: true } or { Text.Literal: "" }])
            .Select(filter =>
                Mapping(
                    filter.Entry!.Value,
                    new(Word(filter.Entry.Key, "Name"), Word(filter.Entry.Key, filter.Name)),
                    new(Word(filter.Entry.Value, "Value"), filter.Entry.Value)
                )
            )
            .ToList();
        if (rules.Count == 0)
            yield break;
        var list = new YamlSequence(rules[0].Start, rules[0].End, null, rules, true);
        yield return new(Word(list, "Filter"), Mapping(list, new YamlEntry(Word(list, "S3Key"), Mapping(list, new YamlEntry(Word(list, "Rules"), list)))));
    }

    /// <summary>The role of a policy, as a list.</summary>
    public static IEnumerable<YamlEntry> ToRoles(YamlMapping policy) => AsList(policy, "role", "Roles");

    /// <summary>The managed policy that is attached, as a list.</summary>
    public static IEnumerable<YamlEntry> ToManagedPolicies(YamlMapping attachment) => AsList(attachment, "policy_arn", "ManagedPolicyArns");

    /// <summary>The effect of a statement: it allows, unless it says otherwise.</summary>
    public static IEnumerable<YamlEntry> ToEffect(YamlMapping statement) =>
        statement["effect"] is { } entry
            ? PropertyRule.Entry(entry.Key, "Effect", entry.Value) is { } effect
                ? [effect]
                : []
            : [new(Word(statement, "Effect"), new YamlScalar(statement.Start, statement.End, null, "Allow", false))];

    private static IEnumerable<YamlEntry> AsList(YamlMapping block, string attribute, string property) =>
        block[attribute] is { } entry ? [new(Word(entry.Key, property), new YamlSequence(entry.Value.Start, entry.Value.End, null, [entry.Value], true))] : [];

    private static YamlMapping KeyOf(YamlEntry attribute, string type) =>
        Mapping(
            attribute.Value,
            new(Word(attribute.Value, "AttributeName"), attribute.Value),
            new(Word(attribute.Value, "KeyType"), Word(attribute.Value, type))
        );

    // A stream is there when it is enabled; what its view type is without being enabled says nothing.
    private static IEnumerable<YamlEntry> StreamOf(YamlMapping table)
    {
        if (table["stream_enabled"] is not { } enabled || table["stream_view_type"] is not { } type)
            return [];
        var view = Values
            .Of(enabled.Value)
            .Then(flag =>
                Values.FlagOf(flag) switch
                {
                    true => Values.Of(type.Value),
                    false => Values.Nothing(type.Value.Start, type.Value.End),
                    null when flag.IsNothing => Resolution.Of(flag),
                    null => Resolution.Unknown(Values.WhyNot(flag)),
                }
            );
        return PropertyRule.Entry(type.Key, "StreamViewType", Values.NodeOf(view, type.Value.Start, type.Value.End)) is { } entry
            ? [new(Word(type.Key, "StreamSpecification"), Mapping(entry.Value, entry))]
            : [];
    }

    private static IEnumerable<YamlEntry> TimeToLiveOf(YamlMapping table) => PropertyRule.Apply(TimeToLive, table).Entries;

    private static YamlScalar Word(YamlNode at, string word) => new(at.Start, at.End, null, word, false);

    private static YamlMapping Mapping(YamlNode at, params YamlEntry[] entries) => new(at.Start, at.End, null, entries, true);
}
