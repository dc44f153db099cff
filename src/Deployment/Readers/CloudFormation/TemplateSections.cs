using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>A resource as it is written.</summary>
/// <param name="Entry">Logical id and body.</param>
/// <param name="Body">The body.</param>
/// <param name="Type">The resource type.</param>
internal sealed record TemplateResource(YamlEntry Entry, YamlMapping Body, string Type)
{
    /// <summary>The entry by which a reader of another dialect says why nothing can be known of a resource.</summary>
    public const string Unread = "Fn::Unread";

    /// <summary>The logical id.</summary>
    public string LogicalId => Entry.Key.Value;

    /// <summary>The properties, if they are a plain mapping.</summary>
    public YamlMapping? Properties => Body["Properties"]?.Value as YamlMapping;

    /// <summary>The condition under which it is deployed, or null.</summary>
    public string? Condition => (Body["Condition"]?.Value as YamlScalar)?.Value;

    /// <summary>What a framework made the resource of; null for a resource that is written as such.</summary>
    public ResourceOrigin? Origin { get; init; }

    /// <summary>What holds when a setting is left out.</summary>
    public FrameworkDefaults Defaults => Origin is null ? FrameworkDefaults.CloudFormation : Origin.Defaults;
}

/// <summary>A template's sections.</summary>
internal sealed class TemplateSections
{
    /// <summary>The function by which a part of a template calls a macro for itself and what stands beside it.</summary>
    public const string Transform = "Fn::Transform";

    private const string Include = "AWS::Include";
    private const int MaximumTypeLength = 256;

    // Transforms of AWS itself that leave alone what is read here.
    private static readonly HashSet<string> KnownTransforms = new(StringComparer.Ordinal)
    {
        "AWS::Serverless-2016-10-31",
        "AWS::LanguageExtensions",
        "AWS::CodeDeployBlueGreen",
        "AWS::SecretsManager-2020-07-23",
        "AWS::SecretsManager-2024-09-16",
    };

    private TemplateSections(YamlMapping root, YamlMapping resources)
    {
        Parameters = Section(root, "Parameters");
        Mappings = Section(root, "Mappings");
        Conditions = Section(root, "Conditions");
        FunctionGlobals = root["Globals"]?.Value is YamlMapping globals ? globals["Function"]?.Value as YamlMapping : null;
        Macro = MacroOf(root["Transform"]?.Value) ?? MacroOf(root[Transform]?.Value) ?? MacroOf(resources[Transform]?.Value);
        Resources = ResourcesOf(resources);
        if (resources.MayHaveOthers)
            MadeElsewhere = "a loop or macro of the template";
        else if (root[Transform] is not null || Includes(root["Transform"]?.Value))
            MadeElsewhere = "a part that the template includes";
    }

    /// <summary>The sections of a template that a framework makes.</summary>
    /// <param name="template">Parameters, conditions and maps.</param>
    /// <param name="resources">The resources, made and written.</param>
    /// <param name="madeElsewhere">What may make resources that are not known, or null.</param>
    public TemplateSections(YamlMapping template, IReadOnlyDictionary<string, TemplateResource> resources, string? madeElsewhere)
        : this(template, new YamlMapping(template.Start, template.End, null, [], isFlow: false))
    {
        Resources = resources;
        MadeElsewhere = madeElsewhere;
    }

    /// <summary>The parameters by name.</summary>
    public IReadOnlyDictionary<string, YamlEntry> Parameters { get; }

    /// <summary>The maps of <c>Fn::FindInMap</c> by name.</summary>
    public IReadOnlyDictionary<string, YamlEntry> Mappings { get; }

    /// <summary>The conditions by name.</summary>
    public IReadOnlyDictionary<string, YamlEntry> Conditions { get; }

    /// <summary>What SAM gives every function of the template.</summary>
    public YamlMapping? FunctionGlobals { get; }

    /// <summary>A macro that may rewrite the whole template, or null.</summary>
    public string? Macro { get; }

    /// <summary>What makes resources that are not known: a loop, a macro, a file or a plugin; null if nothing does.</summary>
    public string? MadeElsewhere { get; }

    /// <summary>Whether there may be resources that are not known.</summary>
    public bool HasMadeResources => MadeElsewhere is not null;

    /// <summary>The resources by logical id, in the order written.</summary>
    public IReadOnlyDictionary<string, TemplateResource> Resources { get; }

    /// <summary>Where the id ends in <c>LogicalId.Attribute</c>; ids of other dialects may themselves have dots.</summary>
    public int EndOfId(string attribute)
    {
        var dot = attribute.IndexOf('.');
        return dot < 0 || Resources.ContainsKey(attribute.Substring(0, dot)) ? dot : attribute.LastIndexOf('.');
    }

    /// <summary>The sections of a template; null if the text is none.</summary>
    public static TemplateSections? Of(YamlNode? root)
    {
        if (root is not YamlMapping mapping || mapping["Resources"]?.Value is not YamlMapping resources)
            return null;
        var sections = new TemplateSections(mapping, resources);
        return sections.Resources.Count > 0 || mapping["AWSTemplateFormatVersion"] is not null || mapping["Transform"] is not null ? sections : null;
    }

    private static IReadOnlyDictionary<string, YamlEntry> Section(YamlMapping root, string name) =>
        root[name]?.Value is YamlMapping section ? section.ByName : new Dictionary<string, YamlEntry>();

    private static Dictionary<string, TemplateResource> ResourcesOf(YamlMapping resources)
    {
        var result = new Dictionary<string, TemplateResource>(StringComparer.Ordinal);
        foreach (var entry in resources.Members)
        {
            if (entry.Value is YamlMapping body && ResourceOf(entry, body) is { } resource)
                result[entry.Key.Value] = resource;
        }

        return result;
    }

    /// <summary>The resource that an entry declares, or null.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="body">Its body.</param>
    public static TemplateResource? ResourceOf(YamlEntry entry, YamlMapping body) =>
        body["Type"]?.Value is YamlScalar { Tag: null, Value: { Length: <= MaximumTypeLength } type } && type.Contains("::") ? new(entry, body, type) : null;

    // What is included comes beside what is written.
    private static bool Includes(YamlNode? transform) =>
        transform switch
        {
            YamlMapping mapping => (mapping["Name"]?.Value as YamlScalar)?.Value == Include,
            YamlSequence sequence => sequence.Items.Any(Includes),
            _ => false,
        };

    /// <summary>The macro that a transform calls, or null where it calls none but those of AWS that leave alone what is written.</summary>
    public static string? MacroOf(YamlNode? transform) =>
        transform switch
        {
            YamlScalar scalar => KnownTransforms.Contains(scalar.Value) || scalar.IsNull ? null : scalar.Value,
            YamlSequence sequence => sequence.Items.Select(MacroOf).FirstOrDefault(macro => macro is not null),
            YamlMapping mapping => (mapping["Name"]?.Value as YamlScalar)?.Value is var name && name == Include ? null : name ?? "Transform",
            _ => null,
        };
}
