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
    public static DeploymentModel Read(string path, string text, CancellationToken cancellation)
    {
        var map = new TextMap(path, text.Length > YamlText.MaximumLength ? "" : text);
        var yaml = YamlText.Read(text, cancellation);
        if (yaml.Fault is { } fault)
            return Failed(path, fault, map);
        try
        {
            return TemplateSections.Of(yaml.Root) is { } sections ? Read(path, text, yaml, sections, map, cancellation) : new(path) { IsTemplate = false };
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // A mistake of ours must not break the build that an analyzer runs in.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Failed(path, new(0, 0, $"The template cannot be understood: {exception.Message}"), map);
        }
    }

    private static DeploymentModel Failed(string path, YamlFault fault, TextMap map) => new(path) { IsTemplate = false, Problems = [ProblemOf(fault, map)] };

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
            Problems = [.. yaml.Doubts.Select(doubt => ProblemOf(doubt, map))],
            Suppressions = [.. SuppressionReader.Read(text, yaml, map), .. MetadataSuppressions.Read(yaml.Root, sections, map)],
        };
    }

    private static Problem ProblemOf(YamlFault fault, TextMap map) => new(map.PlaceOf(fault.Start, fault.End), fault.Text);
}
