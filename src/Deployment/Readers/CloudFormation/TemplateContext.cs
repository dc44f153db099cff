using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>What the readers of one template's resources share.</summary>
internal sealed class TemplateContext
{
    private readonly IntrinsicResolver resolver;

    /// <summary>Prepares to read a template's resources.</summary>
    public TemplateContext(TemplateSections sections, TextMap map)
    {
        (Sections, Map) = (sections, map);
        resolver = new(sections);
        Links = new(sections, resolver);
    }

    /// <summary>The sections.</summary>
    public TemplateSections Sections { get; }

    /// <summary>The places of the text.</summary>
    public TextMap Map { get; }

    /// <summary>The links.</summary>
    public LinkReader Links { get; }

    /// <summary>The settings of a resource's properties.</summary>
    public SettingReader SettingsOf(TemplateResource resource, YamlMapping? shared) => SettingsOf(resource, resource.Properties, shared);

    /// <summary>The settings of a mapping within a resource.</summary>
    public SettingReader SettingsOf(TemplateResource resource, YamlMapping? own, YamlMapping? shared) => new(resolver, Map, own, shared, WhyUnknown(resource));

    /// <summary>The settings of a mapping that belongs to the template itself.</summary>
    public SettingReader SettingsOf(YamlMapping? own) => new(resolver, Map, own, null, null);

    /// <summary>Why nothing can be known of a resource, or null.</summary>
    public string? WhyUnknown(TemplateResource resource) =>
        Sections.Macro is { } macro ? $"the macro '{macro}' may rewrite the template"
        : resource.Body.ByName.Keys.Any(key => key.StartsWith("Fn::", StringComparison.Ordinal)) ? "a macro may rewrite the resource"
        : resource.Body["Properties"] is { Value: YamlSequence or YamlScalar { IsNull: false } } ? "its properties are no mapping"
        : resource.Properties is { } properties && Intrinsic.Of(properties) is { } function ? $"its properties are the result of {function.Name}"
        : null;

    /// <summary>The place of a resource's properties.</summary>
    public Place PropertiesPlaceOf(TemplateResource resource) => resource.Properties is { } properties ? Map.PlaceOf(properties) : Place.None;

    /// <summary>Whether a resource is certainly not deployed. What only a parameter's default keeps away may still be.</summary>
    public bool IsNeverDeployed(TemplateResource resource) =>
        resource.Condition is { } condition && resolver.Condition(condition) is { Value: false, Basis.Provenance: Provenance.Literal };
}
