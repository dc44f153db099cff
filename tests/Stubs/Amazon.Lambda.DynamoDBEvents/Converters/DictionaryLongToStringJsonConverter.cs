using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.DynamoDBEvents.Converters;

/// <summary>A window's state: reads text and 64-bit integers, both into text, and refuses every other value.</summary>
public class DictionaryLongToStringJsonConverter : JsonConverter<Dictionary<string, string>>
{
    public override Dictionary<string, string> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"JsonTokenType was of type {reader.TokenType}, only objects are supported.");

        Dictionary<string, string> state = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString();
            if (string.IsNullOrWhiteSpace(key))
                throw new JsonException("Failed to get property name.");

            reader.Read();
            state.Add(key, ReadValue(ref reader));
        }

        return state;
    }

    // The published library makes a second serializer context over the options in use, which System.Text.Json refuses since .NET 8; here the state is written.
    public override void Write(Utf8JsonWriter writer, Dictionary<string, string> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, DictionaryStringStringJsonSerializerContext.Default.DictionaryStringString);

    private static string ReadValue(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetInt64(out var integer) => integer.ToString(CultureInfo.InvariantCulture),
            JsonTokenType.Number => throw new JsonException($"Unable to convert '{reader.TokenType}' to long value."),
            _ => throw new JsonException($"'{reader.TokenType}' is not supported."),
        };
}

/// <summary>Writes a window's state without reflection.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
public partial class DictionaryStringStringJsonSerializerContext : JsonSerializerContext;
