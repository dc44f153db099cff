namespace AtLeastOnce.Deployment.Model;

/// <summary>An alias of a function. A link to it leads to the function, and names the alias as its qualifier.</summary>
/// <param name="logicalId">The name by which the file knows it; of a SAM function's own the id that SAM generates.</param>
internal sealed class FunctionAlias(string logicalId) : Resource(logicalId)
{
    /// <summary>The alias's name.</summary>
    public Setting<string> Name { get; init; } = Setting<string>.Missing();

    /// <summary>The function.</summary>
    public ResourceLink Function { get; init; } = ResourceLink.Unknown("no function is given");
}

/// <summary>A published version of a function. A link to it leads to the function, and names the version as its qualifier.</summary>
/// <param name="logicalId">The name by which the file knows it.</param>
internal sealed class FunctionVersion(string logicalId) : Resource(logicalId)
{
    /// <summary>The function.</summary>
    public ResourceLink Function { get; init; } = ResourceLink.Unknown("no function is given");
}
