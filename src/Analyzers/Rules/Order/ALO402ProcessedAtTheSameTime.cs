using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Order;

/// <summary>Records of a FIFO queue or a stream that are processed at the same time, so that their order hangs on chance (S-42, B-33).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether the records are to be processed one after the other, or only those of one group, is a decision about time.")]
public sealed class ALO402ProcessedAtTheSameTime : HandlerRule
{
    internal const string Id = "ALO402";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Records whose order counts are processed at the same time",
        "'{0}' processes the {1}s of {2} at the same time: {3}.{4}",
        "A FIFO queue hands the messages of a group to the function in order, and a stream the records of a shard, several in a batch. What the function starts together is done in any order.",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && (handler.IsFifo || handler.IsStream) && handler.GetsBatches;

    private protected override void Check(Handler handler, AnalysisSession session, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var flow = session.FlowOf(handler, cancellationToken);
        var places = new HashSet<Location>();
        foreach (var work in ParallelWork.In(flow, session.Types))
            Report(handler, work.Operation.Syntax, work.Method, places, report);
        foreach (var batch in PowertoolsBatch.In(handler, flow))
        {
            if (batch.IsParallel)
                Report(handler, batch.Place, handler.Method, places, report);
        }
    }

    private static void Report(Handler handler, SyntaxNode place, IMethodSymbol method, HashSet<Location> places, Action<Diagnostic> report)
    {
        var location = place.GetLocation();
        if (location.SourceTree != handler.Anchor.SourceTree || !places.Add(location))
            return;
        var isOwn = SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, handler.Method.OriginalDefinition);
        report(
            Diagnostic.Create(
                Descriptor,
                location,
                handler.IsFifo ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
                [],
                Findings.About(handler),
                handler.Name,
                handler.RecordName,
                handler.IsFifo ? OrderPlaces.QueueOf(handler) : "a stream",
                handler.IsFifo
                    ? "those of one group overtake each other, and where one fails its successors are done and deleted before it comes again. Process them one after the other, or together only what is of different groups"
                    : "those of one key overtake each other. Where their order counts, process them one after the other, or together only what is of different keys",
                isOwn ? "" : Wording.Path(handler, [method])
            )
        );
    }
}
