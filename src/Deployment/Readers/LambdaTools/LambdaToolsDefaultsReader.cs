using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.LambdaTools;

/// <summary>
/// Reads <c>aws-lambda-tools-defaults.json</c>, by which <c>dotnet lambda</c> and Visual Studio deploy: one function, whose mappings are made elsewhere, or the
/// template that describes the functions.
/// </summary>
internal static class LambdaToolsDefaultsReader
{
    private const string Handler = "function-handler";
    private const string Name = "function-name";
    private const string Template = "template";
    private const string WhyLeftOut = "what the file leaves out is given on the command line, or stays as it is deployed";
    private static readonly string[] OfFunction =
    [
        Handler,
        Name,
        "function-runtime",
        "function-timeout",
        "function-memory-size",
        "package-type",
        "image-command",
    ];

    /// <summary>Reads a file. Any text gives a model: what cannot be read is one of its problems, and a file of another kind says that it is no template.</summary>
    /// <param name="path">The file, for places.</param>
    /// <param name="text">Its text.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static DeploymentModel Read(string path, string text, CancellationToken cancellation) =>
        TemplateText.Read(
            path,
            text,
            (yaml, map) =>
                yaml.Root is YamlMapping { Tag: null } root && (root[Template] is not null || OfFunction.Any(key => root[key] is not null))
                    ? Read(path, yaml, root, map)
                    : null,
            cancellation
        );

    private static DeploymentModel Read(string path, YamlText yaml, YamlMapping root, TextMap map)
    {
        var context = new TemplateContext(new(root, new Dictionary<string, TemplateResource>(), null), map);
        var settings = context.SettingsOf(root);
        return new(path, root[Handler] is not null || root["image-command"] is not null ? [FunctionOf(root, settings, context)] : [])
        {
            Dialect = Dialect.LambdaTools,
            NamedTemplate = Filled(settings.Text(Template)),
            Problems = TemplateText.ProblemsOf(yaml, map),
        };
    }

    private static Function FunctionOf(YamlMapping root, SettingReader settings, TemplateContext context)
    {
        var declaration = (root[Handler] ?? root["image-command"])!.Key;
        var name = Filled(settings.Text(Name));
        var handler = Filled(settings.Text(Handler));
        var id = name.Single() ?? handler.Single()?.Split(':')[0] ?? "Function";
        return new(id)
        {
            Site = new()
            {
                Declaration = context.Map.PlaceOf(declaration),
                Whole = context.Map.PlaceOf(root),
                PropertiesPlace = context.Map.PlaceOf(root),
                Properties = PropertyPaths.Of(root, context.Map),
            },
            Name = name,
            Handler = handler,
            Runtime = Given(Filled(settings.Text("function-runtime"))),
            Timeout = Given(settings.Number("function-timeout", null)),
            MemorySize = Given(settings.Number("function-memory-size", null)),
            PackageType = settings
                .Text("package-type", Defaults.PackageType)
                .Select(type => string.Equals(type, "Image", StringComparison.OrdinalIgnoreCase) ? "Image" : Defaults.PackageType),
            ImageCommand = Filled(settings.Text("image-command")).Select<IReadOnlyList<string>>(command => [.. command.Split(',').Select(part => part.Trim())]),
            CodeUri = Setting<string>.Known([new(Filled(settings.Text("project-location")).Single() ?? ".", Place.None, Provenance.Literal, null)]),
            DeadLetter = IsEmpty(settings.Text("dead-letter-target-arn"))
                ? Setting<ResourceLink>.Missing()
                : context.Links.Read(settings, "dead-letter-target-arn"),
            Role = IsEmpty(settings.Text("function-role")) ? ResourceLink.Unknown(WhyLeftOut) : context.Links.ReadRequired(settings, "function-role"),
        };
    }

    // The wizard writes an empty text for what is not set.
    private static bool IsEmpty(Setting<string> setting) => setting.IsMissing || setting.Single() == "";

    private static Setting<string> Filled(Setting<string> setting) => IsEmpty(setting) ? Setting<string>.Missing(setting.Enclosing) : setting;

    private static Setting<T> Given<T>(Setting<T> setting) => setting.IsMissing ? Setting<T>.Unknown(WhyLeftOut).In(setting.Enclosing) : setting;
}
