using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime.Sources.Calls;

/// <summary>Writes the event that a load balancer makes of a request (L-1, L-2).</summary>
internal static class LoadBalancerRequest
{
    private static readonly string[] TextTypes = ["application/json", "application/javascript", "application/xml"];

    /// <summary>The event.</summary>
    public static string Write(HttpRequestMessage request, Uri address, byte[] body, Simulation simulation, LambdaFunction function, bool multiValue)
    {
        var headers = Headers(request, address, simulation);
        var query = Query(address.Query);
        var isBase64 = body.Length > 0 && !IsText(request.Content!.Headers);
        return AwsJson.Write(json =>
        {
            json.WriteStartObject("requestContext");
            json.WriteStartObject("elb");
            json.WriteString(
                "targetGroupArn",
                $"arn:aws:elasticloadbalancing:{simulation.Options.Region}:{simulation.Options.AccountId}:targetgroup/{function.Name}/0123456789abcdef"
            );
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("httpMethod", request.Method.Method);
            json.WriteString("path", address.AbsolutePath);
            WriteValues(json, multiValue ? "multiValueQueryStringParameters" : "queryStringParameters", query, multiValue);
            WriteValues(json, multiValue ? "multiValueHeaders" : "headers", headers, multiValue);
            json.WriteString("body", isBase64 ? Convert.ToBase64String(body) : Encoding.UTF8.GetString(body));
            json.WriteBoolean("isBase64Encoded", isBase64);
        });
    }

    // L-2: without lists, the last value of a name counts.
    private static void WriteValues(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, List<string>>> values, bool multiValue)
    {
        json.WriteStartObject(name);
        foreach (var (key, all) in values)
        {
            if (!multiValue)
            {
                json.WriteString(key, all[^1]);
                continue;
            }

            json.WriteStartArray(key);
            foreach (var value in all)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static SortedDictionary<string, List<string>> Headers(HttpRequestMessage request, Uri address, Simulation simulation)
    {
        var headers = new SortedDictionary<string, List<string>>(StringComparer.Ordinal) { ["host"] = [request.Headers.Host ?? address.Authority] };
        Add(headers, request.Headers.NonValidated);
        if (request.Content is not null)
        {
            // Asked for so that it is there: it is computed when it is read first.
            _ = request.Content.Headers.ContentLength;
            Add(headers, request.Content.Headers.NonValidated);
        }

        var trace = simulation.Choices.Guid(IdKind.Trace, simulation.Invocations).ToString("N");
        headers["x-amzn-trace-id"] = [$"Root=1-{trace[..8]}-{trace[8..]}"];
        headers["x-forwarded-for"] = ["127.0.0.1"];
        headers["x-forwarded-port"] = [FormattableString.Invariant($"{address.Port}")];
        headers["x-forwarded-proto"] = [address.Scheme];
        return headers;
    }

    private static void Add(SortedDictionary<string, List<string>> target, HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            var key = name.ToLowerInvariant();
            if (key == "host")
                continue;
            if (!target.TryGetValue(key, out var all))
                target.Add(key, all = []);
            all.AddRange(values);
        }
    }

    // L-1: names and values stay as the client has encoded them.
    private static Dictionary<string, List<string>> Query(string query)
    {
        var parameters = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = end < 0 ? (part, "") : (part[..end], part[(end + 1)..]);
            if (!parameters.TryGetValue(name, out var all))
                parameters.Add(name, all = []);
            all.Add(value);
        }

        return parameters;
    }

    // L-1: anything else comes as Base64.
    private static bool IsText(HttpContentHeaders headers)
    {
        if (headers.ContentEncoding.Count > 0 || headers.ContentType?.MediaType is not { } type)
            return false;
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || TextTypes.Contains(type, StringComparer.OrdinalIgnoreCase);
    }
}
