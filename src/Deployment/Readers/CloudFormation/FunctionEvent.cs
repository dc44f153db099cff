using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>An event of a SAM function as it is written.</summary>
internal sealed class FunctionEvent
{
    /// <summary>Prepares to read an event.</summary>
    public FunctionEvent(TemplateContext context, TemplateResource function, YamlEntry entry, bool isGenerated)
    {
        (Entry, IsGenerated) = (entry, isGenerated);
        var body = entry.Value as YamlMapping;
        Type = body?["Type"]?.Value is YamlScalar { Tag: null } type ? type.Value : null;
        Properties = body?["Properties"]?.Value as YamlMapping;
        Settings = context.SettingsOf(function, Properties, null);
        LogicalId = function.LogicalId + Name;
        Site = context.SiteOf(entry, Properties, function.Condition);
        var alias = context.SettingsOf(function, context.Sections.FunctionGlobals).Text("AutoPublishAlias");
        var qualifier =
            alias.IsMissing ? null
            : alias.Single() is { } name ? $"{function.LogicalId}Alias{name}"
            : function.LogicalId + "Alias";
        Function = ResourceLink.To(function.LogicalId, context.Map.PlaceOf(function.Entry.Key), qualifier);
    }

    /// <summary>The event's name and body.</summary>
    public YamlEntry Entry { get; }

    /// <summary>The event's name.</summary>
    public string Name => Entry.Key.Value;

    /// <summary>The event's type, or null if it cannot be known.</summary>
    public string? Type { get; }

    /// <summary>The properties, if they are a mapping.</summary>
    public YamlMapping? Properties { get; }

    /// <summary>The settings of the event.</summary>
    public SettingReader Settings { get; }

    /// <summary>The id that SAM generates.</summary>
    public string LogicalId { get; }

    /// <summary>Where the event is written.</summary>
    public ResourceSite Site { get; }

    /// <summary>The function, or the alias that SAM moves along with it.</summary>
    public ResourceLink Function { get; }

    /// <summary>Whether the Amazon.Lambda.Annotations generator owns it.</summary>
    public bool IsGenerated { get; }
}

/// <summary>The events of a function that the Amazon.Lambda.Annotations generator writes.</summary>
internal sealed class GeneratedEvents
{
    private const string Tool = "Amazon.Lambda.Annotations";
    private readonly IReadOnlyList<string>? names;
    private readonly bool isGenerated;

    private GeneratedEvents(bool isGenerated, IReadOnlyList<string>? names) => (this.isGenerated, this.names) = (isGenerated, names);

    /// <summary>The events of a function.</summary>
    public static GeneratedEvents Of(TemplateContext context, TemplateResource function)
    {
        var metadata = context.SettingsOf(function.Body["Metadata"]?.Value as YamlMapping);
        return new(IsGenerated(metadata), metadata.Texts("SyncedEvents").OrMissing().Single());
    }

    /// <summary>Whether the generator made what a resource's metadata is about.</summary>
    public static bool IsGenerated(SettingReader metadata) => metadata.Text("Tool").All(tool => tool == Tool);

    /// <summary>Whether the generator owns an event. Where it does not list them, it owns all.</summary>
    public bool Contains(string name) => isGenerated && names?.Contains(name) != false;
}
