using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>
/// A batch handler whose return type cannot carry failures: its only way to fail is an exception, which returns the whole batch (R-20b).
/// Silent when the mapping expects a report (ALO203), when the failure is swallowed (ALO204), when all but one message are ignored (ALO210), when an attribute makes the mapping that cannot expect a report (ALO517), and where nothing can fail for a single record.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO201FailuresCannotBeReported : BatchFlowRule
{
    internal const string Id = "ALO201";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "A failed message returns the whole batch",
        "'{0}' returns {1}, which cannot name the messages that failed: one bad message returns the whole batch to the queue, and those that succeeded are processed again. Return SQSBatchResponse with the failed messages.{2}",
        "A handler that reports no batch item failures succeeds or fails for the whole batch. After an exception every message of the batch becomes visible again, is delivered again, and counts one more receive; with a dead-letter queue the good messages end there together with the bad one."
    );

    private static readonly DiagnosticDescriptor OfStream = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "A failed message returns the whole batch",
        "'{0}' returns {1}, which cannot name the records that failed: one bad record has the whole batch read again, those that succeeded are processed again, and its shard waits until the batch succeeds, or its records expire or are given up. Return StreamsEventResponse with the first failed record.{2}",
        "A handler that reports no batch item failures succeeds or fails for the whole batch. After an exception the poller reads the same batch again and again; nothing after it in the shard is delivered until it succeeds, its retries are used up or its records expire."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfStream);

    private protected override bool Applies(Handler handler) =>
        handler.IsBatchSource
        && handler.EventParameter is not null
        && handler.Response.CannotCarryFailures
        && handler.GetsBatches
        && !handler.Mappings.Any(link => link.IsUnlimitedByAttribute)
        && !handler.Mappings.Any(link => link.Mapping.ReportBatchItemFailures.Any(reports => reports) || !link.Mapping.ReportBatchItemFailures.IsDecided());

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        if (
            flow.Misread is not null
            || flow.MissingState is not null
            || flow.OnlyRecord is not null
            || SwallowedFailures.In(handler, flow).Any()
            || !flow.FailuresThat(FailureFate.Escapes).Any()
        )
            return;
        report(
            Diagnostic.Create(
                handler.IsStream ? OfStream : Descriptor,
                handler.Anchor,
                Findings.About(handler),
                handler.Name,
                Returned(handler),
                Wording.Assumption(handler)
            )
        );
    }

    private static string Returned(Handler handler) =>
        handler.Method.ReturnsVoid ? "void" : handler.Method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
