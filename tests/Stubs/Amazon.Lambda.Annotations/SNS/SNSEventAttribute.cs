namespace Amazon.Lambda.Annotations.SNS;

/// <summary>The function is subscribed to a topic.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class SNSEventAttribute(string topic) : Attribute
{
    public string Topic { get; set; } = topic;
    public string ResourceName { get; set; }
    public string FilterPolicy { get; set; }
    public bool Enabled { get; set; } = true;
}
