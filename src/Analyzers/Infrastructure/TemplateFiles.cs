using System.Runtime.CompilerServices;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Finds the templates among the additional files and reads each text once.</summary>
internal static class TemplateFiles
{
    private const string Marker = "build_metadata.AdditionalFiles.LambdaTemplate";
    private static readonly string[] Names = ["template.yaml", "template.yml", "template.json", "serverless.template"];
    private static readonly string[] Endings = [".template", ".template.json", ".template.yaml", ".template.yml"];
    private static readonly ConditionalWeakTable<SourceText, DeploymentModel> Models = new();

    /// <summary>Whether the file is one that may hold a template: marked by its item's metadata, or named as templates are.</summary>
    public static bool IsTemplate(AdditionalText file, AnalyzerOptions options)
    {
        if (options.AnalyzerConfigOptionsProvider.GetOptions(file).TryGetValue(Marker, out var marked) && marked.Length > 0)
        {
            return string.Equals(marked, "true", StringComparison.OrdinalIgnoreCase);
        }

        var name = file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1);
        return Names.Contains(name, StringComparer.OrdinalIgnoreCase) || Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The models of all templates of a compilation, ordered by path, without the files that turn out to be no template.</summary>
    public static IEnumerable<DeploymentModel> Read(AnalyzerOptions options, CancellationToken cancellationToken)
    {
        foreach (var file in options.AdditionalFiles.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (!IsTemplate(file, options) || file.GetText(cancellationToken) is not { } text)
                continue;
            var model = Read(file.Path, text, cancellationToken);
            if (model.IsTemplate)
                yield return model;
        }
    }

    /// <summary>The model of one template; the same instance as long as the text is the same instance.</summary>
    public static DeploymentModel Read(string path, SourceText text, CancellationToken cancellationToken)
    {
        if (Models.TryGetValue(text, out var known) && known.Path == path)
            return known;
        var model = TemplateReader.Read(path, text.ToString(), cancellationToken);
        Models.Remove(text);
        return Models.GetValue(text, _ => model);
    }
}
