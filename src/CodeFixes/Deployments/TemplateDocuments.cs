using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Readers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Deployments;

/// <summary>A template, or the files of a module.</summary>
internal sealed class TemplateDocuments : DeploymentDocuments
{
    private readonly string path;

    private TemplateDocuments(string path, Dictionary<string, SourceText> texts)
        : base(texts) => this.path = path;

    /// <inheritdoc cref="DeploymentDocuments.OfAsync"/>
    public static new async Task<DeploymentDocuments?> OfAsync(Solution solution, string path, CancellationToken cancellationToken)
    {
        if (DocumentsOf(solution, path).FirstOrDefault() is not { Project: { } project })
            return null;
        var texts = new Dictionary<string, SourceText>(StringComparer.Ordinal);
        var parts = new HashSet<string>(TemplateFiles.PartsOf(path, project.AnalyzerOptions).Select(part => part.Path), StringComparer.Ordinal);
        foreach (var document in project.AdditionalDocuments.Where(document => document.FilePath is { } name && (name == path || parts.Contains(name))))
            texts[document.FilePath!] = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return new TemplateDocuments(path, texts);
    }

    /// <inheritdoc/>
    public override DeploymentText Read(CancellationToken cancellationToken)
    {
        if (!DeploymentReader.IsOfTerraform(path))
            return new(Texts[path].ToString(), TemplateFiles.Read(path, Texts[path], cancellationToken));
        List<DeploymentFile> files = [.. Texts.Select(text => new DeploymentFile(text.Key, text.Value.ToString()))];
        return new(files, DeploymentReader.ReadModule(files.Select(file => (file.Path, file.Text)), cancellationToken));
    }

    private protected override Solution With(Solution solution, string path, SourceText text) =>
        DocumentsOf(solution, path).Aggregate(solution, (current, document) => current.WithAdditionalDocumentText(document.Id, text));

    private static IEnumerable<TextDocument> DocumentsOf(Solution solution, string path) =>
        solution.Projects.SelectMany(project => project.AdditionalDocuments).Where(document => document.FilePath == path);
}
