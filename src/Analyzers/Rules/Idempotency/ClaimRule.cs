using AtLeastOnce.Analyzers.Facts.Claims;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>A rule about the claims of a handler. A finding sits at the claim, or at the call in the handler's file that leads to it.</summary>
public abstract class ClaimRule : LambdaAnalyzer
{
    private protected ClaimRule() { }

    private protected sealed override void Register(CompilationStartAnalysisContext context, AnalysisSession session) =>
        context.RegisterSemanticModelAction(model =>
        {
            var tree = model.SemanticModel.SyntaxTree;
            var places = new HashSet<Location>();
            foreach (var handler in session.RepeatedHandlersIn(tree, model.CancellationToken))
            {
                foreach (var claim in session.EffectsOf(handler, model.CancellationToken).Claims)
                {
                    if (
                        EffectPlaces.In(tree, claim.Claim.Reached) is { } place
                        && Finding(handler, claim, session, place, model.CancellationToken) is { } finding
                        && places.Add(place)
                    )
                        model.ReportDiagnostic(finding);
                }
            }
        });

    /// <summary>The finding; null where there is nothing to say about the claim.</summary>
    private protected abstract Diagnostic? Finding(
        Handler handler,
        JudgedClaim claim,
        AnalysisSession session,
        Location place,
        CancellationToken cancellationToken
    );
}
