using System.Globalization;
using System.Text;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime.Sources.Async;

/// <summary>What an invocation answered, and whether it failed.</summary>
internal readonly record struct InvocationResult(FunctionError? Error, byte[] Response);

/// <summary>The request that a record tells of.</summary>
/// <param name="At">When it ended.</param>
/// <param name="RequestId">Its id.</param>
/// <param name="FunctionArn">The function, without version.</param>
/// <param name="Condition">Why the record is written.</param>
/// <param name="InvokeCount">How often the code was invoked with it.</param>
/// <param name="Payload">The event.</param>
internal readonly record struct InvocationRequest(
    DateTimeOffset At,
    string RequestId,
    string FunctionArn,
    InvocationCondition Condition,
    int InvokeCount,
    string Payload
);

/// <summary>Writes what Lambda tells of the end of an asynchronous event: the record for destinations, the attributes of a dead letter .</summary>
internal static class InvocationDocument
{
    private const string Version = "$LATEST";
    private const int LongestErrorMessage = 1024;

    /// <summary>The ARN with the version that ran.</summary>
    public static string Qualified(string functionArn) => $"{functionArn}:{Version}";

    /// <summary>The record as JSON.</summary>
    /// <param name="request">The request.</param>
    /// <param name="result">The last answer; null if the code was never invoked.</param>
    public static string Write(InvocationRequest request, InvocationResult? result) =>
        AwsJson.Write(json =>
        {
            json.WriteString("version", "1.0");
            json.WriteString("timestamp", AwsJson.Time(request.At));
            json.WriteStartObject("requestContext");
            json.WriteString("requestId", request.RequestId);
            json.WriteString("functionArn", Qualified(request.FunctionArn));
            json.WriteString("condition", request.Condition.ToString());
            json.WriteNumber("approximateInvokeCount", request.InvokeCount);
            json.WriteEndObject();
            json.WritePropertyName("requestPayload");
            json.WriteRawValue(request.Payload);
            if (result is not { } answer)
                return;
            json.WriteStartObject("responseContext");
            json.WriteNumber("statusCode", 200);
            json.WriteString("executedVersion", Version);
            if (answer.Error is not null)
                json.WriteString("functionError", "Unhandled");
            json.WriteEndObject();
            json.WritePropertyName("responsePayload");
            WriteResponse(json, answer);
        });

    /// <summary>The attributes of a dead letter.</summary>
    /// <param name="requestId">The request's id.</param>
    /// <param name="error">The last function error; null if the code was never invoked.</param>
    public static IReadOnlyDictionary<string, SqsAttributeValue> DeadLetterAttributes(string requestId, FunctionError? error)
    {
        var attributes = new Dictionary<string, SqsAttributeValue> { ["RequestID"] = requestId, ["ErrorCode"] = error is null ? 429L : 200L };
        var message = Shortened(error is null ? "Rate Exceeded." : error.Message);

        // SQS refuses an attribute without a value.
        if (message.Length > 0)
            attributes["ErrorMessage"] = message;
        return attributes;
    }

    private static void WriteResponse(System.Text.Json.Utf8JsonWriter json, InvocationResult answer)
    {
        if (answer.Error is { } error)
            json.WriteRawValue(error.ToJson());
        else if (answer.Response.Length == 0)
            json.WriteNullValue();
        else if (InvocationPayload.IsJson(answer.Response))
            json.WriteRawValue(answer.Response);
        else
            json.WriteStringValue(Encoding.UTF8.GetString(answer.Response));
    }

    // the first KB.
    private static string Shortened(string message)
    {
        if (Encoding.UTF8.GetByteCount(message) <= LongestErrorMessage)
            return message;
        var elements = StringInfo.GetTextElementEnumerator(message);
        var (end, bytes) = (0, 0);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            bytes += Encoding.UTF8.GetByteCount(element);
            if (bytes > LongestErrorMessage)
                break;
            end = elements.ElementIndex + element.Length;
        }

        return message[..end];
    }
}
