using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Whether it is known that working on a record once more changes nothing.</summary>
internal static class RepeatedWork
{
    /// <summary>
    /// Whether all that the handler does is seen, and repeating it is harmless: each effect overwrites, is guarded, or has a token; each call that leaves the source is
    /// one of the catalogue or of the framework, or is declared idempotent.
    /// </summary>
    public static bool IsHarmless(AnalysisSession session, Handler handler, CancellationToken cancellationToken)
    {
        var flow = session.FlowOf(handler, cancellationToken);
        if (!flow.IsSeen || flow.IsLeftToLibrary && flow.Bodies.IsEmpty)
            return false;
        if (
            session
                .EffectsOf(handler, cancellationToken)
                .Judged.Any(effect =>
                    effect.Repetition.Kind != RepetitionKind.Harmless && effect.Guard.Kind is GuardKind.None or GuardKind.Memory or GuardKind.FailsOpen
                )
        )
            return false;
        return flow
            .Bodies.SelectMany(body => body.Operations)
            .OfType<IInvocationOperation>()
            .All(call =>
                SafeCalls.IsSafe(call)
                || SafeCalls.IsLogging(call)
                || session.Calls.TargetOf(call, handler.Type) is not null
                || call.TargetMethod.ContainingType.IsIn("System")
                || call.TargetMethod.ContainingType.IsIn("AWS.Lambda.Powertools.BatchProcessing")
                || session.IsKnown(call.TargetMethod, cancellationToken)
            );
    }
}
