using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>Reads ISO 8601 text, and the epoch seconds that Kinesis and DynamoDB events carry. Writes ISO 8601.</summary>
public class DateTimeConverter : JsonConverter<DateTime>
{
    // An integer past the year 5000 is one of the events that carry milliseconds. The real library's bound, counted from year 1 by mistake.
    private const long MostSeconds = 157_753_180_800;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when reader.TryGetDateTime(out var date):
                return date;
            case JsonTokenType.Number when reader.TryGetInt64(out var integer):
                return integer > MostSeconds ? DateTime.UnixEpoch.AddMilliseconds(integer) : DateTime.UnixEpoch.AddSeconds(integer);
            case JsonTokenType.Number when reader.TryGetDouble(out var seconds):
                return DateTime.UnixEpoch.AddSeconds(seconds);
            default:
                throw new JsonSerializerException($"Unknown data type for DateTime: {reader.TokenType}");
        }
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
