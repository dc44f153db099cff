using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AtLeastOnce.Runtime.Sources.Destinations;

/// <summary>A bucket's notification: whom it tells of which objects.</summary>
internal sealed record S3Notification(IDestination Target, IReadOnlyList<string> Events, string Prefix, string Suffix)
{
    private static readonly string[] Known =
    [
        "s3:ObjectCreated:*",
        "s3:ObjectCreated:Put",
        "s3:ObjectCreated:Post",
        "s3:ObjectCreated:Copy",
        "s3:ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectRemoved:*",
        "s3:ObjectRemoved:Delete",
        "s3:ObjectRemoved:DeleteMarkerCreated",
    ];

    /// <summary>The configuration's name in events.</summary>
    public string Id => $"{Target.Name}-{string.Join("-", Events.Select(name => name["s3:".Length..].TrimEnd('*', ':').Replace(':', '-')))}";

    /// <summary>Throws if S3 does not know an event type.</summary>
    /// <exception cref="AwsErrorException">It does not.</exception>
    public void Check()
    {
        if (Events.Count == 0)
            throw new ArgumentException("A notification names at least one event type.", nameof(Events));
        if (Events.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            throw new AwsErrorException(
                "InvalidArgument",
                $"The event is not supported for notifications: '{unknown}'. Those of objects put and deleted are {string.Join(", ", Known)}.",
                "N-6"
            );
        }
    }

    /// <summary>Whether it is about the event, an event name without <c>s3:</c>.</summary>
    public bool Wants(string eventName, string key) =>
        Events.Any(wanted => Covers(wanted, "s3:" + eventName))
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Whether S3 could not tell which of the two to follow.</summary>
    public bool Overlaps(S3Notification other) =>
        Events.Any(mine => other.Events.Any(its => Covers(mine, its) || Covers(its, mine)))
        && (Prefix.StartsWith(other.Prefix, StringComparison.Ordinal) || other.Prefix.StartsWith(Prefix, StringComparison.Ordinal))
        && (Suffix.EndsWith(other.Suffix, StringComparison.Ordinal) || other.Suffix.EndsWith(Suffix, StringComparison.Ordinal));

    private static bool Covers(string pattern, string eventName) =>
        pattern.EndsWith('*') ? eventName.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == eventName;
}

/// <summary>A request that changed a bucket.</summary>
internal readonly record struct S3Request(DateTimeOffset At, string Region, string EventName, string Bucket, string BucketArn, ulong Id, long Number);

/// <summary>Writes S3's event message (N-5), version 2.1.</summary>
internal static class S3NotificationEvent
{
    private const string Principal = "AIDAJDPLRKLG7UEXAMPLE";

    /// <summary>The event of one object.</summary>
    public static string Write(S3Request request, string configuration, S3Object about, bool isRemoved) =>
        AwsJson.Write(json =>
        {
            json.WriteStartArray("Records");
            json.WriteStartObject();
            json.WriteString("eventVersion", "2.1");
            json.WriteString("eventSource", "aws:s3");
            json.WriteString("awsRegion", request.Region);
            json.WriteString("eventTime", AwsJson.Time(request.At));
            json.WriteString("eventName", request.EventName);
            json.WriteStartObject("userIdentity");
            json.WriteString("principalId", $"AWS:{Principal}");
            json.WriteEndObject();
            json.WriteStartObject("requestParameters");
            json.WriteString("sourceIPAddress", "127.0.0.1");
            json.WriteEndObject();
            json.WriteStartObject("responseElements");
            json.WriteString("x-amz-request-id", request.Id.ToString("X16", CultureInfo.InvariantCulture));
            json.WriteString("x-amz-id-2", $"EXAMPLE123/{request.Id:x16}");
            json.WriteEndObject();
            json.WriteStartObject("s3");
            json.WriteString("s3SchemaVersion", "1.0");
            json.WriteString("configurationId", configuration);
            json.WriteStartObject("bucket");
            json.WriteString("name", request.Bucket);
            json.WriteStartObject("ownerIdentity");
            json.WriteString("principalId", "A3NL1KOZZKExample");
            json.WriteEndObject();
            json.WriteString("arn", request.BucketArn);
            json.WriteEndObject();
            json.WriteStartObject("object");
            json.WriteString("key", Encoded(about.Key));
            if (!isRemoved)
            {
                json.WriteNumber("size", about.Content.Length);
                json.WriteString("eTag", ETag(about.Content.Span));
            }

            json.WriteString("sequencer", (0x0055AED6DCD90281 + (ulong)request.Number).ToString("X18", CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        });

    /// <summary>The key as events write it: URL-encoded, a blank as <c>+</c>, slashes as they are.</summary>
    public static string Encoded(string key)
    {
        var text = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(key))
        {
            var character = (char)octet;
            if (character == ' ')
                text.Append('+');
            else if (char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '*' or '/')
                text.Append(character);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }

        return text.ToString();
    }

    private static string ETag(ReadOnlySpan<byte> content)
    {
#pragma warning disable CA5351 // S3 shows this hash in its events; it protects nothing.
        return Convert.ToHexString(MD5.HashData(content)).ToLowerInvariant();
#pragma warning restore CA5351
    }
}
