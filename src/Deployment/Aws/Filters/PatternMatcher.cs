using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Aws.Filters;

/// <summary>
/// Matches a record against a pattern. All fields of a pattern's object are looked for in the same object of the record, also where arrays lie between.
/// </summary>
internal sealed class PatternMatcher
{
    /// <summary>What an SQS message carries.</summary>
    public const string Body = "body";

    /// <summary>What a Kinesis record carries.</summary>
    public const string Data = "data";

    private readonly JsonValue record;

    private PatternMatcher(JsonValue record) => this.record = record;

    /// <summary>Whether a record of JSON matches.</summary>
    public static bool Matches(PatternObject pattern, JsonValue record)
    {
        var nested = Undotted(record);
        return new PatternMatcher(nested).MatchesObject(pattern, nested);
    }

    /// <summary>Whether an SQS message matches: a JSON body is read as JSON, and the pattern for it must be of the same format (F-7 to F-14).</summary>
    public static bool MatchesSqs(PatternObject pattern, string body, JsonValue otherFields) => MatchesText(pattern, Body, body, otherFields);

    /// <summary>Whether a record with a text that may hold JSON matches: the pattern for the text must be of the same format (F-7 to F-14).</summary>
    public static bool MatchesText(PatternObject pattern, string field, string text, JsonValue otherFields)
    {
        // A text that is a mere number or word is a plain string.
        var json = JsonReader.ReadOrNull(text) is { Kind: JsonKind.Object or JsonKind.Array } read ? read : null;
        var members = otherFields.Members.Where(member => member.Name != field).ToList();
        members.Add(new(field, json ?? JsonValue.String(text)));
        return FormatsAgree(pattern, field, json is not null) is { } agreeing && Matches(agreeing, JsonValue.Object(members));
    }

    // F-9: a JSON pattern drops a plain body even if all it asks for is absence. F-10: a plain pattern drops a JSON body.
    // Null when the formats differ; of an $or only the alternatives whose formats agree are kept.
    private static PatternObject? FormatsAgree(PatternObject pattern, string textField, bool textIsJson)
    {
        if (pattern.Fields.TryGetValue(textField, out var field) && field is InnerField != textIsJson)
            return null;
        var agreeing = new PatternObject();
        foreach (var pair in pattern.Fields)
            agreeing.Fields.Add(pair.Key, pair.Value);
        foreach (var alternatives in pattern.Alternatives)
        {
            List<PatternObject> kept = [.. alternatives.Select(alternative => FormatsAgree(alternative, textField, textIsJson)).OfType<PatternObject>()];
            if (kept.Count == 0)
                return null;
            agreeing.Alternatives.Add(kept);
        }

        return agreeing;
    }

    private bool MatchesObject(PatternObject pattern, JsonValue? node)
    {
        var candidates = node is null ? [] : Flatten(node).Where(value => value.Kind == JsonKind.Object);
        var any = false;
        foreach (var candidate in candidates)
        {
            any = true;
            if (MatchesFields(pattern, candidate))
                return true;
        }

        return !any && MatchesFields(pattern, null);
    }

    private bool MatchesFields(PatternObject pattern, JsonValue? node) =>
        pattern.Fields.All(field =>
            field.Value switch
            {
                InnerField inner => MatchesObject(inner.Value, node?[field.Key]),
                LeafField leaf => MatchesLeaf(leaf, node?[field.Key]),
                _ => false,
            }
        ) && pattern.Alternatives.All(alternatives => alternatives.Any(alternative => MatchesFields(alternative, node)));

    private bool MatchesLeaf(LeafField leaf, JsonValue? node) =>
        (node is not null && Flatten(node).Any(value => value.Kind != JsonKind.Object && leaf.Tests.Any(test => test.Matches(value))))
        || (leaf.Tests.Any(test => test.WantsAbsence) && !HasLeaf(record, leaf.Path, 0));

    // F-1c: only leaves exist. An object, or an empty array, in a leaf's place counts as absent; and absence is of the whole record, not of one
    // element of an array.
    private static bool HasLeaf(JsonValue node, IReadOnlyList<string> path, int depth) =>
        Flatten(node).Any(value => depth == path.Count ? value.Kind != JsonKind.Object : value[path[depth]] is { } inner && HasLeaf(inner, path, depth + 1));

    private static IEnumerable<JsonValue> Flatten(JsonValue node) => node.Kind == JsonKind.Array ? node.Items.SelectMany(Flatten) : [node];

    // A record's dotted names are equivalent to nesting (section 12). Where both forms name one field, either may match.
    private static JsonValue Undotted(JsonValue node)
    {
        if (node.Kind == JsonKind.Array)
            return JsonValue.Array([.. node.Items.Select(Undotted)]);
        if (node.Kind != JsonKind.Object)
            return node;
        var fields = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var member in node.Members)
        {
            // No pattern is nested so deeply that it could reach what a longer name leads to.
            string[] names = member.Name.Count(c => c == '.') < JsonReader.MaximumDepth ? member.Name.Split('.') : [member.Name];
            var value = Undotted(member.Value);
            for (var i = names.Length - 1; i > 0; i--)
                value = JsonValue.Object([new(names[i], value)]);
            fields[names[0]] = fields.TryGetValue(names[0], out var other) ? Merge(other, value) : value;
        }

        return JsonValue.Object([.. fields.Select(pair => new JsonMember(pair.Key, pair.Value))]);
    }

    private static JsonValue Merge(JsonValue first, JsonValue second)
    {
        if (first.Kind != JsonKind.Object || second.Kind != JsonKind.Object)
            return JsonValue.Array([first, second]);
        var members = first.Members.Where(member => second[member.Name] is null).ToList();
        members.AddRange(second.Members.Select(member => first[member.Name] is { } other ? new(member.Name, Merge(other, member.Value)) : member));
        return JsonValue.Object(members);
    }
}
