using System.Text;
using System.Text.Json;
using static Amazon.Lambda.DynamoDBEvents.DynamoDBEvent;

namespace Amazon.Lambda.DynamoDBEvents;

/// <summary>Writes an image as plain JSON, without DynamoDB's type names.</summary>
public static class ExtensionMethods
{
    public static string ToJson(this Dictionary<string, AttributeValue> item) => Write(item, indented: false);

    public static string ToJsonPretty(this Dictionary<string, AttributeValue> item) => Write(item, indented: true);

    private static string Write(Dictionary<string, AttributeValue> item, bool indented)
    {
        if (item is not { Count: > 0 })
            return "{}";

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented }))
            WriteMap(writer, item);

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteMap(Utf8JsonWriter writer, Dictionary<string, AttributeValue> map)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in map)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter writer, List<T> list, Action<Utf8JsonWriter, T> writeItem)
    {
        writer.WriteStartArray();
        foreach (var item in list)
            writeItem(writer, item);
        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, AttributeValue value)
    {
        switch (value)
        {
            case { S: { } text }:
                writer.WriteStringValue(text);
                break;
            case { N: { } number }:
                writer.WriteRawValue(number);
                break;
            case { B: { } binary }:
                writer.WriteBase64StringValue(binary.ToArray());
                break;
            case { BOOL: { } boolean }:
                writer.WriteBooleanValue(boolean);
                break;
            case { NULL: not null }:
                writer.WriteNullValue();
                break;
            case { M: { } map }:
                WriteMap(writer, map);
                break;
            case { L: { } list }:
                WriteList(writer, list, WriteValue);
                break;
            case { SS: { } texts }:
                WriteList(writer, texts, (to, item) => to.WriteStringValue(item));
                break;
            case { NS: { } numbers }:
                WriteList(writer, numbers, (to, item) => to.WriteRawValue(item));
                break;
            case { BS: { } binaries }:
                WriteList(writer, binaries, (to, item) => to.WriteBase64StringValue(item.ToArray()));
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
