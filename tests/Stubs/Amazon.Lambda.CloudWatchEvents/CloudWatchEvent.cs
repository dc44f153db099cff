using System.Text.Json.Serialization;

namespace Amazon.Lambda.CloudWatchEvents;

/// <summary>An event of EventBridge, with the detail of its source.</summary>
public class CloudWatchEvent<T>
{
    public string Version { get; set; }
    public string Account { get; set; }
    public string Region { get; set; }
    public T Detail { get; set; }

    [JsonPropertyName("detail-type")]
    public string DetailType { get; set; }

    public string Source { get; set; }
    public DateTime Time { get; set; }
    public string Id { get; set; }
    public List<string> Resources { get; set; }
}

/// <summary>A name and a value.</summary>
public class NameValue
{
    public string Name { get; set; }
    public string Value { get; set; }
}
