namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>What an authorizer decided.</summary>
public interface IAuthorizerResult
{
    bool IsAuthorized { get; }
    string PrincipalId { get; }
    IDictionary<string, object> Context { get; }

    IAuthorizerResult WithContext(string key, object value);
    IAuthorizerResult WithPrincipalId(string principalId);
    Stream Serialize(AuthorizerResultSerializationOptions options);
}

/// <summary>Allows or denies a request.</summary>
public class AuthorizerResults : IAuthorizerResult
{
    private AuthorizerResults(bool isAuthorized) => IsAuthorized = isAuthorized;

    public bool IsAuthorized { get; }
    public string PrincipalId { get; private set; }
    public IDictionary<string, object> Context { get; private set; }

    public static IAuthorizerResult Allow() => new AuthorizerResults(isAuthorized: true);

    public static IAuthorizerResult Deny() => new AuthorizerResults(isAuthorized: false);

    public IAuthorizerResult WithContext(string key, object value)
    {
        Context ??= new Dictionary<string, object>();
        Context[key] = value;
        return this;
    }

    public IAuthorizerResult WithPrincipalId(string principalId)
    {
        PrincipalId = principalId;
        return this;
    }

    public Stream Serialize(AuthorizerResultSerializationOptions options) =>
        throw new NotSupportedException("A look-alike of Amazon.Lambda.Annotations writes no API Gateway responses.");
}

/// <summary>How an authorizer result is written.</summary>
public class AuthorizerResultSerializationOptions
{
    public AuthorizerFormat Format { get; set; }
    public string MethodArn { get; set; }

    /// <summary>The response format that the API expects.</summary>
    public enum AuthorizerFormat
    {
        HttpApiSimple,
        HttpApiIamPolicy,
        RestApi,
    }
}
