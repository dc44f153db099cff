using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Finds the templates among the additional files and reads each text once.</summary>
internal static class TemplateFiles
{
    private const string Marker = "build_metadata.AdditionalFiles.LambdaTemplate";
    private static readonly ConditionalWeakTable<SourceText, DeploymentModel> Models = new();

    // A module is read anew when one of its texts has changed: it hangs on its first one.
    private static readonly ConditionalWeakTable<SourceText, Module> Modules = new();

    /// <summary>Whether the file is one that may hold a template: marked by its item's metadata, or named as templates are.</summary>
    public static bool IsTemplate(AdditionalText file, AnalyzerOptions options)
    {
        if (options.AnalyzerConfigOptionsProvider.GetOptions(file).TryGetValue(Marker, out var marked) && marked.Length > 0)
            return string.Equals(marked, "true", StringComparison.OrdinalIgnoreCase);
        return DeploymentReader.IsName(file.Path);
    }

    /// <summary>The models of all templates of a compilation, ordered by path, without the files that turn out to be no template.</summary>
    public static IEnumerable<DeploymentModel> Read(AnalyzerOptions options, CancellationToken cancellationToken) =>
        ReadAll(options, cancellationToken).Where(model => model.IsTemplate);

    /// <summary>The model of one template; the same instance as long as the text is the same instance.</summary>
    public static DeploymentModel Read(string path, SourceText text, CancellationToken cancellationToken)
    {
        if (Models.TryGetValue(text, out var known) && known.Path == path)
            return known;
        var model = DeploymentReader.Read(path, text.ToString(), cancellationToken);
        Models.Remove(text);
        return Models.GetValue(text, _ => model);
    }

    /// <summary>The model that a file is a part of; null if it is none that may hold a template.</summary>
    public static DeploymentModel? Read(AdditionalText file, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        if (!IsTemplate(file, options) || file.GetText(cancellationToken) is not { } text)
            return null;
        if (!DeploymentReader.IsOfTerraform(file.Path))
            return Read(file.Path, text, cancellationToken);
        return ReadModule(PartsOf(file.Path, options), cancellationToken);
    }

    /// <summary>The files that are read as one with a file: of a Terraform module all of its folder.</summary>
    public static IEnumerable<AdditionalText> PartsOf(string path, AnalyzerOptions options) =>
        DeploymentReader.IsOfTerraform(path)
            ? options.AdditionalFiles.Where(other =>
                DeploymentReader.IsOfTerraform(other.Path)
                && DeploymentReader.FolderOf(other.Path) == DeploymentReader.FolderOf(path)
                && IsTemplate(other, options)
            )
            : options.AdditionalFiles.Where(other => other.Path == path);

    private static IEnumerable<DeploymentModel> ReadAll(AnalyzerOptions options, CancellationToken cancellationToken)
    {
        var modules = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in options.AdditionalFiles.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (DeploymentReader.IsOfTerraform(file.Path) && modules.Contains(DeploymentReader.FolderOf(file.Path)))
                continue;
            if (Read(file, options, cancellationToken) is not { } model)
                continue;
            if (DeploymentReader.IsOfTerraform(file.Path))
                modules.Add(DeploymentReader.FolderOf(file.Path));
            yield return model;
        }
    }

    private static DeploymentModel? ReadModule(IEnumerable<AdditionalText> files, CancellationToken cancellationToken)
    {
        var texts = files
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => (file.Path, Text: file.GetText(cancellationToken)))
            .Where(file => file.Text is not null)
            .Select(file => (file.Path, Text: file.Text!))
            .ToImmutableArray();
        if (texts.IsEmpty)
            return null;
        if (Modules.TryGetValue(texts[0].Text, out var known) && known.Texts.SequenceEqual(texts))
            return known.Model;
        var model = DeploymentReader.ReadModule(texts.Select(file => (file.Path, file.Text.ToString())), cancellationToken);
        Modules.Remove(texts[0].Text);
        return Modules.GetValue(texts[0].Text, _ => new(texts, model)).Model;
    }

    private sealed record Module(ImmutableArray<(string Path, SourceText Text)> Texts, DeploymentModel Model);
}
