using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>One way of fixing a finding.</summary>
/// <param name="Key">The equivalence key, <c>ALO###.Action</c>: the same for all findings of a rule.</param>
/// <param name="Title">What it does, for lists.</param>
internal sealed record FixChoice(string Key, string Title);

/// <summary>
/// The base of the fixes that change a handler's code. A fix is computed and tried before it is offered: where it cannot be proven, nothing is offered.
/// </summary>
public abstract class HandlerFix : CodeFixProvider
{
    private protected HandlerFix() { }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Id);

    private protected abstract string Id { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => OneByOneFixAll.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var results = new List<SourceText>();
            foreach (var choice in ChoicesFor(diagnostic))
            {
                if (await FixAsync(context.Document, diagnostic, choice.Key, context.CancellationToken).ConfigureAwait(false) is { } changed)
                {
                    var text = await changed.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
                    if (results.Any(text.ContentEquals))
                        continue;
                    results.Add(text);
                    context.RegisterCodeFix(CodeAction.Create(choice.Title, _ => Task.FromResult(changed), choice.Key), diagnostic);
                }
            }
        }
    }

    /// <summary>The document after one fix; null when the fix cannot be proven right.</summary>
    internal async Task<Document?> FixAsync(Document document, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        if (ChoicesFor(diagnostic).All(choice => choice.Key != key))
            return null;
        if (await FixTarget.OfAsync(document, cancellationToken).ConfigureAwait(false) is not { } target)
            return null;
        if (await EditAsync(target, diagnostic, key, cancellationToken).ConfigureAwait(false) is not { } edit)
            return null;
        UsingDirectives.Add(edit.Edits, target, diagnostic.Location.SourceSpan.Start);
        var edited = await ApplyAsync(edit, document.WithText(edit.Edits.ApplyTo(target.Text)), cancellationToken).ConfigureAwait(false);
        var changed = await CompleteAsync(document, edited, cancellationToken).ConfigureAwait(false);
        return await FixProof.HoldsAsync(document, changed, Id, edit.Callers, cancellationToken).ConfigureAwait(false) ? changed : null;
    }

    private static async Task<Document> ApplyAsync(FixEdit edit, Document changed, CancellationToken cancellationToken)
    {
        var solution = changed.Project.Solution;
        foreach (var (id, edits) in edit.Others)
        {
            if (solution.GetDocument(id) is { } other)
                solution = solution.WithDocumentText(id, edits.ApplyTo(await other.GetTextAsync(cancellationToken).ConfigureAwait(false)));
        }

        return solution.GetDocument(changed.Id)!;
    }

    /// <summary>The ways to fix the finding, the one to try first at the front.</summary>
    private protected abstract IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic);

    /// <summary>The changes of one fix; null when the code has no shape for which they are known to be right.</summary>
    private protected abstract Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken);

    /// <summary>What has to be changed besides because of the changes, before the whole is tried.</summary>
    private protected virtual Task<Document> CompleteAsync(Document before, Document changed, CancellationToken cancellationToken) => Task.FromResult(changed);
}

/// <summary>The changes of a fix.</summary>
/// <param name="Edits">The changes of the document.</param>
/// <param name="Callers">Documents that must still compile after them.</param>
internal sealed record FixEdit(TextEdits Edits, ImmutableArray<DocumentId> Callers)
{
    /// <summary>Changes that nothing outside the document can notice.</summary>
    public FixEdit(TextEdits edits)
        : this(edits, ImmutableArray<DocumentId>.Empty) { }

    /// <summary>The changes of other documents, their imports included.</summary>
    public ImmutableArray<(DocumentId Document, TextEdits Edits)> Others { get; init; } = ImmutableArray<(DocumentId, TextEdits)>.Empty;
}
