using System.Text.Json;
using System.Text.Json.Serialization;

namespace AWS.Messaging;

/// <summary>A message's CloudEvents envelope.</summary>
public abstract class MessageEnvelope
{
    private protected MessageEnvelope() { }

    [JsonPropertyName("id")]
    public string Id { get; set; }

    [JsonPropertyName("source")]
    public Uri Source { get; set; }

    [JsonPropertyName("specversion")]
    public string Version { get; set; }

    [JsonPropertyName("type")]
    public string MessageTypeIdentifier { get; set; }

    [JsonPropertyName("time")]
    public DateTimeOffset TimeStamp { get; set; }

    [JsonPropertyName("datacontenttype")]
    public string DataContentType { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement> Metadata { get; set; } = [];

    public SQSMetadata SQSMetadata { get; set; }
}

/// <summary>A message in its envelope.</summary>
public class MessageEnvelope<T> : MessageEnvelope
{
    [JsonPropertyName("data")]
    public T Message { get; set; }

    public override string ToString() => Id;
}

/// <summary>What SQS says of the message.</summary>
public class SQSMetadata
{
    public string MessageID { get; set; }
    public string MessageDeduplicationId { get; set; }
    public string MessageGroupId { get; set; }
    public string ReceiptHandle { get; set; }
    public DateTimeOffset? SentTimestamp { get; set; }
}
