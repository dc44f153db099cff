using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>
/// A handler that works on one record of its batch only (B-5, G-90): all others are deleted. Where it throws for a batch of several, nothing is lost, but such a batch
/// can never succeed: that is advice.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("What the loop must do with each message, and what becomes of one that fails, is for a person to say.")]
public sealed class ALO210OtherRecordsIgnored : BatchFlowRule
{
    internal const string Id = "ALO210";

    private const string Title = "Only one message of the batch is processed";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' processes only this message of its batch: Lambda deletes all others, which nobody has looked at. Go through all Records.{1}",
        "A batch holds as many messages as happen to be there, up to the batch size. When the function returns without an error, Lambda deletes all of them.",
        isGraded: true
    );

    private static readonly DiagnosticDescriptor Refuses = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' throws for a batch of more than one message: none of them is processed, and all return to the queue, until they come one by one or reach the dead-letter queue. Go through all Records, or set BatchSize to 1.{1}",
        "A batch holds as many messages as happen to be there, up to the batch size. After an exception every message of the batch becomes visible again and counts one more receive.",
        isGraded: true
    );

    private static readonly DiagnosticDescriptor RefusesAll = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' throws for every batch, also for one of a single message: none is ever processed, and all return to the queue until they reach the dead-letter queue or expire. Go through all Records.{1}",
        "After an exception every message of the batch becomes visible again and counts one more receive.",
        isGraded: true
    );

    private static readonly DiagnosticDescriptor OfStream = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' processes only this record of its batch: Lambda moves on past all others, which nobody has looked at. Go through all Records.{1}",
        "A batch holds as many records as happen to be there, up to the batch size. When the function returns without an error, Lambda moves its checkpoint past all of them.",
        isGraded: true
    );

    private static readonly DiagnosticDescriptor StreamRefuses = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' throws for a batch of more than one record: the batch is read again and again, and its shard waits, until its records expire or are given up. Go through all Records, or set BatchSize to 1.{1}",
        "A batch holds as many records as happen to be there, up to the batch size. After an exception the poller reads the same batch again; nothing after it in the shard is delivered until it succeeds or is given up.",
        isGraded: true
    );

    private static readonly DiagnosticDescriptor StreamRefusesAll = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' throws for every batch, also for one of a single record: it is read again and again, and its shard waits, until its records expire or are given up. Go through all Records.{1}",
        "After an exception the poller reads the same batch again; nothing after it in the shard is delivered until it succeeds or is given up.",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptor, Refuses, RefusesAll, OfStream, StreamRefuses, StreamRefusesAll);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.EventParameter is not null && handler.GetsBatches;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        if (flow.OnlyRecord is not { } only || flow.IsLeftToLibrary)
            return;
        if (only.Scope.PlaceIn(handler.Anchor.SourceTree, only.Use.Syntax) is not { } place)
            return;
        var descriptor = (only.Others, handler.IsStream) switch
        {
            (OtherRecords.Ignored, false) => Descriptor,
            (OtherRecords.Refused, false) => Refuses,
            (_, false) => RefusesAll,
            (OtherRecords.Ignored, true) => OfStream,
            (OtherRecords.Refused, true) => StreamRefuses,
            _ => StreamRefusesAll,
        };
        report(
            Diagnostic.Create(
                descriptor,
                place.GetLocation(),
                only.Others == OtherRecords.Refused ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
                [],
                Findings.About(handler),
                handler.Name,
                Wording.Assumption(handler)
            )
        );
    }
}
