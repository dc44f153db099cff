using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>A read decides whether an effect is done: two deliveries at once both read that it is not (B-7).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("The check has to become part of the write, which is another call of another service each time.")]
public sealed class ALO103CheckThenAct : EffectRule
{
    internal const string Id = "ALO103";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "The check and the write are two steps",
        "'{0}' decides whether {1} runs, but two deliveries of one {2} at the same time both pass it before either has written, and the second one {3}. Let the write itself refuse: a condition, a unique key, one transaction.{4}",
        "A message whose visibility timeout runs out while it is worked on, or that a standard queue delivers twice, is processed by two invocations at once. What one of them reads says nothing about what the other is doing.",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool Applies(JudgedEffect effect) =>
        effect.Guard.Kind == GuardKind.Read && effect.Repetition.Kind is RepetitionKind.Repeats or RepetitionKind.NewIdentity;

    private protected override Diagnostic? Finding(Handler handler, JudgedEffect effect, Location place, IEnumerable<Location> path) =>
        Diagnostic.Create(
            Descriptor,
            place,
            // Streams, FIFO queues and the retries of an event deliver again only when the delivery before is over.
            handler.IsStream
            || handler.IsFifo
            || handler.IsAsynchronous
                ? DiagnosticSeverity.Info
                : Descriptor.DefaultSeverity,
            path.Append(effect.Guard.Operation!.Syntax.GetLocation()),
            null,
            effect.Guard.Name,
            effect.Repetition.What,
            handler.RecordName,
            effect.Repetition.Again,
            EffectPlaces.Reached(handler, effect.Reached)
        );
}
