namespace Amazon.Lambda.Annotations.SQS;

/// <summary>The function is mapped to a queue. What is not set is not written to the template.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class SQSEventAttribute(string queue) : Attribute
{
    public string Queue { get; set; } = queue;
    public string ResourceName { get; set; }
    public bool Enabled { get; set; } = true;
    public uint BatchSize { get; set; }
    public uint MaximumBatchingWindowInSeconds { get; set; }
    public string Filters { get; set; }
    public uint MaximumConcurrency { get; set; }
}
