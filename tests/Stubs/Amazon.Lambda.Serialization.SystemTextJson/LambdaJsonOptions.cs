using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Serialization.SystemTextJson.Converters;

namespace Amazon.Lambda.Serialization.SystemTextJson;

internal static class LambdaJsonOptions
{
    /// <summary>Reads whatever the casing, leaves null members out, and converts the types that AWS events carry in their own way.</summary>
    internal static JsonSerializerOptions Create(JsonNamingPolicy namingPolicy) =>
        new()
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNameCaseInsensitive = true,
            PropertyNamingPolicy = namingPolicy,
            Converters = { new DateTimeConverter(), new MemoryStreamConverter(), new ConstantClassConverter(), new ByteArrayConverter() },
        };

    internal static byte[] ReadToEnd(this Stream stream)
    {
        if (stream is MemoryStream inMemory)
            return inMemory.ToArray();

        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
