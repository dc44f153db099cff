namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The function authorises requests of an HTTP API.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class HttpApiAuthorizerAttribute : Attribute
{
    public string IdentityHeader { get; set; } = "Authorization";
    public bool EnableSimpleResponses { get; set; } = true;
    public AuthorizerPayloadFormatVersion AuthorizerPayloadFormatVersion { get; set; } = AuthorizerPayloadFormatVersion.V2;
    public int ResultTtlInSeconds { get; set; }
}

/// <summary>Format of an HTTP API authorizer's request.</summary>
public enum AuthorizerPayloadFormatVersion
{
    V1,
    V2,
}

/// <summary>The function authorises requests of a REST API.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class RestApiAuthorizerAttribute : Attribute
{
    public string IdentityHeader { get; set; } = "Authorization";
    public RestApiAuthorizerType Type { get; set; }
    public int ResultTtlInSeconds { get; set; }
}

/// <summary>What a REST API authorizer is given.</summary>
public enum RestApiAuthorizerType
{
    Token,
    Request,
}
