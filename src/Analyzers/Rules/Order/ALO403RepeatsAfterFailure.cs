using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Order;

/// <summary>
/// A handler of a stream that goes on after a failed record: the stream is read again from the first reported record, so what follows is processed twice.
/// Silent where that is known to be harmless.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO403RepeatsAfterFailure : HandlerRule
{
    internal const string Id = "ALO403";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Info,
        "Records behind a failed one are processed twice",
        "'{0}' goes on after a failed record: Lambda reads the stream again from the first reported one, so the records behind it are processed now and once more with every retry. Stop at the first failure and report it alone.{1}",
        "Of the records that are listed in batchItemFailures only the one with the lowest sequence number counts: it becomes the checkpoint, and everything from it on is delivered again, also what was processed and not listed."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.IsStream && handler.GetsBatches;

    private protected override void Check(Handler handler, AnalysisSession session, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var flow = session.FlowOf(handler, cancellationToken);
        bool? isHarmless = null;
        foreach (var survived in GoingOn.In(flow, session.Types))
        {
            if (OrderPlaces.Of(handler, survived) is var (place, path) && !(isHarmless ??= RepeatedWork.IsHarmless(session, handler, cancellationToken)))
                Report(handler, place, path, Wording.Path(handler, survived.Failure), report);
        }

        foreach (var batch in PowertoolsBatch.In(handler, flow))
        {
            if (
                batch is { Policy: BatchPolicy.Continue or BatchPolicy.ByEvent, IsParallel: false }
                && WorkOf(handler, batch) is { } work
                && !RepeatedWork.IsHarmless(session, work, cancellationToken)
            )
                Report(handler, batch.Place.GetLocation(), [], "", report);
        }
    }

    private static void Report(Handler handler, Location place, IEnumerable<Location> path, string reached, Action<Diagnostic> report)
    {
        if (place.SourceTree == handler.Anchor.SourceTree)
            report(Diagnostic.Create(Descriptor, place, path, Findings.About(handler), handler.Name, reached));
    }

    // What works on one record: the handler itself where it hands a function over, else the class that the attribute names.
    private static Handler? WorkOf(Handler handler, PowertoolsBatch batch) =>
        batch.RecordHandler is null && !handler.Method.HasAttribute(PowertoolsBatch.Attribute) ? handler : batch.WorkOf(handler);
}
