using System.Collections.Immutable;
using AtLeastOnce.CodeFixes.Deployments;
using AtLeastOnce.Deployment.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>
/// A fix that edits the template in whatever dialect it is written, or the C# that deploys by the CDK, for findings on a handler's name and for findings in the template alike. The text is read anew and changed in place, so comments, order,
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
            if (await EditedAsync(solution, target.Template, [target], context.CancellationToken).ConfigureAwait(false) is not { Changed: [var path, ..] })
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
            if (await EditedAsync(changed, template.Key, template, cancellationToken).ConfigureAwait(false) is { } documents)
                changed = documents.In(changed);
        }

        return changed;
    }

    // The files that change, the one of the first change first.
    private async Task<DeploymentDocuments?> EditedAsync(
        Solution solution,
        string path,
        IEnumerable<TemplateTarget> targets,
        CancellationToken cancellationToken
    )
    {
        if (await DeploymentDocuments.OfAsync(solution, path, cancellationToken).ConfigureAwait(false) is not { } documents)
            return null;
        foreach (var target in targets)
        {
            if (documents.Read(cancellationToken) is { } text)
                documents.Change(Edit(text, target));
        }

        return documents;
    }
}
