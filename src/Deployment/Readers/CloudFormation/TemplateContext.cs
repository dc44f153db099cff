using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>What the readers of one template's resources share.</summary>
internal sealed class TemplateContext
{
    private readonly IntrinsicResolver resolver;

    /// <summary>Prepares to read a template's resources.</summary>
    /// <param name="sections">The sections.</param>
    /// <param name="map">The places of the text.</param>
    /// <param name="variables">The variables of the dialect, if it has any.</param>
    public TemplateContext(TemplateSections sections, PlaceMap map, ITextVariables? variables = null)
    {
        (Sections, Map) = (sections, map);
        resolver = new(sections, variables);
        Links = new(sections, resolver);
    }

    /// <summary>In what the file is written.</summary>
    public Dialect Dialect { get; init; }

    /// <summary>The sections.</summary>
    public TemplateSections Sections { get; }

    /// <summary>The places of the text.</summary>
    public PlaceMap Map { get; }

    /// <summary>The links.</summary>
    public LinkReader Links { get; }

    /// <summary>The settings of a resource's properties.</summary>
    public SettingReader SettingsOf(TemplateResource resource, YamlMapping? shared) =>
        SettingsOf(resource, resource.Properties, shared ?? resource.Origin?.Shared);

    /// <summary>The settings of a mapping within a resource.</summary>
    public SettingReader SettingsOf(TemplateResource resource, YamlMapping? own, YamlMapping? shared) => new(resolver, Map, own, shared, WhyUnknown(resource));

    /// <summary>The settings of a mapping that belongs to the template itself.</summary>
    public SettingReader SettingsOf(YamlMapping? own) => new(resolver, Map, own, null, null);

    /// <summary>Where and how a resource is written.</summary>
    public ResourceSite SiteOf(TemplateResource resource) =>
        SiteOf(resource.Entry, resource.Origin is null ? resource.Properties : resource.Origin.Written, resource.Condition);

    /// <summary>Where and how something is written that is no resource by itself, such as a function's event.</summary>
    /// <param name="entry">Its entry.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="condition">The condition under which it is deployed.</param>
    public ResourceSite SiteOf(YamlEntry entry, YamlMapping? properties, string? condition) =>
        new()
        {
            Declaration = Map.PlaceOf(entry.Key),
            Whole = Map.PlaceOf(entry.Key.Start, entry.Value.End),
            PropertiesPlace = properties is null ? Place.None : Map.PlaceOf(properties),
            Properties = PropertyPaths.Of(properties, Map),
            Condition = condition,
        };

    /// <summary>Where and how an item of a list is written.</summary>
    /// <param name="item">The item.</param>
    /// <param name="condition">The condition under which its resource is deployed.</param>
    public ResourceSite SiteOf(YamlMapping item, string? condition) =>
        new()
        {
            Declaration = Map.PlaceOf(item),
            Whole = Map.PlaceOf(item),
            PropertiesPlace = Map.PlaceOf(item),
            Properties = PropertyPaths.Of(item, Map),
            Condition = condition,
        };

    /// <summary>Why nothing can be known of a resource, or null.</summary>
    public string? WhyUnknown(TemplateResource resource) =>
        Sections.Macro is { } macro ? $"the macro '{macro}' may rewrite the template"
        : resource.Body.HasFunctions && resource.Body[TemplateResource.Unread]?.Value is YamlScalar unread ? unread.Value
        : resource.Body.MayHaveOthers ? "a macro may rewrite the resource"
        : TemplateSections.MacroOf(resource.Properties?[TemplateSections.Transform]?.Value) is { } own ? $"the macro '{own}' may rewrite the resource"
        : resource.Body["Properties"] is { Value: YamlSequence or YamlScalar { IsNull: false } } ? "its properties are no mapping"
        : resource.Properties is { } properties && Intrinsic.Of(properties) is { } function ? $"its properties are the result of {function.Name}"
        : null;

    /// <summary>Whether a resource is certainly not deployed. What only a parameter's default keeps away may still be.</summary>
    public bool IsNeverDeployed(TemplateResource resource) =>
        resource.Condition is { } condition && resolver.Condition(condition) is { Value: false, Basis.Provenance: Provenance.Literal };
}
