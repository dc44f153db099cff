using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>An effect whose identity or token is another one at every delivery (B-7): what would make it safe to repeat does not.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO102VolatileIdentity : EffectRule
{
    internal const string Id = "ALO102";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "The identity changes with every delivery",
        "Every redelivery {0}: {1} of {2} comes from {3}, which is another one each time. Take it from the {4}: its id, or a key in its body.{5}",
        "A key, a deduplication id or a client token makes an effect safe to repeat only if every delivery of the same record gives the same one. New ids, the clock, the receipt handle, the receive count and the request id of the invocation do not. The retries of an asynchronous event share one request id."
    );

    private static readonly DiagnosticDescriptor OfEvent = Rule.Reworded(
        Descriptor,
        "{0} {1}: {2} of {3} comes from {4}, which is another one each time. Take it from the event: its id, a key in it, or the request id, which the retries of an event share.{5}"
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfEvent);

    private protected override bool Applies(JudgedEffect effect) => effect is { Repetition.Kind: RepetitionKind.NewIdentity, Guard.Kind: GuardKind.None };

    private protected override Diagnostic? Finding(Handler handler, JudgedEffect effect, Location place, IEnumerable<Location> path)
    {
        var source = effect.Repetition.Identity.Source?.Syntax.GetLocation();
        var places = source is null ? path : path.Append(source);
        if (handler.IsAsynchronous)
            return Diagnostic.Create(
                OfEvent,
                place,
                places,
                Wording.Retried(handler),
                effect.Repetition.Again,
                effect.Repetition.IdentityName,
                effect.Repetition.What,
                effect.Repetition.Identity.SourceName,
                EffectPlaces.Reached(handler, effect.Reached)
            );
        return Diagnostic.Create(
            Descriptor,
            place,
            places,
            effect.Repetition.Again,
            effect.Repetition.IdentityName,
            effect.Repetition.What,
            effect.Repetition.Identity.SourceName,
            handler.RecordName,
            EffectPlaces.Reached(handler, effect.Reached)
        );
    }
}
