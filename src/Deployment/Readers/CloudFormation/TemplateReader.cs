using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Reads CloudFormation and SAM templates, in YAML and in JSON.</summary>
internal static class TemplateReader
{
    /// <summary>Reads a file. Any text gives a model: what cannot be read is one of its problems, and a file that is no template says so.</summary>
    /// <param name="path">The file, for places.</param>
    /// <param name="text">Its text.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static DeploymentModel Read(string path, string text, CancellationToken cancellation) =>
        TemplateText.Read(
            path,
            text,
            (yaml, map) => TemplateSections.Of(yaml.Root) is { } sections ? Read(path, text, (yaml, map), new(sections, map), yaml.Root, cancellation) : null,
            cancellation
        );

    /// <summary>The model of a template, written as such or made by a framework.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="source">The text as YAML, and its places.</param>
    /// <param name="context">The template.</param>
    /// <param name="template">The node whose metadata is about all of the template, or null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static DeploymentModel Read(
        string path,
        string text,
        (YamlText Yaml, TextMap Map) source,
        TemplateContext context,
        YamlNode? template,
        CancellationToken cancellation
    )
    {
        var (yaml, map) = source;
        var resources = new ResourceReader(context);
        foreach (var resource in context.Sections.Resources.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            resources.Read(resource);
        }

        return new(path, resources.Functions, resources.Queues, resources.Mappings, resources.Others)
        {
            Dialect = context.Dialect,
            ResourcePolicies = resources.ResourcePolicies,
            Problems = TemplateText.ProblemsOf(yaml, map),
            Suppressions = [.. SuppressionReader.Read(text, yaml, map), .. MetadataSuppressions.Read(template, context.Sections, map)],
        };
    }
}
