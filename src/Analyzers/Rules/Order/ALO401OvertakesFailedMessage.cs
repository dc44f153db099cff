using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Order;

/// <summary>A handler of a FIFO queue that goes on after a failed message: what stands behind it in its group overtakes it (S-42, S-43).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO401OvertakesFailedMessage : HandlerRule
{
    internal const string Id = "ALO401";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Messages overtake a failed one of their group",
        "'{0}' goes on after a failed message of {1}: the messages behind it in its group are processed and deleted before it comes again, so their order is lost. Stop at the first failure and report it with all messages that were not processed.{2}",
        "A FIFO queue keeps the messages of a group in order as long as none is deleted before its predecessors. Lambda deletes every message that is not listed in batchItemFailures; a reported one returns after the visibility timeout, behind those that were processed meanwhile."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.IsFifo && handler.GetsBatches;

    private protected override void Check(Handler handler, AnalysisSession session, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var flow = session.FlowOf(handler, cancellationToken);
        foreach (var survived in GoingOn.In(flow, session.Types))
            Report(handler, OrderPlaces.Of(handler, survived), Wording.Path(handler, survived.Failure), report);
        foreach (var batch in PowertoolsBatch.In(handler, flow))
        {
            if (batch.Policy == BatchPolicy.Continue && !batch.IsParallel)
                Report(handler, (batch.Place.GetLocation(), []), "", report);
        }
    }

    private static void Report(Handler handler, (Location Place, IEnumerable<Location> Path)? found, string path, Action<Diagnostic> report)
    {
        if (found is { } at && at.Place.SourceTree == handler.Anchor.SourceTree)
            report(Diagnostic.Create(Descriptor, at.Place, at.Path, Findings.About(handler), handler.Name, OrderPlaces.QueueOf(handler), path));
    }
}

/// <summary>Where findings about order sit, and how they call the source.</summary>
internal static class OrderPlaces
{
    /// <summary>The clause after which the loop goes on, or the call in the handler's file that leads to it; null when the file has neither.</summary>
    public static (Location Place, IEnumerable<Location> Path)? Of(Handler handler, SurvivedFailure survived)
    {
        var tree = handler.Anchor.SourceTree;
        var clause = ((CatchClauseSyntax)survived.Failure.Catch!.Syntax!).CatchKeyword.GetLocation();
        if (clause.SourceTree == tree)
            return (clause, []);
        var place = BatchFlow.PlaceIn(tree, survived.Failure).Syntax;
        return place.SyntaxTree == tree ? (place.GetLocation(), [clause]) : null;
    }

    /// <summary>The FIFO queue in words, by its name in the template if there is only one.</summary>
    public static string QueueOf(Handler handler) => handler.Mappings is [{ Queue: { } queue }] ? $"the FIFO queue '{queue.LogicalId}'" : "a FIFO queue";
}
