using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Readers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>
/// A fix that edits the template in whatever dialect it is written, for findings on a handler's name and for findings in the template alike. The text is read anew and changed in place, so comments, order,
/// line ends and encoding stay; every document of the solution that is the same file gets the same text. Nothing is offered where the edit is not safe.
/// </summary>
public abstract class TemplateCodeFix : CodeFixProvider
{
    private readonly string id;
    private readonly string action;

    private protected TemplateCodeFix(string id, string action)
    {
        (this.id, this.action) = (id, action);
        FixableDiagnosticIds = ImmutableArray.Create(id);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>The key by which "fix all" knows the action: <c>ALO302.RaiseVisibilityTimeout</c>.</summary>
    internal string EquivalenceKey => $"{id}.{action}";

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new TemplateFixAllProvider(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var solution = context.TextDocument.Project.Solution;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (TemplateTarget.Of(diagnostic) is not { } target)
                continue;
            if (await EditedAsync(solution, target.Template, [target], context.CancellationToken).ConfigureAwait(false) is not [var (path, _), ..])
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(Title(target with { Template = path }), cancellationToken => FixAsync(solution, [target], cancellationToken), EquivalenceKey),
                diagnostic
            );
        }
    }

    /// <summary>What the fix does, as a title; the target's template is the file that is changed, of several the first.</summary>
    private protected abstract string Title(TemplateTarget target);

    /// <summary>What the fix does in general, as the title of "fix all".</summary>
    internal abstract string FixAllTitle { get; }

    /// <summary>The changes; none where they cannot be made safely or are made already.</summary>
    private protected abstract IReadOnlyList<TemplateEdit> Edit(DeploymentText text, TemplateTarget target);

    /// <summary>The solution with the fixes of all targets: one after the other in the order given, and one change for each file.</summary>
    internal async Task<Solution> FixAsync(Solution solution, IReadOnlyCollection<TemplateTarget> targets, CancellationToken cancellationToken)
    {
        var changed = solution;
        foreach (var template in targets.GroupBy(target => target.Template, StringComparer.Ordinal))
        {
            foreach (var (path, text) in await EditedAsync(solution, template.Key, template, cancellationToken).ConfigureAwait(false))
            {
                foreach (var document in DocumentsOf(solution, path))
                    changed = changed.WithAdditionalDocumentText(document.Id, text);
            }
        }

        return changed;
    }

    private static IEnumerable<TextDocument> DocumentsOf(Solution solution, string path) =>
        solution.Projects.SelectMany(project => project.AdditionalDocuments).Where(document => document.FilePath == path);

    // The files that are read as one with a template, and their texts.
    private static async Task<Dictionary<string, SourceText>> TextsOf(Solution solution, string path, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<string, SourceText>(StringComparer.Ordinal);
        if (DocumentsOf(solution, path).FirstOrDefault() is not { Project: { } project })
            return texts;
        var parts = new HashSet<string>(TemplateFiles.PartsOf(path, project.AnalyzerOptions).Select(part => part.Path), StringComparer.Ordinal);
        foreach (var document in project.AdditionalDocuments.Where(document => document.FilePath is { } name && (name == path || parts.Contains(name))))
            texts[document.FilePath!] = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return texts;
    }

    // The files that change, the one of the first change first.
    private async Task<IReadOnlyList<(string Path, SourceText Text)>> EditedAsync(
        Solution solution,
        string path,
        IEnumerable<TemplateTarget> targets,
        CancellationToken cancellationToken
    )
    {
        var texts = await TextsOf(solution, path, cancellationToken).ConfigureAwait(false);
        var changed = new List<string>();
        if (texts.Count == 0)
            return [];
        foreach (var target in targets)
        {
            foreach (var edits in Edit(Read(path, texts, cancellationToken), target).GroupBy(edit => edit.Path, StringComparer.Ordinal))
            {
                texts[edits.Key] = texts[edits.Key].WithChanges(edits.Select(edit => new TextChange(new TextSpan(edit.Start, edit.Length), edit.NewText)));
                changed.Add(edits.Key);
            }
        }

        return [.. changed.Distinct(StringComparer.Ordinal).Select(file => (file, texts[file]))];
    }

    private static DeploymentText Read(string path, Dictionary<string, SourceText> texts, CancellationToken cancellationToken)
    {
        if (!DeploymentReader.IsOfTerraform(path))
            return new(texts[path].ToString(), TemplateFiles.Read(path, texts[path], cancellationToken));
        List<DeploymentFile> files = [.. texts.Select(text => new DeploymentFile(text.Key, text.Value.ToString()))];
        return new(files, DeploymentReader.ReadModule(files.Select(file => (file.Path, file.Text)), cancellationToken));
    }
}
