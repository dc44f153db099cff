using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts.TimeBudget;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Time;

/// <summary>
/// Delays and retries of a handler that outlive the visibility timeout of its queue (B-16, G-100): another poller gets the messages while they are being worked on.
/// The visibility timeout begins at the receive, so a batching window is part of it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether to wait less, to leave the retry to the queue or to hide messages longer is a decision about the work.")]
public sealed class ALO306WaitsOutlastVisibility : HandlerRule
{
    internal const string Id = "ALO306";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Waits in the handler outlive the visibility timeout",
        "The waits of '{0}' for a full batch may take {1}: {2}.{3} Queue '{4}' shows its messages again {5} s{6} after they were received: they are delivered a second time while this invocation still works on them. Leave retries to the queue and report the failed messages, or raise the visibility timeout.{7}{8}",
        "The visibility timeout of a message begins when Lambda's poller receives it; the batching window, the delays and the retries of the handler are part of it. When it is over, another invocation gets the message, whatever the first one still does."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool IsAboutDeployments => true;

    private protected override bool Applies(Handler handler) => !handler.IsStream && !handler.Mappings.IsEmpty;

    private protected override void Check(Handler handler, AnalysisSession session, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (TimeVerdict.Of(handler, session, cancellationToken) is not { Cause: TimeCause.Waits } verdict)
            return;
        static bool IsWait(TimePart part) => part is { IsWait: true, Source: LimitSource.Explicit };
        var pass = TimeVerdict.LongestPass(session.TimeOf(handler, cancellationToken), verdict.BatchSize, IsWait);
        var waits = pass.Record.From(IsWait);
        var longest = waits.Parts.OrderByDescending(part => part.Longest).First();
        var queue = verdict.Link.Queue!;
        var turns = pass.TurnsOf(verdict.BatchSize);
        report(
            Diagnostic.Create(
                Descriptor,
                TimePlaces.Of(handler, longest.Frame, longest.Operation.Syntax),
                Findings.About(handler),
                handler.Name,
                WorstCase.Text(verdict.Total),
                turns == 1 ? waits.Reckoning : $"{turns} messages, each {WorstCase.Text(waits.Total)} = {waits.Reckoning}",
                verdict.Window == 0 ? "" : FormattableString.Invariant($" Before that they may wait {verdict.Window} s for their batch to fill."),
                queue.LogicalId,
                verdict.Limit,
                TimePlaces.Where(queue.VisibilityTimeout),
                TimePlaces.Path(handler, longest.Frame),
                TimePlaces.Assumption(verdict.Parameter)
            )
        );
    }
}
