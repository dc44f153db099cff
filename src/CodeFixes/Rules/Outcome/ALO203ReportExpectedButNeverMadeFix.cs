using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Rewrites the handler so that it reports the messages that fail to the mapping that expects them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO203ReportExpectedButNeverMadeFix))]
public sealed class ALO203ReportExpectedButNeverMadeFix : HandlerFix
{
    internal const string ReportKey = "ALO203.Report";
    internal const string StopAndReportRestKey = "ALO203.StopAndReportRest";

    private protected override string Id => ALO203ReportExpectedButNeverMade.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => ReportChoices.For(diagnostic, ReportKey, StopAndReportRestKey);

    private protected override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken) =>
        ReportChoices.RewriteAsync(target, diagnostic, key == StopAndReportRestKey, cancellationToken);
}
