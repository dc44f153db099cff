using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>
/// "Fix all" for fixes that overlap: one fix may take away or move other findings, so the rule is asked again after each. The result is that of
/// repeated single fixes, from the first document's first finding on.
/// </summary>
internal sealed class OneByOneFixAll : FixAllProvider
{
    /// <summary>The only instance.</summary>
    public static OneByOneFixAll Instance { get; } = new();

    private OneByOneFixAll() { }

    /// <inheritdoc/>
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    /// <inheritdoc/>
    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        if (fixAllContext.CodeFixProvider is not HandlerFix fix || fixAllContext.CodeActionEquivalenceKey is not { } key)
            return Task.FromResult<CodeAction?>(null);
        return Task.FromResult<CodeAction?>(
            CodeAction.Create(
                $"Fix all {string.Join(", ", fixAllContext.DiagnosticIds.OrderBy(id => id, StringComparer.Ordinal))}",
                cancellationToken => FixAsync(fixAllContext, fix, key, cancellationToken),
                key
            )
        );
    }

    private static async Task<Solution> FixAsync(FixAllContext context, HandlerFix fix, string key, CancellationToken cancellationToken)
    {
        var solution = context.Solution;
        foreach (var document in Documents(context))
        {
            var most = (await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)).Length;
            for (
                var done = 0;
                done < most
                    && await FixFirstAsync(solution.GetDocument(document.Id)!, context.DiagnosticIds, fix, key, cancellationToken).ConfigureAwait(false)
                        is { } changed;
                done++
            )
            {
                solution = changed.Project.Solution;
            }
        }

        return solution;
    }

    private static async Task<Document?> FixFirstAsync(
        Document document,
        IEnumerable<string> ids,
        HandlerFix fix,
        string key,
        CancellationToken cancellationToken
    )
    {
        foreach (var id in ids)
        {
            foreach (var finding in await FixProof.FindingsAsync(document, id, cancellationToken).ConfigureAwait(false))
            {
                if (await fix.FixAsync(document, finding, key, cancellationToken).ConfigureAwait(false) is { } changed)
                    return changed;
            }
        }

        return null;
    }

    private static IEnumerable<Document> Documents(FixAllContext context) =>
        context.Scope switch
        {
            FixAllScope.Document when context.Document is { } document => [document],
            FixAllScope.Project => Ordered(context.Project),
            FixAllScope.Solution => context
                .Solution.Projects.Where(project => project.Language == LanguageNames.CSharp)
                .OrderBy(project => project.FilePath ?? project.Name, StringComparer.Ordinal)
                .SelectMany(Ordered),
            _ => [],
        };

    private static IEnumerable<Document> Ordered(Project project) =>
        project.Documents.OrderBy(document => document.FilePath ?? document.Name, StringComparer.Ordinal);
}
