using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtLeastOnce.Runtime.Sources.Streams.DynamoDB;

namespace AtLeastOnce.Runtime;

/// <summary>An item of a table, its key, or an image of it in a stream's record.</summary>
public sealed class DynamoDBItem
{
    private static readonly JsonSerializerOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    internal DynamoDBItem(AttributeMap attributes) => Attributes = attributes;

    internal AttributeMap Attributes { get; }

    /// <summary>The names of its attributes.</summary>
    public IReadOnlyList<string> Names => [.. Attributes.Members.Select(member => member.Key)];

    /// <summary>The item with DynamoDB's types, as in an event: <c>{"id":{"S":"a"}}</c>.</summary>
    public string AttributeJson => Attributes.ToJson();

    /// <summary>The item as plain JSON: <c>{"id":"a"}</c>; bytes are Base64.</summary>
    public string Json => Plain(Attributes).ToJsonString();

    /// <summary>The item read as an object; property names in any case.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="options">How to read it, instead.</param>
    /// <exception cref="JsonException">The item does not fit.</exception>
    public T As<T>(JsonSerializerOptions? options = null) =>
        Plain(Attributes).Deserialize<T>(options ?? AnyCase) ?? throw new JsonException("The item is null.");

    /// <summary>For debugging.</summary>
    public override string ToString() => Json;

    private static JsonObject Plain(AttributeMap map)
    {
        var result = new JsonObject();
        foreach (var (name, value) in map.Members)
            result[name] = Plain(value);
        return result;
    }

    private static JsonNode? Plain(AttributeValue value) =>
        value.Type switch
        {
            AttributeType.NULL => null,
            AttributeType.BOOL => JsonValue.Create(value.Text == "true"),
            AttributeType.N => Number(value.Text),
            AttributeType.M => Plain(value.Map),
            AttributeType.L => new JsonArray([.. value.List.Select(Plain)]),
            AttributeType.NS => new JsonArray([.. value.Texts.Select(Number)]),
            AttributeType.SS or AttributeType.BS => new JsonArray([.. value.Texts.Select(text => (JsonNode?)JsonValue.Create(text))]),
            _ => JsonValue.Create(value.Text),
        };

    private static JsonNode? Number(string digits) =>
        decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? JsonNode.Parse(digits) : JsonValue.Create(digits);
}
