using System.Net;
using System.Text;
using System.Text.Json;

namespace AtLeastOnce.Runtime.Sources.Calls;

/// <summary>Reads a function's response as a load balancer does: one that is not of the right shape is none (L-3).</summary>
internal static class LoadBalancerResponse
{
    private const string Invalid = "LambdaInvalidResponse";

    /// <summary>The response; null and why, if it is none.</summary>
    public static HttpResponseMessage? Read(string payload, bool multiValue, out string? reason)
    {
        reason = Invalid;
        try
        {
            using var document = JsonDocument.Parse(payload);
            if (Read(document.RootElement, multiValue) is not { } response)
                return null;
            reason = null;
            return response;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }

    private static HttpResponseMessage? Read(JsonElement root, bool multiValue)
    {
        if (root.ValueKind != JsonValueKind.Object || Member(root, "statusCode") is not { ValueKind: JsonValueKind.Number } status)
            return null;
        if (!status.TryGetInt32(out var code) || code is < 100 or > 599)
            return null;
        if (
            !IsAbsentOr(root, "statusDescription", JsonValueKind.String)
            || !IsAbsentOr(root, "body", JsonValueKind.String)
            || !IsAbsentOr(root, "isBase64Encoded", JsonValueKind.True, JsonValueKind.False)
            || Headers(root, multiValue) is not { } headers
        )
        {
            return null;
        }

        var body = Member(root, "body")?.GetString() ?? "";
        var isBase64 = Member(root, "isBase64Encoded") is { ValueKind: JsonValueKind.True };
        var response = new HttpResponseMessage((HttpStatusCode)code)
        {
            Content = new ByteArrayContent(isBase64 ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body)),
        };
        if (Member(root, "statusDescription")?.GetString() is { } description)
            response.ReasonPhrase = Phrase(description, code);
        foreach (var (name, values) in headers)
        {
            if (!name.Equals("content-length", StringComparison.OrdinalIgnoreCase) && !response.Headers.TryAddWithoutValidation(name, values))
                response.Content.Headers.TryAddWithoutValidation(name, values);
        }

        return response;
    }

    // L-3: the form that the target group asks for; the other one alone is refused.
    private static List<(string Name, List<string> Values)>? Headers(JsonElement root, bool multiValue)
    {
        var (asked, other) = multiValue ? ("multiValueHeaders", "headers") : ("headers", "multiValueHeaders");
        if (Member(root, asked) is not { } headers)
            return Member(root, other) is null or { ValueKind: JsonValueKind.Object } && !HasMembers(Member(root, other)) ? [] : null;
        if (headers.ValueKind != JsonValueKind.Object)
            return null;
        List<(string, List<string>)> all = [];
        foreach (var header in headers.EnumerateObject())
        {
            JsonElement[] values = multiValue
                ? header.Value.ValueKind == JsonValueKind.Array
                    ? [.. header.Value.EnumerateArray()]
                    : [default]
                : [header.Value];
            if (Array.Exists(values, value => value.ValueKind != JsonValueKind.String))
                return null;
            all.Add((header.Name, [.. values.Select(value => value.GetString()!)]));
        }

        return all;
    }

    private static bool HasMembers(JsonElement? element) => element?.EnumerateObject().Any() == true;

    /// <summary>A member; null is as good as absent.</summary>
    private static JsonElement? Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static bool IsAbsentOr(JsonElement root, string name, params JsonValueKind[] kinds) =>
        Member(root, name) is not { } value || kinds.Contains(value.ValueKind);

    // "200 OK" is what a function writes; the phrase alone is what a client sees.
    private static string Phrase(string description, int code)
    {
        var prefix = FormattableString.Invariant($"{code} ");
        var phrase = description.StartsWith(prefix, StringComparison.Ordinal) ? description[prefix.Length..] : description;
        return phrase.ReplaceLineEndings(" ");
    }
}
