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
    internal const string StopAtFailureKey = "ALO203.StopAtFailure";

    private static readonly ReportChoices Choices = new(ReportKey, StopAndReportRestKey, StopAtFailureKey);

    private protected override string Id => ALO203ReportExpectedButNeverMade.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => Choices.OfHandler(diagnostic);

    private protected override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken) =>
        Choices.RewriteAsync(target, diagnostic, key, cancellationToken);
}
