using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.TestKit;

/// <summary>
/// Runs analyzers as <see cref="AnalyzerTest"/> does, then applies code fixes: one after the other until none is left, and by "fix all" in document,
/// project and solution.
/// Every way must lead to the fixed state, in which every file is compared by text, encoding and checksum algorithm, and which must compile.
/// Fixes of diagnostics in additional files are driven through <c>CodeFixContext(TextDocument, …)</c>; for those "fix all" has no document scope in the
/// compiler's public API.
/// </summary>
public class CodeFixTest : AnalyzerTest
{
    /// <summary>A test of these analyzers and fixes.</summary>
    public CodeFixTest(IEnumerable<DiagnosticAnalyzer> analyzers, IEnumerable<CodeFixProvider> fixes)
        : base([.. analyzers]) => Fixes = [.. fixes];

    /// <summary>The tested fixes.</summary>
    public ImmutableArray<CodeFixProvider> Fixes { get; }

    /// <summary>The first source of the fixed state, with marks for what remains.</summary>
    public string FixedCode
    {
        set => FixedState.Sources.SetFirst(value);
    }

    /// <summary>
    /// The project after all fixes. A kind of file of which nothing is stated is as in <see cref="AnalyzerTest.TestState"/>, and unless diagnostics are stated
    /// those of the input that no fix claims are expected to remain. When nothing at all is stated, no fix may be offered.
    /// </summary>
    public TestState FixedState { get; } = new();

    /// <summary>The equivalence key of the action to apply, or null to choose by <see cref="CodeActionIndex"/>.</summary>
    public string? CodeActionEquivalenceKey { get; set; }

    /// <summary>The index of the action among those offered; the first if null. Stated beside a key, both must name the same action.</summary>
    public int? CodeActionIndex { get; set; }

    /// <summary>How many fixes are applied one after the other: n for exactly n, −n for at most n; by default at most as many as there are fixable
    /// diagnostics.</summary>
    public int? NumberOfIncrementalIterations { get; set; }

    /// <summary>How many times "fix all" is applied for each id, equivalence key and, in the document scope, document: n for exactly n, −n for at most n; by
    /// default at most once.</summary>
    public int? NumberOfFixAllIterations { get; set; }

    /// <summary>Which checks are left out.</summary>
    public CodeFixTestBehaviors CodeFixTestBehaviors { get; set; }

    internal bool IsFixable(string id) => Fixes.Any(fix => fix.FixableDiagnosticIds.Contains(id));

    internal override string DefaultId() =>
        DefaultDiagnosticId ?? (Descriptors.Select(descriptor => descriptor.Id).Distinct().Where(IsFixable).ToArray() is [var only] ? only : base.DefaultId());

    internal override async Task RunAsync(TestSession session)
    {
        ExportCheck.VerifyFixes(Fixes, Descriptors);
        await base.RunAsync(session).ConfigureAwait(false);

        var input = StateReader.Read(TestState, Descriptors, DefaultId);
        var expected = StateReader.ReadFixed(FixedState, TestState, Descriptors, DefaultId, IsFixable, input);
        var offers = new FixOffers(this, session);
        await new IncrementalRun(this, session, offers).VerifyAsync(input, expected).ConfigureAwait(false);
        await new FixAllRun(this, session, offers).VerifyAsync(input, expected).ConfigureAwait(false);
        await VerifyFixedStateAsync(session, input, expected).ConfigureAwait(false);
    }

    private async Task VerifyFixedStateAsync(TestSession session, ProjectState input, ProjectState expected)
    {
        var before = await session
            .Driver.AnalyseAsync(session.Projects.Create(input), "the input", withCompanions: true, session.CancellationToken)
            .ConfigureAwait(false);
        var after = await session.VerifyAsync(expected, "the fixed state").ConfigureAwait(false);
        if (CodeFixTestBehaviors.HasFlag(CodeFixTestBehaviors.SkipNewCompanionDiagnosticsCheck))
            return;
        var counts = before.Companions.CountBy(diagnostic => diagnostic.Id).ToDictionary();
        var more = after
            .Companions.GroupBy(diagnostic => diagnostic.Id)
            .Where(group => group.Count() > counts.GetValueOrDefault(group.Key))
            .SelectMany(group => group)
            .ToArray();
        if (more.Length > 0)
        {
            var lines = DiagnosticText.InOrder(more).Select(DiagnosticText.Of);
            throw new VerificationException($"The fix leads to new diagnostics of other analyzers:\n    {string.Join("\n    ", lines)}");
        }
    }
}
