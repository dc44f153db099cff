namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The function answers a route of a REST API.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class RestApiAttribute(LambdaHttpMethod method, string template) : Attribute
{
    public string Template { get; set; } = template;
    public LambdaHttpMethod Method { get; set; } = method;
    public string Authorizer { get; set; }
}
