using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>One run of a test: the means that its checks share.</summary>
internal sealed record TestSession(AnalyzerTest Test, ProjectFactory Projects, AnalyzerDriver Driver, CancellationToken CancellationToken)
{
    /// <summary>Analyses a state and compares what is said with what it expects.</summary>
    internal async Task<AnalysisOutcome> VerifyAsync(ProjectState state, string what)
    {
        var outcome = await Driver.AnalyseAsync(Projects.Create(state), what, withCompanions: true, CancellationToken).ConfigureAwait(false);
        DescriptorCheck.Verify(state, Test.Analyzers, outcome.Analyzers);
        ExpectationCheck.Verify(state, outcome.Analyzers.Concat(outcome.Compiler.Where(diagnostic => Test.Includes(diagnostic, state))), what);
        return outcome;
    }

    /// <summary>What the tested analyzers alone say of a state.</summary>
    internal async Task<ImmutableArray<Diagnostic>> AnalyseAsync(ProjectState state, string what, bool loadReferencesAnew = false) =>
        (await Driver.AnalyseAsync(Projects.Create(state, loadReferencesAnew), what, withCompanions: false, CancellationToken).ConfigureAwait(false)).Analyzers;
}
