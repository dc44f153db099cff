using System.Text;
using Amazon.Lambda.Core;

namespace AtLeastOnce.Stubs.Tests.Serialization;

/// <summary>A serializer used on text instead of streams.</summary>
internal static class Json
{
    internal static string Write<T>(this ILambdaSerializer serializer, T value)
    {
        using var stream = new MemoryStream();
        serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static T Read<T>(this ILambdaSerializer serializer, string json) => serializer.Deserialize<T>(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
