using System.Collections.Immutable;
using System.Globalization;
using AtLeastOnce.Analyzers.Facts.TimeBudget;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Time;

/// <summary>
/// A loop over the batch that waits for other systems, one record after the other, and never looks at the time that is left (G-91, G-104), although the handler could report
/// the records that it has not come to; or Powertools doing so without a token. Silent where the work is known to fit, and where another rule says that it does not.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO305RemainingTimeIgnored : HandlerRule
{
    internal const string Id = "ALO305";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Info,
        "The loop never looks at the time that is left",
        "'{0}' goes through up to {1} {2}s without a look at context.RemainingTime: when the other side is slow, Lambda ends it after {3} s{4}, and the whole batch {5}, with the {2}s that are done. Stop while there is time, and report {6}.{7}{8}",
        "A function that times out has failed for its whole batch, whatever it has done before. A handler that reports failures can return before that: what it has done is over, and only the rest comes again."
    );

    private static readonly DiagnosticDescriptor OfPowertools = Rule.Reworded(
        Descriptor,
        "'{0}' has Powertools go through up to {1} {2}s without a token that ends in time: when the other side is slow, Lambda ends it after {3} s{4}, and the whole batch {5}, with the {2}s that are done. {6}, made from context.RemainingTime: what is not done by then is reported.{7}{8}"
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfPowertools);

    /// <summary>The passes over the batch that the rule speaks about; none where it is silent.</summary>
    internal static IEnumerable<(TimedPass Pass, HandlerMapping Link)> In(Handler handler, AnalysisSession session, CancellationToken cancellationToken)
    {
        if (!handler.IsBatchSource || !handler.Response.CarriesFailures || handler.Mappings.FirstOrDefault(IsReported) is not { } link)
            yield break;
        var time = session.TimeOf(handler, cancellationToken);
        if (
            time.WatchesTime
            || !session.FlowOf(handler, cancellationToken).CanReport
            || TimeVerdict.Of(handler, session, cancellationToken) is not null
            || IsKnownToFit(time, link)
        )
            yield break;
        foreach (var pass in time.Passes)
        {
            if (pass.CallsOut && (pass.Batch is null ? pass.Degree == 1 : link.Mapping.BatchSize.All(size => size > pass.Degree)))
                yield return (pass, link);
        }
    }

    private protected override bool IsAboutDeployments => true;

    private protected override bool Applies(Handler handler) => !handler.Mappings.IsEmpty;

    private protected override void Check(Handler handler, AnalysisSession session, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach (var (pass, link) in In(handler, session, cancellationToken).Take(1))
        {
            if (IsToldBefore(handler, pass, session, cancellationToken))
                continue;
            var (timeout, size) = (link.Function!.Timeout, link.Mapping.BatchSize);
            var margin = handler.Anchor.SourceTree is { } tree
                ? session.OptionsIn(tree)[TimeBudgetOptions.MarginSeconds]
                : TimeBudgetOptions.MarginSeconds.Default;
            report(
                Diagnostic.Create(
                    pass.Batch is null ? Descriptor : OfPowertools,
                    TimePlaces.Of(handler, pass.Frame, pass.Place),
                    Findings.About(handler).SetItem(FindingProperties.Value, margin.ToString(CultureInfo.InvariantCulture)),
                    handler.Name,
                    size.Values.Max(value => value.Value),
                    handler.RecordName,
                    timeout.Values.Max(value => value.Value),
                    TimePlaces.Where(timeout),
                    handler.IsStream ? "is read again" : "returns to the queue",
                    Remedy(handler, pass),
                    TimePlaces.Path(handler, pass.Frame),
                    TimePlaces.Assumption(timeout.RestsOnParameter ?? size.RestsOnParameter)
                )
            );
        }
    }

    private static string Remedy(Handler handler, TimedPass pass) =>
        pass.Batch is null
            ? handler.IsStream
                ? "the first record that is not done"
                : "the rest"
            : pass.Call is null
                ? "Call ProcessAsync in place of the attribute, with a CancellationToken"
                : "Give it a CancellationToken";

    // Handlers of one file that come to the same loop hear of it once, where it stands.
    private static bool IsToldBefore(Handler handler, TimedPass pass, AnalysisSession session, CancellationToken cancellationToken) =>
        pass.Place.SyntaxTree == handler.Anchor.SourceTree
        && session
            .HandlersIn(pass.Place.SyntaxTree, cancellationToken)
            .TakeWhile(other => other != handler)
            .Any(other => In(other, session, cancellationToken).Take(1).Any(told => told.Pass.Place == pass.Place));

    private static bool IsReported(HandlerMapping link) =>
        link.Function?.Timeout is { } timeout
        && timeout.IsDecided()
        && link.Mapping.BatchSize.All(size => size > 1)
        && link.Mapping.ReportBatchItemFailures.All(reports => reports)
        && !link.Mapping.IsOff;

    private static bool IsKnownToFit(HandlerTime time, HandlerMapping link) =>
        time.Passes.All(pass => !pass.Record.HasUnknown)
        && time.TotalOf(link.Mapping.BatchSize.Values.Max(value => value.Value), _ => true).TotalSeconds
            <= link.Function!.Timeout.Values.Min(value => value.Value);
}
