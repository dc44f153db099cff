using System.Text.Json.Serialization;

namespace Amazon.Lambda.S3Events;

/// <summary>A request for an object, to be answered by the function.</summary>
public class S3ObjectLambdaEvent
{
    [JsonPropertyName("xAmzRequestId")]
    public string XAmzRequestId { get; set; }

    public GetObjectContextType GetObjectContext { get; set; }
    public ConfigurationType Configuration { get; set; }
    public UserRequestType UserRequest { get; set; }
    public UserIdentityType UserIdentity { get; set; }
    public string ProtocolVersion { get; set; }

    /// <summary>The access point.</summary>
    public class ConfigurationType
    {
        public string AccessPointArn { get; set; }
        public string SupportingAccessPointArn { get; set; }
        public string Payload { get; set; }
    }

    /// <summary>Where the object is, and where the answer goes.</summary>
    public class GetObjectContextType
    {
        public string InputS3Url { get; set; }
        public string OutputRoute { get; set; }
        public string OutputToken { get; set; }
    }

    /// <summary>How the session was opened.</summary>
    public class SessionContextAttributesType
    {
        public string MfaAuthenticated { get; set; }
        public string CreationDate { get; set; }
    }

    /// <summary>The session.</summary>
    public class SessionContextType
    {
        public SessionContextAttributesType Attributes { get; set; }
        public SessionIssuerType SessionIssuer { get; set; }
    }

    /// <summary>Who opened the session.</summary>
    public class SessionIssuerType
    {
        public string Type { get; set; }
        public string PrincipalId { get; set; }
        public string Arn { get; set; }
        public string AccountId { get; set; }
        public string UserName { get; set; }
    }

    /// <summary>Who asked.</summary>
    public class UserIdentityType
    {
        public string Type { get; set; }
        public string PrincipalId { get; set; }
        public string Arn { get; set; }
        public string AccountId { get; set; }
        public string AccessKeyId { get; set; }
        public SessionContextType SessionContext { get; set; }
    }

    /// <summary>What was asked.</summary>
    public class UserRequestType
    {
        public string Url { get; set; }
        public IDictionary<string, string> Headers { get; set; }
    }
}
