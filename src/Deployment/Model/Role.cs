namespace AtLeastOnce.Deployment.Model;

/// <summary>Whether a role may do something.</summary>
internal enum Grant
{
    /// <summary>Cannot be told from the file.</summary>
    Unknown,

    /// <summary>It may.</summary>
    Allowed,

    /// <summary>No policy of the role allows it, or one denies it.</summary>
    NotAllowed,
}

/// <summary>A resource that a policy is about: a resource of the same file, or a pattern of ARNs.</summary>
/// <param name="LogicalId">The resource of the same file, or null.</param>
/// <param name="Pattern">
/// What an ARN must look like, with <c>*</c> and <c>?</c> for what may vary; what is known only when deployed is written as in <c>Fn::Sub</c>.
/// Null for a resource.
/// </param>
internal sealed record PolicyResource(string? LogicalId, string? Pattern)
{
    /// <summary>Every resource.</summary>
    public static PolicyResource Any { get; } = new(null, "*");
}

/// <summary>A statement of a policy.</summary>
/// <param name="IsAllow">Whether it allows; else it denies.</param>
/// <param name="Actions">The actions, with <c>*</c> and <c>?</c> for what may vary: <c>sqs:*</c>.</param>
/// <param name="Resources">The resources.</param>
/// <param name="Place">Where the statement is written.</param>
internal sealed record PolicyStatement(bool IsAllow, IReadOnlyList<string> Actions, IReadOnlyList<PolicyResource> Resources, Place Place)
{
    /// <summary>Whether the statement is about an action; actions have no case.</summary>
    public bool Covers(string action) => Actions.Any(pattern => Wildcards.Match(pattern, action, ignoreCase: true));
}

/// <summary>Who makes a role.</summary>
internal enum RoleMaker
{
    /// <summary>The file declares it.</summary>
    File,

    /// <summary>SAM, for a function: it follows the function's events and <c>Policies</c>.</summary>
    Sam,

    /// <summary>The CDK, for a function: it follows event sources and grants.</summary>
    Cdk,
}

/// <summary>An IAM role: what its policies let a function do.</summary>
/// <param name="logicalId">The name by which the file knows it; of a role that SAM or the CDK makes for a function the id that they generate.</param>
internal sealed class Role(string logicalId) : Resource(logicalId)
{
    /// <summary>The deployed name; missing when CloudFormation makes one up.</summary>
    public Setting<string> Name { get; init; } = Setting<string>.Missing();

    /// <summary>Who makes the role.</summary>
    public RoleMaker Maker { get; init; }

    /// <summary>The statements that are known, those of managed policies and of separate policies of the file included.</summary>
    public IReadOnlyList<PolicyStatement> Statements { get; init; } = [];

    /// <summary>Why the role may be allowed, or denied, more than <see cref="Statements"/> say; null when they are all.</summary>
    public string? WhyIncomplete { get; init; }

    /// <summary>Whether the role may do something with what a link leads to.</summary>
    /// <param name="action">The action: <c>sqs:ReceiveMessage</c>.</param>
    /// <param name="target">The queue, stream, table, topic or bucket.</param>
    public Grant MayDo(string action, ResourceLink target)
    {
        var covering = Statements
            .Where(statement => statement.Covers(action))
            .Select(statement => (statement.IsAllow, IsAbout: About(statement, target)))
            .ToList();
        if (covering.Any(statement => !statement.IsAllow && statement.IsAbout == true))
            return Grant.NotAllowed;
        if (covering.Any(statement => !statement.IsAllow && statement.IsAbout is null))
            return Grant.Unknown;
        if (covering.Any(statement => statement is { IsAllow: true, IsAbout: true }))
            return WhyIncomplete is null ? Grant.Allowed : Grant.Unknown;
        return WhyIncomplete is not null || covering.Any(statement => statement is { IsAllow: true, IsAbout: null }) ? Grant.Unknown : Grant.NotAllowed;
    }

    // True, false, or null where it cannot be told.
    private static bool? About(PolicyStatement statement, ResourceLink target)
    {
        bool? result = false;
        foreach (var resource in statement.Resources)
        {
            if (resource.Pattern is { } everything && everything.All(character => character == '*'))
                return true;
            if (resource.LogicalId is { } id && id == target.LogicalId)
                return true;
            if (resource.Pattern is { } pattern && target.Literal is { } arn && Wildcards.Match(pattern, arn, ignoreCase: false))
                return true;

            // A pattern may name a resource of the file, whose ARN is not known; and two names of the deployment may be one.
            var isOther = resource.LogicalId is not null && target.LogicalId is not null;
            var isOtherArn = resource.Pattern is { } other && target.Literal is { } literal && !other.Contains("${") && !literal.Contains("${");
            if (!isOther && !isOtherArn)
                result = null;
        }

        return result;
    }
}
