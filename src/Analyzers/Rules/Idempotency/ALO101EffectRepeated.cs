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
        "Event source mappings deliver every record at least once: after a failure or a timeout, with the rest of a failed batch, and now and then without any error. An asynchronous event that fails is run again, twice unless the function is configured otherwise. An effect that adds (an insert, an increment, a charge, a job) must be able to tell the second delivery from the first."
    );

    private static readonly DiagnosticDescriptor OfEvent = Rule.Reworded(
        Descriptor,
        "{0} {1}: {2} has no guard that this event was handled before. Make it conditional, give it a token taken from the event, or remember what was handled in the same transaction.{3}"
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfEvent);

    private protected override bool Applies(JudgedEffect effect) => effect is { Repetition.Kind: RepetitionKind.Repeats, Guard.Kind: GuardKind.None };

    private protected override Diagnostic? Finding(Handler handler, JudgedEffect effect, Location place, IEnumerable<Location> path) =>
        Again(handler, effect, place, path, Descriptor, OfEvent);
}
