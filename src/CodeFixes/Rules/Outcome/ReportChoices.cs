using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>The ways to make a handler report, each with what it does afterwards: which of them is right hangs on the source.</summary>
/// <param name="ReportKey">The key of: report the failed message and go on. For standard queues.</param>
/// <param name="StopAndReportRestKey">The key of: stop and report the failed message with the rest. For FIFO queues.</param>
/// <param name="StopAtFailureKey">The key of: stop and report the failed record. For streams.</param>
internal sealed record ReportChoices(string ReportKey, string StopAndReportRestKey, string StopAtFailureKey)
{
    /// <summary>The ways to rewrite a whole handler.</summary>
    public IEnumerable<FixChoice> OfHandler(Diagnostic diagnostic) =>
        Among(diagnostic, "Report the failed messages", "Stop at the first failure and report the rest", "Stop at the first failed record and report it");

    /// <summary>The ways to report at one place.</summary>
    public IEnumerable<FixChoice> OfPlace(Diagnostic diagnostic) =>
        Among(diagnostic, "Report the failed message", "Stop here and report the failed message and the rest", "Stop here and report the failed record");

    /// <summary>What the handler does after a failure, by the way that was chosen.</summary>
    public AfterFailure After(string key) =>
        key == StopAndReportRestKey ? AfterFailure.Stop
        : key == StopAtFailureKey ? AfterFailure.StopThere
        : AfterFailure.GoOn;

    /// <summary>Rewrites the handler whose name the finding marks.</summary>
    public async Task<FixEdit?> RewriteAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken) =>
        target.Handlers(cancellationToken).FirstOrDefault(handler => handler.Anchor.SourceSpan == diagnostic.Location.SourceSpan) is { } handler
            ? await ReportFailuresRewriter.RewriteAsync(target, handler, After(key), swallowing: null, cancellationToken).ConfigureAwait(false)
            : null;

    // A queue whose type is not known is fixed in two ways.
    private IEnumerable<FixChoice> Among(Diagnostic diagnostic, string report, string stop, string stopThere)
    {
        diagnostic.Properties.TryGetValue(FindingProperties.QueueType, out var type);
        if (type == "Stream")
        {
            yield return new(StopAtFailureKey, stopThere);
            yield break;
        }

        if (type != "Fifo")
            yield return new(ReportKey, report);
        if (type != "Standard")
            yield return new(StopAndReportRestKey, stop);
    }
}
