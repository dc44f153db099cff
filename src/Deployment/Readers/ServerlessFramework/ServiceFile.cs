using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.ServerlessFramework.Variables;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework;

/// <summary>A function as a service writes it.</summary>
/// <param name="Entry">Its name and body.</param>
/// <param name="Body">The body.</param>
internal sealed record ServiceFunction(YamlEntry Entry, YamlMapping Body)
{
    /// <summary>The name.</summary>
    public string Name => Entry.Key.Value;
}

/// <summary>The sections of a service's file.</summary>
internal sealed class ServiceFile
{
    private readonly List<YamlMapping> templates = [];

    private ServiceFile(YamlMapping root)
    {
        Root = root;
        Variables = new(root);
        Provider = Variables.Collection(root["provider"]?.Value, out _) as YamlMapping;
        Plugins = Plugins.Of(root, Variables);
        Functions = [.. Parts("functions").SelectMany(FunctionsOf)];
        templates.AddRange(Parts("resources"));
        Elsewhere ??= Plugins.Meddler ?? (root["constructs"] is null ? null : "a construct of Lift");
    }

    /// <summary>The whole file.</summary>
    public YamlMapping Root { get; }

    /// <summary>Its variables.</summary>
    public VariableResolver Variables { get; }

    /// <summary>What holds for all functions, if it is a mapping.</summary>
    public YamlMapping? Provider { get; }

    /// <summary>The plugins.</summary>
    public Plugins Plugins { get; }

    /// <summary>The functions, in the order written.</summary>
    public IReadOnlyList<ServiceFunction> Functions { get; }

    /// <summary>The CloudFormation of the service's own, one part or several that are laid over each other.</summary>
    public IReadOnlyList<YamlMapping> Templates => templates;

    /// <summary>What may make or change what is not in the file: another file, a plugin; null if nothing does.</summary>
    public string? Elsewhere { get; private set; }

    /// <summary>The sections of a service on AWS; null if the text is none.</summary>
    public static ServiceFile? Of(YamlNode? root)
    {
        if (root is not YamlMapping mapping || mapping["service"] is null || mapping["provider"]?.Value is not { } provider)
            return null;
        var name = provider is YamlMapping section ? section["name"]?.Value : provider;
        var isOfAws = name is YamlScalar scalar && (scalar.Value == "aws" || scalar.Value.Contains(VariableText.Open));
        var isService = mapping["functions"] is not null || mapping["resources"] is not null;
        return isOfAws || (name is null && isService) ? new(mapping) : null;
    }

    /// <summary>The text that a node certainly is, or null.</summary>
    public string? TextOf(YamlNode? node) => node is { Tag: null } && Variables.Resolve(node) is { Alternatives: [{ Text.Literal: { } text }] } ? text : null;

    /// <summary>Whether a node is certainly true, or certainly false; null where it is neither.</summary>
    public bool? FlagOf(YamlNode? node) =>
        TextOf(node) is not { } text ? null
        : string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) ? true
        : string.Equals(text, "false", StringComparison.OrdinalIgnoreCase) ? false
        : null;

    /// <summary>The text that a node is, with what is known only when deployed written as in <c>Fn::Sub</c>; empty where it is none.</summary>
    public string SymbolicTextOf(YamlNode node) => Variables.Resolve(node) is { Alternatives: [{ Text: { } text }] } ? text.ToString() : "";

    /// <summary>A mapping that a node is, or that its variable stands for, or null.</summary>
    public YamlMapping? MappingOf(YamlNode? node) => Variables.Collection(node, out _) as YamlMapping;

    /// <summary>The name by which the framework tells a source apart in a mapping's logical id.</summary>
    /// <param name="arn">The source's ARN, in any notation.</param>
    /// <param name="separator">What stands before the name.</param>
    public string SourceNameOf(YamlNode arn, char separator)
    {
        if (Intrinsic.Of(arn) is { } reference)
        {
            var last = reference.Name == "Fn::Join" && reference.Items is [_, YamlSequence { Items: [.., YamlScalar end] }] ? end : null;
            var name = (last is null ? null : TextOf(last) ?? last.Value) ?? reference.TextAt(0) ?? (reference.Argument as YamlScalar)?.Value ?? "";
            return reference.Name == "Fn::GetAtt" ? name.Split('.')[0] : name.Substring(name.LastIndexOf('/') + 1);
        }

        // What is not known is told apart by how it is written.
        var text = SymbolicTextOf(arn);
        var parts = (text.Length == 0 && arn is YamlScalar unknown ? unknown.Value : text).Split(separator);
        return separator == '/' && parts.Length > 1 ? parts[1] : parts[parts.Length - 1];
    }

    /// <summary>Notes that something may be made or changed outside the file.</summary>
    public void Miss(string elsewhere) => Elsewhere ??= elsewhere;

    /// <summary>The mappings that a node is: one, or a list of them.</summary>
    private IEnumerable<YamlMapping> Parts(string name)
    {
        var node = Root[name]?.Value;
        var section = Variables.Collection(node, out var why);
        if (why is not null)
            Miss(Quoted(node));
        IReadOnlyList<YamlNode> items =
            section is YamlSequence sequence ? sequence.Items
            : section is not null ? [section]
            : [];
        foreach (var item in items)
        {
            if (Variables.Collection(item, out why) is YamlMapping mapping)
                yield return mapping;
            else if (why is not null)
                Miss(Quoted(item));
        }
    }

    private IEnumerable<ServiceFunction> FunctionsOf(YamlMapping section)
    {
        foreach (var entry in section.Members)
        {
            if (Variables.Collection(entry.Value, out var why) is YamlMapping body)
                yield return new(entry, body);
            else if (why is not null)
                Miss(Quoted(entry.Value));
        }
    }

    private static string Quoted(YamlNode? node) => node is YamlScalar scalar ? $"'{scalar.Value}'" : "another file";
}
