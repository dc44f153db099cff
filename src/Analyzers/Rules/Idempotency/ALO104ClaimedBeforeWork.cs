using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts.Claims;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>A record that is claimed, or marked as done, before its work is done, with nothing that gives the claim up (B-7): the redelivery finds the mark.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether the claim joins the work's transaction, is given up on failure or expires is a decision about the work.")]
public sealed class ALO104ClaimedBeforeWork : ClaimRule
{
    internal const string Id = "ALO104";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Claimed before the work is done",
        "'{0}' claims the {1} before '{2}' has run: if that fails or times out, the redelivery finds the claim, skips the work, and the {1} is lost. Put both into one transaction, give the claim up when the work fails, or make it an in-progress state that expires.{3}",
        "A redelivery is what makes up for a failure. A mark that is set before the work, and stays when the work fails, turns the redelivery into a duplicate that nobody works on."
    );

    private static readonly DiagnosticDescriptor OfEvent = Rule.Reworded(
        Descriptor,
        "'{0}' claims the event before '{1}' has run: if that fails or times out, the retry finds the claim, skips the work, and the event is lost. Put both into one transaction, give the claim up when the work fails, or make it an in-progress state that expires.{2}"
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfEvent);

    private protected override Diagnostic? Finding(
        Handler handler,
        JudgedClaim claim,
        AnalysisSession session,
        Location place,
        CancellationToken cancellationToken
    ) =>
        claim.Lost is not { } work ? null
        : handler.IsAsynchronous
            ? Diagnostic.Create(
                OfEvent,
                place,
                EffectPlaces.Path(place, claim.Claim.Reached).Append(work.Call.Syntax.GetLocation()),
                claim.Claim.Name,
                work.Name,
                EffectPlaces.Reached(handler, claim.Claim.Reached)
            )
        : Diagnostic.Create(
            Descriptor,
            place,
            EffectPlaces.Path(place, claim.Claim.Reached).Append(work.Call.Syntax.GetLocation()),
            claim.Claim.Name,
            handler.RecordName,
            work.Name,
            EffectPlaces.Reached(handler, claim.Claim.Reached)
        );
}
