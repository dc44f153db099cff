using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>What a framework made a resource of, where the file has another notation than CloudFormation's.</summary>
/// <param name="DisplayName">The name to call the resource by.</param>
/// <param name="Written">What is written of it, if it is a mapping: the place where a setting would be added.</param>
internal sealed record ResourceOrigin(string DisplayName, YamlMapping? Written)
{
    /// <summary>What holds when a setting is left out.</summary>
    public FrameworkDefaults Defaults { get; init; } = FrameworkDefaults.Serverless;

    /// <summary>What a mapping reads from; null where only its source tells.</summary>
    public EventSourceKind? SourceKind { get; init; }

    /// <summary>What the resource inherits where it says nothing itself, in CloudFormation's terms.</summary>
    public YamlMapping? Shared { get; init; }

    /// <summary>Whether some events of a function could not be understood.</summary>
    public bool HasUnreadEvents { get; init; }

    /// <summary>Why a function's role is not known, or null.</summary>
    public string? WhyRoleIsUnknown { get; init; }
}
