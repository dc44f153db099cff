using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework;

/// <summary>
/// Reads a service of the Serverless Framework (<c>serverless.yml</c>, <c>serverless.yaml</c>, <c>serverless.json</c>). The framework makes CloudFormation of it;
/// so does this reader, and reads that.
/// </summary>
internal static class ServerlessFrameworkReader
{
    /// <summary>Reads a file. Any text gives a model: what cannot be read is one of its problems, and a file that is no service says so.</summary>
    /// <param name="path">The file, for places.</param>
    /// <param name="text">Its text.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static DeploymentModel Read(string path, string text, CancellationToken cancellation) =>
        TemplateText.Read(
            path,
            text,
            (yaml, map) =>
                ServiceFile.Of(yaml.Root) is { } service
                    ? TemplateReader.Read(path, text, (yaml, map), ContextOf(service, map), template: null, cancellation)
                    : null,
            cancellation
        );

    private static TemplateContext ContextOf(ServiceFile service, TextMap map) =>
        new(new ServiceTemplate(service).Over(new ServiceCompiler(service).Compile()), map, service.Variables) { Dialect = Dialect.ServerlessFramework };
}
