using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>
/// A loop over the batch that is left before its end, with the records that it has not come to unreported: they are deleted without a run (S-3, S-42, G-41).
/// A stream is fine when the failed record is reported: all after it come again.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO212LoopLeftEarly : BatchFlowRule
{
    internal const string Id = "ALO212";

    private const string Title = "The loop is left with messages that nobody has looked at";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        Title,
        "'{0}' leaves the loop here, and the messages that it has not come to are in no report: it returns normally, so Lambda deletes them without a run. {1}.{2}",
        "When the function returns without an error, Lambda deletes every message of the batch that is not listed in batchItemFailures, also those that the code has never looked at."
    );

    private static readonly DiagnosticDescriptor OfStream = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        Title,
        "'{0}' leaves the loop here and reports no record: it returns normally, so Lambda moves on past the records that it has not come to, and never reads them again. {1}.{2}",
        "When the function returns without an error and reports no record, Lambda moves its checkpoint past the whole batch, also past records that the code has never looked at."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfStream);

    private protected override bool Applies(Handler handler) =>
        handler.IsBatchSource && handler.GetsBatches && handler.Response.Kind is ResponseKind.None or ResponseKind.Other or ResponseKind.BatchItemFailures;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        if (flow.Abandoned.IsEmpty)
            return;
        var swallowing = new HashSet<SyntaxNode?>(SwallowedFailures.In(handler, flow).Select(failure => failure.Catch?.Syntax));
        foreach (var loop in flow.Abandoned)
        {
            // The clause has its own finding: what it loses begins with the failed record.
            if (handler.IsStream && loop.HasReport || loop.Clause is not null && swallowing.Contains(loop.Clause))
                continue;
            if (loop.Scope.PlaceIn(handler.Anchor.SourceTree, loop.Exit.Syntax) is not { } place)
                continue;
            report(
                Diagnostic.Create(
                    handler.IsStream ? OfStream : Descriptor,
                    place.GetLocation(),
                    Findings.About(handler),
                    handler.Name,
                    Remedy(handler),
                    Wording.Path(handler, loop.Scope.Path)
                )
            );
        }
    }

    private static string Remedy(Handler handler) =>
        (handler.IsStream, handler.Response.CarriesFailures) switch
        {
            (true, true) => "Report the first of them",
            (true, false) => "Return StreamsEventResponse and report the first of them, or throw",
            (false, true) => "Add them to batchItemFailures",
            _ => "Return SQSBatchResponse and report them, or throw",
        };
}
