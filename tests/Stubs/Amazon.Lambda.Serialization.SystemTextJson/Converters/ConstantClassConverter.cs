using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>The AWS SDK's open enumerations, made from and written as their text.</summary>
public class ConstantClassConverter : JsonConverter<object>
{
    private static readonly HashSet<string> ConstantClasses = ["Amazon.S3.EventType", "Amazon.DynamoDBv2.OperationType", "Amazon.DynamoDBv2.StreamViewType"];

    public override bool CanConvert(Type typeToConvert) => ConstantClasses.Contains(typeToConvert.FullName);

    public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Activator.CreateInstance(typeToConvert, reader.GetString());

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
