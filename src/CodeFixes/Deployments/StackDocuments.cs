using AtLeastOnce.Analyzers.Deployments.Cdk;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.CodeFixes.Deployments.Cdk;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Deployments;

/// <summary>The C# files of a project that deploys by the CDK.</summary>
internal sealed class StackDocuments : DeploymentDocuments
{
    private readonly Compilation compilation;

    private StackDocuments(Compilation compilation, Dictionary<string, SourceText> texts)
        : base(texts) => this.compilation = compilation;

    /// <inheritdoc cref="DeploymentDocuments.OfAsync"/>
    public static new async Task<DeploymentDocuments?> OfAsync(Solution solution, string path, CancellationToken cancellationToken)
    {
        if (
            DocumentsOf(solution, path).FirstOrDefault() is not { Project: { } project }
            || await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation
        )
            return null;
        var texts = new Dictionary<string, SourceText>(StringComparer.Ordinal);
        foreach (var document in project.Documents.Where(document => document.FilePath is not null))
            texts[document.FilePath!] = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return new StackDocuments(compilation, texts);
    }

    /// <inheritdoc/>
    public override DeploymentText? Read(CancellationToken cancellationToken)
    {
        var current = With(compilation, Changed.Select(path => (path, Texts[path])));
        if (CdkReader.Read(current, new SemanticModels(current), cancellationToken) is not { } model)
            return null;

        // Nothing is written into any other file.
        var written = new HashSet<string>(model.Resources.Select(resource => resource.Declaration.Path), StringComparer.Ordinal);
        List<DeploymentFile> originals =
        [
            .. Texts.Where(text => written.Contains(text.Key)).Select(text => new DeploymentFile(text.Key, text.Value.ToString())),
        ];
        return new(originals, model, new CdkWriter(current, model), Reread);

        DeploymentModel Reread(IReadOnlyList<DeploymentFile> edited)
        {
            var files = edited.Where((file, index) => !ReferenceEquals(file.Text, originals[index].Text)).ToList();
            var next = With(current, files.Select(file => (file.Path, SourceText.From(file.Text))));
            return
                files.TrueForAll(file => ErrorsIn(next, file.Path) <= ErrorsIn(current, file.Path))
                && CdkReader.Read(next, new SemanticModels(next), cancellationToken) is { } read
                ? read
                : new() { IsTemplate = false };
        }

        int ErrorsIn(Compilation one, string path) =>
            TreesOf(one, path)
                .SelectMany(tree => new SemanticModels(one).Of(tree).GetDiagnostics(cancellationToken: cancellationToken))
                .Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    private protected override Solution With(Solution solution, string path, SourceText text) =>
        DocumentsOf(solution, path).Aggregate(solution, (current, document) => current.WithDocumentText(document.Id, text));

    private static Compilation With(Compilation compilation, IEnumerable<(string Path, SourceText Text)> files) =>
        files.Aggregate(
            compilation,
            (current, file) => TreesOf(current, file.Path).Aggregate(current, (one, tree) => one.ReplaceSyntaxTree(tree, tree.WithChangedText(file.Text)))
        );

    private static List<SyntaxTree> TreesOf(Compilation compilation, string path) => [.. compilation.SyntaxTrees.Where(tree => tree.FilePath == path)];

    private static IEnumerable<Document> DocumentsOf(Solution solution, string path) =>
        solution.Projects.SelectMany(project => project.Documents).Where(document => document.FilePath == path);
}
