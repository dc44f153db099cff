using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Aws.Filters;

/// <summary>Reads the structure of a pattern (F-1): objects, <c>$or</c> and leaves.</summary>
internal sealed class PatternParser
{
    private FilterPatternError? error;

    private PatternParser() { }

    /// <summary>The pattern's root, or null and why AWS refuses the text (P-30).</summary>
    public static PatternObject? Parse(string text, out FilterPatternError? error)
    {
        if (!JsonReader.TryRead(text, out var json, out var jsonError))
        {
            error = new(jsonError!.Offset, $"The pattern is no JSON: {jsonError.Text}.");
            return null;
        }

        var parser = new PatternParser();
        var root = parser.ReadObject(json, []);
        error = parser.error;
        return error is null ? root : null;
    }

    private PatternObject? Fail(JsonValue at, string detail)
    {
        error ??= new(at.Start, detail);
        return null;
    }

    private PatternObject? ReadObject(JsonValue json, IReadOnlyList<string> path)
    {
        var result = new PatternObject();
        return ReadInto(result, json, path) && error is null ? result : null;
    }

    private bool ReadInto(PatternObject target, JsonValue json, IReadOnlyList<string> path)
    {
        if (json.Kind != JsonKind.Object)
            Fail(json, "A pattern is an object.");
        else if (json.Members.Count == 0)
            Fail(json, "An object of a pattern is not empty.");
        foreach (var member in json.Members)
        {
            if (error is not null)
                return false;
            if (member.Name == "$or")
                ReadAlternatives(target, member.Value, path);
            else
                ReadField(target, member, path);
        }

        return error is null;
    }

    private void ReadAlternatives(PatternObject target, JsonValue json, IReadOnlyList<string> path)
    {
        if (json.Kind != JsonKind.Array || json.Items.Count < 2)
        {
            Fail(json, "'$or' takes an array of two or more patterns.");
            return;
        }

        var alternatives = new List<PatternObject>();
        foreach (var item in json.Items)
        {
            if (ReadObject(item, path) is not { } alternative)
                return;
            alternatives.Add(alternative);
        }

        target.Alternatives.Add(alternatives);
    }

    // Dotted keys are equivalent to nesting (section 12).
    private void ReadField(PatternObject target, JsonMember member, IReadOnlyList<string> path)
    {
        var names = member.Name.Split('.');
        if (path.Count + names.Length > JsonReader.MaximumDepth)
        {
            Fail(member.Value, "It is nested too deeply.");
            return;
        }

        foreach (var name in names.Take(names.Length - 1))
        {
            path = [.. path, name];
            target = InnerOf(target, name);
        }

        var last = names[names.Length - 1];
        path = [.. path, last];
        if (member.Value.Kind == JsonKind.Object)
        {
            ReadInto(InnerOf(target, last), member.Value, path);
        }
        else if (member.Value.Kind != JsonKind.Array)
        {
            Fail(member.Value, "A field of a pattern holds an array of values, or an object.");
        }
        else if (member.Value.Items.Count == 0)
        {
            Fail(member.Value, "An array of a pattern is not empty.");
        }
        else
        {
            ReadLeaf(target, last, member.Value, path);
        }
    }

    private void ReadLeaf(PatternObject target, string name, JsonValue json, IReadOnlyList<string> path)
    {
        var tests = new List<LeafTest>();
        foreach (var item in json.Items)
        {
            if (LeafTests.Read(item, out var testError) is { } test)
                tests.Add(test);
            else
                error ??= testError;
        }

        if (error is null)
            target.Fields[name] = new LeafField(path, tests);
    }

    private static PatternObject InnerOf(PatternObject target, string name)
    {
        if (target.Fields.TryGetValue(name, out var field) && field is InnerField inner)
            return inner.Value;
        var value = new PatternObject();
        target.Fields[name] = new InnerField(value);
        return value;
    }
}
