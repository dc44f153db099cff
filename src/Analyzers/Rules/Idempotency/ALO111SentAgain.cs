using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>A message that every delivery sends again on a channel that has no token: the duplicates travel on (B-7).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("The channel has no token: the receiver must be able to tell duplicates apart.")]
public sealed class ALO111SentAgain : EffectRule
{
    internal const string Id = "ALO111";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Info,
        "Every redelivery sends again",
        "Every redelivery {0}: the channel of {1} knows no token, so the duplicates travel on. Send an id taken from the {2} along, by which the receiver can tell them apart.{3}",
        "Standard queues and topics, event buses and streams take every send as a new one. A record that is delivered twice is then sent twice, and the receivers must be idempotent in turn."
    );

    private static readonly DiagnosticDescriptor OfEvent = Rule.Reworded(
        Descriptor,
        "{0} {1}: the channel of {2} knows no token, so the duplicates travel on. Send an id taken from the event along, by which the receiver can tell them apart.{3}"
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfEvent);

    private protected override bool Applies(JudgedEffect effect) => effect is { Repetition.Kind: RepetitionKind.SendsAgain, Guard.Kind: GuardKind.None };

    private protected override Diagnostic? Finding(Handler handler, JudgedEffect effect, Location place, IEnumerable<Location> path) =>
        Again(handler, effect, place, path, Descriptor, OfEvent);
}
