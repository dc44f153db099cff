using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AtLeastOnce.Runtime.Sources.Async;

/// <summary>The payload of an invocation through Lambda's API, checked as Lambda checks it .</summary>
internal static class InvocationPayload
{
    /// <summary>The kind of invocation that answers at once.</summary>
    public const string Event = "Event";

    /// <summary>The kind of invocation whose caller waits.</summary>
    public const string RequestResponse = "RequestResponse";

    private const int MaximumEventBytes = 1024 * 1024;
    private const int MaximumRequestBytes = 6 * 1024 * 1024;

    /// <summary>The payload of what a caller passes: a string is JSON as it is, anything else is serialised, and nothing is an empty object.</summary>
    /// <exception cref="AwsErrorException">Lambda refuses it.</exception>
    public static byte[] Of(object? payload, string invocationType) =>
        payload switch
        {
            null => "{}"u8.ToArray(),
            string json => OfJson(json, invocationType),
            _ => Checked(JsonSerializer.SerializeToUtf8Bytes(payload, payload.GetType()), invocationType),
        };

    /// <summary>The payload of JSON as it is.</summary>
    /// <exception cref="AwsErrorException">Lambda refuses it.</exception>
    public static byte[] OfJson(string json, string invocationType)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (Problem(bytes) is { } problem)
            throw new AwsErrorException("InvalidRequestContentException", $"Could not parse request body into json: {problem}", "A-12");
        return Checked(bytes, invocationType);
    }

    /// <summary>Whether the bytes are a JSON value.</summary>
    public static bool IsJson(ReadOnlySpan<byte> bytes) => Problem(bytes) is null;

    private static string? Problem(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read()) { }
            return null;
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }

    private static byte[] Checked(byte[] bytes, string invocationType)
    {
        var most = invocationType == Event ? MaximumEventBytes : MaximumRequestBytes;
        return bytes.Length <= most
            ? bytes
            : throw new AwsErrorException(
                "RequestTooLargeException",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{bytes.Length} byte payload is too large for the {invocationType} invocation type (limit {most} bytes)"
                ),
                "A-12"
            );
    }
}
