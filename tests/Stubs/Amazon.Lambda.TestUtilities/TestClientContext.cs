using Amazon.Lambda.Core;

namespace Amazon.Lambda.TestUtilities;

/// <summary>A client context whose members can be set.</summary>
public class TestClientContext : IClientContext
{
    public IClientApplication Client { get; set; }
    public IDictionary<string, string> Custom { get; set; }
    public IDictionary<string, string> Environment { get; set; }
}

/// <summary>A client application whose members can be set.</summary>
public class TestClientApplication : IClientApplication
{
    public string AppPackageName { get; set; }
    public string AppTitle { get; set; }
    public string AppVersionCode { get; set; }
    public string AppVersionName { get; set; }
    public string InstallationId { get; set; }
}

/// <summary>An identity whose members can be set.</summary>
public class TestCognitoIdentity : ICognitoIdentity
{
    public string IdentityId { get; set; }
    public string IdentityPoolId { get; set; }
}
