using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>The two ways to make a handler report: which of them is right hangs on the queue's type.</summary>
internal static class ReportChoices
{
    private const string ReportTitle = "Report the failed messages";
    private const string StopAndReportRestTitle = "Stop at the first failure and report the rest";

    /// <summary>The ways to rewrite a whole handler.</summary>
    public static IEnumerable<FixChoice> For(Diagnostic diagnostic, string reportKey, string stopKey) =>
        Among(diagnostic, new FixChoice(reportKey, ReportTitle), new FixChoice(stopKey, StopAndReportRestTitle));

    /// <summary>Both ways, or the right one where the queue's type is known.</summary>
    public static IEnumerable<FixChoice> Among(Diagnostic diagnostic, FixChoice report, FixChoice stop)
    {
        diagnostic.Properties.TryGetValue(FindingProperties.QueueType, out var queueType);
        if (queueType != "Fifo")
            yield return report;
        if (queueType != "Standard")
            yield return stop;
    }

    /// <summary>Rewrites the handler whose name the finding marks.</summary>
    public static async Task<FixEdit?> RewriteAsync(FixTarget target, Diagnostic diagnostic, bool stops, CancellationToken cancellationToken) =>
        target.Handlers(cancellationToken).FirstOrDefault(handler => handler.Anchor.SourceSpan == diagnostic.Location.SourceSpan) is { } handler
            ? await ReportFailuresRewriter
                .RewriteAsync(target, handler, stops ? AfterFailure.Stop : AfterFailure.GoOn, swallowing: null, cancellationToken)
                .ConfigureAwait(false)
            : null;
}
