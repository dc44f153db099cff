using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Analyzers.Rules.Outcome;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>
/// Tries a fix before it is offered: the changed code must compile as well as before, also where it is called from, the finding must be gone,
/// and no rule may find anything new but advice, and what is the next step where the message was deleted before as well: a report that the mapping does not ask for yet (ALO202), with a fix of its own.
/// </summary>
internal static class FixProof
{
    private const DiagnosticSeverity Advice = DiagnosticSeverity.Info;

    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules = typeof(LambdaAnalyzer)
        .Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type))
        .ToImmutableArray();

    /// <summary>What the rules find in a document, ordered by place; of one rule, or of all.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindingsAsync(Document document, string? id, CancellationToken cancellationToken)
    {
        var rules = id is null ? Rules : Rules.Where(rule => rule.SupportedDiagnostics.Any(descriptor => descriptor.Id == id)).ToImmutableArray();
        if (
            await document.Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation
            || await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false) is not { } tree
            || rules.IsEmpty
        )
        {
            return ImmutableArray<Diagnostic>.Empty;
        }

        var options = new CompilationWithAnalyzersOptions(
            document.Project.AnalyzerOptions,
            onAnalyzerException: null,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false
        );
#pragma warning disable RS1030 // A fix asks about whole documents.
        var found = await compilation
            .WithAnalyzers(rules, options)
            .GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), null, cancellationToken)
            .ConfigureAwait(false);
#pragma warning restore RS1030
        return found.Where(diagnostic => id is null || diagnostic.Id == id).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToImmutableArray();
    }

    /// <summary>Whether the changed document is better by the finding, and worse by nothing.</summary>
    /// <param name="before">The document with the finding.</param>
    /// <param name="after">The document after the fix.</param>
    /// <param name="id">The finding's rule.</param>
    /// <param name="callers">Other documents that must still compile.</param>
    /// <param name="cancellationToken">Cancels the trial.</param>
    public static async Task<bool> HoldsAsync(Document before, Document after, string id, IEnumerable<DocumentId> callers, CancellationToken cancellationToken)
    {
        foreach (var caller in callers.Append(before.Id).Distinct())
        {
            var was = before.Project.Solution.GetDocument(caller);
            var becomes = after.Project.Solution.GetDocument(caller);
            if (was is not null && becomes is not null && !await CompilesAsWellAsync(was, becomes, cancellationToken).ConfigureAwait(false))
                return false;
        }

        var found = await FindingsAsync(before, null, cancellationToken).ConfigureAwait(false);
        var remaining = await FindingsAsync(after, null, cancellationToken).ConfigureAwait(false);
        if (Of(Counts(remaining), id) >= Of(Counts(found), id))
            return false;
        var were = Worsening(found);
        return Worsening(remaining).All(pair => pair.Key == id || pair.Value <= Of(were, pair.Key));

        Dictionary<string, int> Worsening(ImmutableArray<Diagnostic> findings) =>
            Counts(findings.Where(finding => !IsNextStepOf(id, finding.Id) && finding.Severity != Advice && finding.DefaultSeverity != Advice));
    }

    private static bool IsNextStepOf(string id, string found) => id == ALO204FailureSwallowed.Id && found == ALO202FailuresIgnoredByMapping.Id;

    private static async Task<bool> CompilesAsWellAsync(Document before, Document after, CancellationToken cancellationToken)
    {
        var were = Counts(await ComplaintsAsync(before, cancellationToken).ConfigureAwait(false));
        var are = Counts(await ComplaintsAsync(after, cancellationToken).ConfigureAwait(false));
        return are.All(pair => pair.Value <= Of(were, pair.Key));
    }

    private static async Task<ImmutableArray<Diagnostic>> ComplaintsAsync(Document document, CancellationToken cancellationToken) =>
        await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model
            ? model.GetDiagnostics(null, cancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToImmutableArray()
            : ImmutableArray<Diagnostic>.Empty;

    private static Dictionary<string, int> Counts(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.GroupBy(diagnostic => diagnostic.Id).ToDictionary(group => group.Key, group => group.Count());

    private static int Of(Dictionary<string, int> counts, string id) => counts.TryGetValue(id, out var count) ? count : 0;
}
