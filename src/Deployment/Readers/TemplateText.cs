using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers;

/// <summary>Reads a YAML or JSON text of some dialect without ever throwing.</summary>
internal static class TemplateText
{
    /// <summary>Reads a text. Any text gives a model: what cannot be read is one of its problems, and a text of another dialect says that it is no template.</summary>
    /// <param name="path">The file, for places.</param>
    /// <param name="text">Its text.</param>
    /// <param name="read">Reads what the text holds; null if it is of another dialect.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static DeploymentModel Read(string path, string text, Func<YamlText, TextMap, DeploymentModel?> read, CancellationToken cancellation)
    {
        var map = new TextMap(path, text.Length > YamlText.MaximumLength ? "" : text);
        var yaml = YamlText.Read(text, cancellation);
        if (yaml.Fault is { } fault)
            return Failed(path, fault, map);
        try
        {
            return read(yaml, map) ?? new(path) { IsTemplate = false };
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

    /// <summary>What was read, but not as it stands.</summary>
    public static IReadOnlyList<Problem> ProblemsOf(YamlText yaml, TextMap map) => [.. yaml.Doubts.Select(doubt => ProblemOf(doubt, map))];

    private static DeploymentModel Failed(string path, YamlFault fault, TextMap map) => new(path) { IsTemplate = false, Problems = [ProblemOf(fault, map)] };

    private static Problem ProblemOf(YamlFault fault, TextMap map) => new(map.PlaceOf(fault.Start, fault.End), fault.Text);
}
