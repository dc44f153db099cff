namespace AtLeastOnce.Deployment.Model;

/// <summary>A reference from one resource to another.</summary>
internal sealed record ResourceLink
{
    private ResourceLink() { }

    /// <summary>The logical id of the resource in the same model, if the link resolves to one.</summary>
    public string? LogicalId { get; private init; }

    /// <summary>The ARN or name as written, if the link names something that this model does not declare.</summary>
    public string? Literal { get; private init; }

    /// <summary>Why the target cannot be known; null if it is known.</summary>
    public string? WhyUnknown { get; private init; }

    /// <summary>The version or alias of the function that the link names: the logical id of the version's or alias's resource, or its name.</summary>
    public string? Qualifier { get; private init; }

    /// <summary>Whether nothing is written where the link should be.</summary>
    public bool IsMissing { get; private init; }

    /// <summary>Where the reference is written.</summary>
    public Place Place { get; private init; }

    /// <summary>Whether the target cannot be known.</summary>
    public bool IsUnknown => WhyUnknown is not null;

    /// <summary>A link to a resource of the same model.</summary>
    public static ResourceLink To(string logicalId, Place place = default, string? qualifier = null) =>
        new()
        {
            LogicalId = logicalId,
            Place = place,
            Qualifier = qualifier,
        };

    /// <summary>A link to a resource that is declared elsewhere.</summary>
    public static ResourceLink ToLiteral(string arnOrName, Place place = default) => new() { Literal = arnOrName, Place = place };

    /// <summary>A link that cannot be followed.</summary>
    public static ResourceLink Unknown(string why, Place place = default) => new() { WhyUnknown = why, Place = place };

    /// <summary>The place of a link that is not written.</summary>
    public static ResourceLink Missing(string why, Place place = default) =>
        new()
        {
            WhyUnknown = why,
            IsMissing = true,
            Place = place,
        };

    /// <summary>Whether both name the same target, qualifier included; never for unknown ones.</summary>
    public bool IsSameAs(ResourceLink other) =>
        !IsUnknown && !other.IsUnknown && LogicalId == other.LogicalId && Literal == other.Literal && Qualifier == other.Qualifier;

    /// <summary>For debugging and test output.</summary>
    public override string ToString() => LogicalId ?? Literal ?? $"unknown: {WhyUnknown}";
}
