using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>The first serializer of the library: camel case whether the handler wanted it or not.</summary>
[Obsolete("It writes camel case where the declared names are meant: use DefaultLambdaJsonSerializer.")]
[RequiresUnreferencedCode(TrimmingAdvice.Default)]
public class LambdaJsonSerializer : ILambdaSerializer
{
    private readonly JsonSerializerOptions _options = LambdaJsonOptions.Create(new AwsNamingPolicy(JsonNamingPolicy.CamelCase));
    private readonly JsonWriterOptions _writerOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public LambdaJsonSerializer() { }

    public LambdaJsonSerializer(Action<JsonSerializerOptions> customizer) => customizer?.Invoke(_options);

    public LambdaJsonSerializer(Action<JsonSerializerOptions> customizer, Action<JsonWriterOptions> jsonWriterCustomizer)
        : this(customizer) => jsonWriterCustomizer?.Invoke(_writerOptions);

    public void Serialize<T>(T response, Stream responseStream)
    {
        try
        {
            using var writer = new Utf8JsonWriter(responseStream, _writerOptions);
            JsonSerializer.Serialize(writer, response, _options);
        }
        catch (Exception e)
        {
            throw SerializerFailure.Writing<T>(e);
        }
    }

    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(requestStream.ReadToEnd(), _options);
        }
        catch (Exception e)
        {
            throw SerializerFailure.Reading<T>(e);
        }
    }
}
