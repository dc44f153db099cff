using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Aws.Filters;

/// <summary>What a field of the records of a source can hold when filters are applied: what no record can ever hold, no pattern can match.</summary>
internal sealed class FieldForm
{
    /// <summary>Anything, or nothing.</summary>
    public static FieldForm Anything { get; } =
        new()
        {
            Kinds = [JsonKind.Null, JsonKind.Boolean, JsonKind.Number, JsonKind.String],
            Inner = _ => Anything,
            IsOptional = true,
        };

    /// <summary>Any text.</summary>
    public static FieldForm Text { get; } = new() { Kinds = [JsonKind.String] };

    /// <summary>Any number.</summary>
    public static FieldForm Number { get; } = new() { Kinds = [JsonKind.Number] };

    /// <summary>The kinds of values, apart from objects; empty for a field that is always an object. A list counts as what it lists.</summary>
    public IReadOnlyList<JsonKind> Kinds { get; init; } = [];

    /// <summary>The only values, or null where there are too many to list.</summary>
    public IReadOnlyList<JsonValue>? Values { get; init; }

    /// <summary>Of a field that may be an object: what it holds under a name, null for a name that it never has. Null for a field that is no object.</summary>
    public Func<string, FieldForm?>? Inner { get; init; }

    /// <summary>Whether a record may lack the field.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether it is a DynamoDB attribute: an object whose only name is the type of its value.</summary>
    public bool IsAttribute { get; init; }

    /// <summary>Whether it is a number that is written as a text (F-15).</summary>
    public bool IsNumberAsText { get; init; }

    /// <summary>Whether an object can stand in its place that the pattern's other format would be for: an SQS body of JSON (F-10).</summary>
    public bool IsTextOrJson { get; init; }

    /// <summary>Whether <c>exists: false</c> can hold: there is nothing, or an object, of which only the leaves exist (F-1c).</summary>
    public bool CanSeemAbsent => IsOptional || (Inner is not null && !IsTextOrJson);

    /// <summary>One of some texts.</summary>
    public static FieldForm OneOf(params string[] texts) => new() { Kinds = [JsonKind.String], Values = [.. texts.Select(text => JsonValue.String(text))] };

    /// <summary>An object with known names.</summary>
    public static FieldForm Object(IReadOnlyDictionary<string, FieldForm> fields) =>
        new() { Inner = name => fields.TryGetValue(name, out var field) ? field : null };
}

/// <summary>What the records of one event of a source look like.</summary>
/// <param name="Event">The event, for messages: <c>REMOVE</c>; null where a source has one kind of records only.</param>
/// <param name="Fields">The record's own fields, by name.</param>
internal sealed record RecordForm(string? Event, IReadOnlyDictionary<string, FieldForm> Fields)
{
    /// <summary>The whole record.</summary>
    public FieldForm Root { get; } = FieldForm.Object(Fields);
}
