namespace AtLeastOnce.Deployment.Aws.Json;

/// <summary>The kinds of JSON values.</summary>
internal enum JsonKind
{
    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A string.</summary>
    String,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object.</summary>
    Object,
}

/// <summary>A member of a JSON object.</summary>
/// <param name="Name">The unescaped name.</param>
/// <param name="Value">The value.</param>
internal sealed record JsonMember(string Name, JsonValue Value);

/// <summary>A JSON value that keeps numbers as they are written, because filters compare their text (F-1b).</summary>
internal sealed class JsonValue
{
    private JsonValue(JsonKind kind, string text, IReadOnlyList<JsonValue> items, IReadOnlyList<JsonMember> members, int start = -1) =>
        (Kind, Text, Items, Members, Start) = (kind, text, items, members, start);

    /// <summary><c>null</c>.</summary>
    public static JsonValue Null { get; } = new(JsonKind.Null, "null", [], []);

    /// <summary>The kind of value.</summary>
    public JsonKind Kind { get; }

    /// <summary>A string's unescaped content; a number, <c>true</c>, <c>false</c> or <c>null</c> as written; empty for arrays and objects.</summary>
    public string Text { get; }

    /// <summary>The elements of an array; else empty.</summary>
    public IReadOnlyList<JsonValue> Items { get; }

    /// <summary>The members of an object in the order written, names unique: of equal names the last one counts (section 12). Else empty.</summary>
    public IReadOnlyList<JsonMember> Members { get; }

    /// <summary>Offset in the text it was read from, or -1.</summary>
    public int Start { get; }

    /// <summary>A string.</summary>
    public static JsonValue String(string content, int start = -1) => new(JsonKind.String, content, [], [], start);

    /// <summary>A number as it is written.</summary>
    public static JsonValue Number(string written, int start = -1) => new(JsonKind.Number, written, [], [], start);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static JsonValue Boolean(bool value, int start = -1) => new(JsonKind.Boolean, value ? "true" : "false", [], [], start);

    /// <summary><c>null</c> read from a text.</summary>
    public static JsonValue NullAt(int start) => new(JsonKind.Null, "null", [], [], start);

    /// <summary>An array.</summary>
    public static JsonValue Array(IReadOnlyList<JsonValue> items, int start = -1) => new(JsonKind.Array, "", items, [], start);

    /// <summary>An object; of members with equal names the last one counts.</summary>
    public static JsonValue Object(IReadOnlyList<JsonMember> members, int start = -1)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < members.Count; i++)
            last[members[i].Name] = i;
        return new(JsonKind.Object, "", [], last.Count == members.Count ? members : [.. members.Where((member, i) => last[member.Name] == i)], start);
    }

    /// <summary>The object's member of that name, or null.</summary>
    public JsonValue? this[string name] => Members.FirstOrDefault(member => member.Name == name)?.Value;
}
