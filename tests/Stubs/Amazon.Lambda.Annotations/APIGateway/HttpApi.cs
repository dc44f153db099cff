namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The function answers a route of an HTTP API.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class HttpApiAttribute(LambdaHttpMethod method, string template) : Attribute
{
    public HttpApiVersion Version { get; set; } = HttpApiVersion.V2;
    public string Template { get; set; } = template;
    public LambdaHttpMethod Method { get; set; } = method;
    public string Authorizer { get; set; }
}

/// <summary>Format of an HTTP API's request.</summary>
public enum HttpApiVersion
{
    V1,
    V2,
}

/// <summary>HTTP method of a route.</summary>
public enum LambdaHttpMethod
{
    Any,
    Get,
    Post,
    Put,
    Patch,
    Head,
    Delete,
    Options,
}
