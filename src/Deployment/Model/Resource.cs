namespace AtLeastOnce.Deployment.Model;

/// <summary>A property as it is written in the file.</summary>
/// <param name="Path">The path below the resource's properties: <c>RedrivePolicy.maxReceiveCount</c>, <c>FilterCriteria.Filters[0].Pattern</c>.</param>
/// <param name="Key">The key; of a list's item the item itself.</param>
/// <param name="Value">The whole value.</param>
internal readonly record struct DeclaredProperty(string Path, Place Key, Place Value);

/// <summary>Where and how a resource is written.</summary>
internal sealed record ResourceSite
{
    private static readonly IReadOnlyDictionary<string, DeclaredProperty> NoProperties = new Dictionary<string, DeclaredProperty>();

    /// <summary>Of what is written nowhere: a model built in code.</summary>
    public static ResourceSite None { get; } = new();

    /// <summary>The key that declares the resource: the place for findings about the whole of it.</summary>
    public Place Declaration { get; init; }

    /// <summary>The whole resource, key included.</summary>
    public Place Whole { get; init; }

    /// <summary>The mapping that holds the resource's properties; <see cref="Place.None"/> if it has none.</summary>
    public Place PropertiesPlace { get; init; }

    /// <summary>Every property that is written, by its path.</summary>
    public IReadOnlyDictionary<string, DeclaredProperty> Properties { get; init; } = NoProperties;

    /// <summary>The condition under which the resource is deployed at all, or null.</summary>
    public string? Condition { get; init; }
}

/// <summary>Something that is deployed.</summary>
/// <param name="logicalId">The name by which the file knows it; unique in a model.</param>
internal abstract class Resource(string logicalId)
{
    /// <summary>The name by which the file knows it; unique in a model.</summary>
    public string LogicalId { get; } = logicalId;

    /// <summary>Where and how the resource is written.</summary>
    public ResourceSite Site { get; init; } = ResourceSite.None;

    /// <inheritdoc cref="ResourceSite.Declaration"/>
    public Place Declaration => Site.Declaration;

    /// <inheritdoc cref="ResourceSite.Whole"/>
    public Place Whole => Site.Whole;

    /// <inheritdoc cref="ResourceSite.PropertiesPlace"/>
    public Place PropertiesPlace => Site.PropertiesPlace;

    /// <inheritdoc cref="ResourceSite.Properties"/>
    public IReadOnlyDictionary<string, DeclaredProperty> Properties => Site.Properties;

    /// <inheritdoc cref="ResourceSite.Condition"/>
    public string? Condition => Site.Condition;
}
