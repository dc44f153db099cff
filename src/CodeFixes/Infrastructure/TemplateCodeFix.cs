using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>
/// A fix that edits the template, for findings on a handler's name and for findings in the template alike. The text is read anew and changed in place, so comments, order,
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
            if (await EditedAsync(solution, target.Template, [target], context.CancellationToken).ConfigureAwait(false) is null)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(Title(target), cancellationToken => FixAsync(solution, [target], cancellationToken), EquivalenceKey),
                diagnostic
            );
        }
    }

    /// <summary>What the fix does, as a title.</summary>
    private protected abstract string Title(TemplateTarget target);

    /// <summary>What the fix does in general, as the title of "fix all".</summary>
    internal abstract string FixAllTitle { get; }

    /// <summary>The changes; none where they cannot be made safely or are made already.</summary>
    private protected abstract IReadOnlyList<TemplateEdit> Edit(string text, DeploymentModel model, TemplateTarget target);

    /// <summary>The solution with the fixes of all targets: one after the other in the order given, and one change for each template.</summary>
    internal async Task<Solution> FixAsync(Solution solution, IReadOnlyCollection<TemplateTarget> targets, CancellationToken cancellationToken)
    {
        var changed = solution;
        foreach (var template in targets.GroupBy(target => target.Template, StringComparer.Ordinal))
        {
            if (await EditedAsync(solution, template.Key, template, cancellationToken).ConfigureAwait(false) is not { } text)
                continue;
            foreach (var document in DocumentsOf(solution, template.Key))
                changed = changed.WithAdditionalDocumentText(document.Id, text);
        }

        return changed;
    }

    private static IEnumerable<TextDocument> DocumentsOf(Solution solution, string path) =>
        solution.Projects.SelectMany(project => project.AdditionalDocuments).Where(document => document.FilePath == path);

    private async Task<SourceText?> EditedAsync(Solution solution, string path, IEnumerable<TemplateTarget> targets, CancellationToken cancellationToken)
    {
        if (DocumentsOf(solution, path).FirstOrDefault() is not { } document)
            return null;
        var original = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var text = original;
        foreach (var target in targets)
        {
            var edits = Edit(text.ToString(), TemplateFiles.Read(path, text, cancellationToken), target);
            if (edits.Count > 0)
                text = text.WithChanges(edits.Select(edit => new TextChange(new TextSpan(edit.Start, edit.Length), edit.NewText)));
        }

        return text == original ? null : text;
    }
}
