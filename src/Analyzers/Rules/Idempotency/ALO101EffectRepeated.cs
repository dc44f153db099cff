using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>An effect that adds once more at every delivery, with nothing that knows it was done (B-7).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO101EffectRepeated : EffectRule
{
    internal const string Id = "ALO101";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Every redelivery does it again",
        "Every redelivery {0}: {1} has no guard that this {2} was handled before. Make it conditional, give it a token taken from the {2}, or remember what was handled in the same transaction.{3}",
        "Event source mappings deliver every record at least once: after a failure or a timeout, with the rest of a failed batch, and now and then without any error. An effect that adds (an insert, an increment, a charge, a job) must be able to tell the second delivery from the first."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool Applies(JudgedEffect effect) => effect is { Repetition.Kind: RepetitionKind.Repeats, Guard.Kind: GuardKind.None };

    private protected override Diagnostic? Finding(Handler handler, JudgedEffect effect, Location place, IEnumerable<Location> path) =>
        Diagnostic.Create(
            Descriptor,
            place,
            path,
            effect.Repetition.Again,
            effect.Repetition.What,
            handler.RecordName,
            EffectPlaces.Reached(handler, effect.Reached)
        );
}
