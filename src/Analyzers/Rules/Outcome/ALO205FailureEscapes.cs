using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>
/// An exception that one record causes leaves a handler that reports failures: the whole batch returns, also what succeeded.
/// Exceptions that a clause throws again are meant; so are those that hang on no record.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO205FailureEscapes : BatchFlowRule
{
    internal const string Id = "ALO205";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "One message's exception returns the whole batch",
        "'{0}' reports failed messages, but an exception here leaves it: because of this one message the whole batch returns to the queue, and those that succeeded are processed again. Catch it for the message and report it.{1}",
        "An exception that leaves the function fails the whole batch even when the mapping reads reported failures: every message becomes visible again and counts one more receive."
    );

    private static readonly DiagnosticDescriptor OfStream = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "One message's exception returns the whole batch",
        "'{0}' reports failed records, but an exception here leaves it: because of this one record the whole batch is read again, those that succeeded are processed again, and the shard waits. Catch it for the record and report it.{1}",
        "An exception that leaves the handler fails the whole batch, whatever was reported before. The poller reads the same batch again and again; nothing after it in the shard is delivered until it succeeds or is given up."
    );

    private static readonly DiagnosticDescriptor OfAll = Rule.Reworded(
        Descriptor,
        "'{0}' reports failed messages, but an exception here, in work for the whole batch, leaves it: all messages return to the queue, and what was done for each of them before is done again. Catch it and report the messages that it concerns.{1}"
    );

    private static readonly DiagnosticDescriptor OfAllOfStream = Rule.Reworded(
        OfStream,
        "'{0}' reports failed records, but an exception here, in work for the whole batch, leaves it: all records are read again, what was done for each of them before is done again, and the shard waits. Catch it and report the records that it concerns.{1}"
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfStream, OfAll, OfAllOfStream);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.Response.CarriesFailures && handler.GetsBatches;

    /// <summary>The exceptions that leave the handler, those of one record first: where they are reported, work for all that is done behind may well fail the batch.</summary>
    internal static List<RecordFailure> In(BatchFlow flow) =>
        [.. flow.FailuresThat(FailureFate.Escapes).Where(failure => failure.Catch is null).OrderBy(failure => failure.ConcernsWholeBatch)];

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        if (!flow.CanReport || flow.OnlyRecord is not null)
            return;
        var escapes = In(flow);
        if (escapes.Count == 0)
            return;
        var failure = escapes[0];
        var place = BatchFlow.PlaceIn(handler.Anchor.SourceTree, failure).Syntax;
        if (place.SyntaxTree != handler.Anchor.SourceTree)
            return;
        // One finding a handler, with every other place from which an exception leaves it.
        var others = escapes
            .SelectMany(escape => new[] { BatchFlow.PlaceIn(handler.Anchor.SourceTree, escape).Syntax, escape.Operation.Syntax })
            .Distinct()
            .Where(node => node != place)
            .Select(node => node.GetLocation());
        report(
            Diagnostic.Create(
                DescriptorOf(handler, failure),
                place.GetLocation(),
                others,
                Findings.About(handler),
                handler.Name,
                Wording.Path(handler, failure)
            )
        );
    }

    private static DiagnosticDescriptor DescriptorOf(Handler handler, RecordFailure failure) =>
        (handler.IsStream, failure.ConcernsWholeBatch) switch
        {
            (false, false) => Descriptor,
            (true, false) => OfStream,
            (false, true) => OfAll,
            (true, true) => OfAllOfStream,
        };
}
