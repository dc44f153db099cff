using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.TestKit;

/// <summary>Applies "fix all" in each scope that its provider supports, and expects what the single fixes gave.</summary>
internal sealed class FixAllRun(CodeFixTest test, TestSession session, FixOffers offers)
{
    private static readonly ImmutableArray<(FixAllScope Scope, CodeFixTestBehaviors Skip)> s_scopes =
    [
        (FixAllScope.Document, CodeFixTestBehaviors.SkipFixAllInDocumentCheck),
        (FixAllScope.Project, CodeFixTestBehaviors.SkipFixAllInProjectCheck),
        (FixAllScope.Solution, CodeFixTestBehaviors.SkipFixAllInSolutionCheck),
    ];

    /// <exception cref="VerificationException">"Fix all" does not lead to the expected state.</exception>
    internal async Task VerifyAsync(ProjectState input, ProjectState expected)
    {
        if (test.CodeFixTestBehaviors.HasFlag(CodeFixTestBehaviors.FixOne))
            return;
        foreach (var (scope, skip) in s_scopes)
        {
            if (!test.CodeFixTestBehaviors.HasFlag(skip))
                await VerifyAsync(scope, input, expected).ConfigureAwait(false);
        }
    }

    private async Task VerifyAsync(FixAllScope scope, ProjectState input, ProjectState expected)
    {
        var chosen = await offers.ChosenAsync(session.Projects.Create(input)).ConfigureAwait(false);
        if (chosen.IsEmpty || chosen.Any(offer => !Supports(offer, scope)))
            return;
        var groups = chosen
            .DistinctBy(offer => (offer.Diagnostic.Id, offer.Action.EquivalenceKey, scope == FixAllScope.Document ? offer.Document.Id : null))
            .Count();
        var bound = Iterations.Of(test.NumberOfFixAllIterations, atMostByDefault: 1, times: groups);

        var state = input;
        var applied = 0;
        while (true)
        {
            var project = session.Projects.Create(state);
            if ((await offers.ChosenAsync(project).ConfigureAwait(false)).FirstOrDefault() is not { } offer)
                break;
            if (applied == bound.Most)
            {
                var differences = SolutionState.Differences(expected, state);
                var offered = await offers.DescribeAsync(project).ConfigureAwait(false);
                throw new VerificationException(
                    $"Fix all in {scope}: a fix is still offered after {applied} applications; stated are {bound}.\n{differences}{offered}"
                );
            }

            state = await ApplyAsync(scope, offer, project, state).ConfigureAwait(false);
            applied++;
        }

        if (SolutionState.Differences(expected, state) is { } different)
            throw new VerificationException($"Fix all in {scope} does not give what the single fixes give.\n{different}");
        if (bound.Exactly && applied != bound.Most)
            throw new VerificationException($"Fix all in {scope} was applied {applied} times; stated are {bound}.");
    }

    private async Task<ProjectState> ApplyAsync(FixAllScope scope, FixOffer offer, Project project, ProjectState state)
    {
        var diagnostics = new DiagnosticSource(session);
        ImmutableArray<string> ids = [offer.Diagnostic.Id];
        var key = offer.Action.EquivalenceKey;
        var context = offer.Document is Document document
            ? new FixAllContext(document, offer.Fix, scope, key!, ids, diagnostics, session.CancellationToken)
            : new FixAllContext(project, offer.Fix, scope, key!, ids, diagnostics, session.CancellationToken);
        var action =
            await offer.Fix.GetFixAllProvider()!.GetFixAsync(context).ConfigureAwait(false)
            ?? throw new VerificationException($"Fix all in {scope} offers nothing for {DiagnosticText.Of(offer.Diagnostic)}");
        var changed = await SolutionState
            .ReadAsync(await offers.ApplyAsync(action).ConfigureAwait(false), project.Id, state, session.CancellationToken)
            .ConfigureAwait(false);
        return SolutionState.SameTexts(changed, state)
            ? throw new VerificationException($"Fix all in {scope} changes nothing for {DiagnosticText.Of(offer.Diagnostic)}")
            : changed;
    }

    private static bool Supports(FixOffer offer, FixAllScope scope) =>
        offer.Fix.GetFixAllProvider() is { } provider
        && provider.GetSupportedFixAllScopes().Contains(scope)
        && (scope != FixAllScope.Document || offer.Document is Document);

    /// <summary>Diagnostics for "fix all": those of a document lie in its tree, those of a project lie in no document, and all are also those of additional
    /// files.</summary>
    private sealed class DiagnosticSource(TestSession session) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
        {
            var outcome = await session.Driver.AnalyseAsync(project, "a state between fixes", withCompanions: false, cancellationToken).ConfigureAwait(false);
            return DiagnosticText.InOrder(outcome.Analyzers.Concat(outcome.Compiler));
        }

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false);
            var all = await GetAllDiagnosticsAsync(document.Project, cancellationToken).ConfigureAwait(false);
            return all.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await GetAllDiagnosticsAsync(project, cancellationToken).ConfigureAwait(false)).Where(diagnostic => diagnostic.Location == Location.None);
    }
}
