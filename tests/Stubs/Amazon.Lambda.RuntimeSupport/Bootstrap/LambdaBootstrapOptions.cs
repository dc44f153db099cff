namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

/// <summary>Where the Lambda runtime API is.</summary>
public class LambdaBootstrapOptions
{
    public string RuntimeApiEndpoint { get; set; }
}
