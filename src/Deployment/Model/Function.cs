using AtLeastOnce.Deployment.Aws;

namespace AtLeastOnce.Deployment.Model;

/// <summary>A Lambda function.</summary>
/// <param name="logicalId">The name by which the file knows it.</param>
internal sealed class Function(string logicalId) : Resource(logicalId)
{
    /// <summary>The name to call it by: the Serverless Framework's key of the function, or the logical id.</summary>
    public string DisplayName { get; init; } = logicalId;

    /// <summary>The deployed name; missing when CloudFormation makes one up.</summary>
    public Setting<string> Name { get; init; } = Setting<string>.Missing();

    /// <summary><c>Assembly::Namespace.Type::Method</c>, or the name of an executable assembly; missing for a container image.</summary>
    public Setting<string> Handler { get; init; } = Setting<string>.Missing();

    /// <summary>The command that overrides a container image's own; for .NET images the <see cref="Handler"/> they start with.</summary>
    public Setting<IReadOnlyList<string>> ImageCommand { get; init; } = Setting<IReadOnlyList<string>>.Missing();

    /// <summary>The runtime's identifier (<c>dotnet8</c>).</summary>
    public Setting<string> Runtime { get; init; } = Setting<string>.Missing();

    /// <summary>The folder or the archive of the function's code, relative to the file: SAM's <c>CodeUri</c>, Terraform's <c>filename</c>, <c>package.artifact</c> of the Serverless Framework.</summary>
    public Setting<string> CodeUri { get; init; } = Setting<string>.Missing();

    /// <summary><c>Zip</c> or <c>Image</c>.</summary>
    public Setting<string> PackageType { get; init; } = Setting<string>.Default(Defaults.PackageType);

    /// <summary>The longest an invocation may take, in seconds.</summary>
    public Setting<int> Timeout { get; init; } = Setting<int>.Default(Defaults.FunctionTimeout);

    /// <summary>Memory in MB.</summary>
    public Setting<int> MemorySize { get; init; } = Setting<int>.Default(Defaults.FunctionMemorySize);

    /// <summary>Reserved concurrent executions; missing when the function shares the account's.</summary>
    public Setting<int> ReservedConcurrency { get; init; } = Setting<int>.Missing();

    /// <summary>The function's own dead-letter target, which serves asynchronous invocations only (B-9).</summary>
    public Setting<ResourceLink> DeadLetter { get; init; } = Setting<ResourceLink>.Missing();

    /// <summary>The execution role; of a SAM function without one the role that SAM makes.</summary>
    public ResourceLink Role { get; init; } = ResourceLink.Unknown("no role is given");

    /// <summary>The alias that SAM moves to every new version; what SAM's events and settings are then about is the alias.</summary>
    public Setting<string> AutoPublishAlias { get; init; } = Setting<string>.Missing();

    /// <summary>
    /// The environment variables by their names, those that functions share included. A reference leads to its resource, a queue's URL or name that is put together of parts
    /// as well; any other text is a literal.
    /// </summary>
    public IReadOnlyDictionary<string, Setting<ResourceLink>> Environment { get; init; } = new Dictionary<string, Setting<ResourceLink>>();

    /// <summary>SAM's <c>Metadata.BuildMethod</c>.</summary>
    public Setting<string> BuildMethod { get; init; } = Setting<string>.Missing();

    /// <summary>Whether the function is deployed as a container image, so that <see cref="Handler"/> says nothing.</summary>
    public bool IsImage => PackageType.All(type => type == "Image");

    /// <summary>Whether the Amazon.Lambda.Annotations generator owns the resource: the build rewrites its events and response types .</summary>
    public bool IsGeneratedByAnnotations { get; init; }

    /// <summary>Whether the file may give the function event sources that this model does not list: an event of an unknown type, or made by a macro.</summary>
    public bool HasUnreadEvents { get; init; }

    /// <summary>Whether the file permits a service or another account to invoke the function (<c>AWS::Lambda::Permission</c>), and so may give it events that it does not declare.</summary>
    public bool MayBeInvokedByOthers { get; init; }
}
