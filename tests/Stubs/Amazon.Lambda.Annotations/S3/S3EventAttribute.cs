namespace Amazon.Lambda.Annotations.S3;

/// <summary>The function is notified of changes in a bucket.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class S3EventAttribute(string bucket) : Attribute
{
    public string Bucket { get; set; } = bucket;
    public string ResourceName { get; set; }
    public string Events { get; set; }
    public string FilterPrefix { get; set; }
    public string FilterSuffix { get; set; }
    public bool Enabled { get; set; } = true;
}
