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
            (yaml, map) => TemplateSections.Of(yaml.Root) is { } sections ? Read(path, text, yaml, sections, map, cancellation) : null,
            cancellation
        );

    private static DeploymentModel Read(string path, string text, YamlText yaml, TemplateSections sections, TextMap map, CancellationToken cancellation)
    {
        var resources = new ResourceReader(new(sections, map));
        foreach (var resource in sections.Resources.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            resources.Read(resource);
        }

        return new(path, resources.Functions, resources.Queues, resources.Mappings, resources.Others)
        {
            Problems = TemplateText.ProblemsOf(yaml, map),
            Suppressions = [.. SuppressionReader.Read(text, yaml, map), .. MetadataSuppressions.Read(yaml.Root, sections, map)],
        };
    }
}
