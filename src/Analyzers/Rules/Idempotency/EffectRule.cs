using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>
/// A rule about an effect that every redelivery repeats. Each effect is of one rule: identity, state in memory, a guard that fails open, a claim before the work, a
/// read before the write, a channel without a token, and only then no guard at all.
/// </summary>
public abstract class EffectRule : LambdaAnalyzer
{
    private protected EffectRule() { }

    private protected sealed override void Register(CompilationStartAnalysisContext context, AnalysisSession session) =>
        context.RegisterSemanticModelAction(model =>
        {
            var tree = model.SemanticModel.SyntaxTree;
            var places = new HashSet<Location>();
            foreach (var handler in session.RepeatedHandlersIn(tree, model.CancellationToken))
            {
                foreach (var effect in session.EffectsOf(handler, model.CancellationToken).Judged)
                {
                    if (
                        Applies(effect)
                        && EffectPlaces.In(tree, effect.Reached) is { } place
                        && Finding(handler, effect, place, EffectPlaces.Path(place, effect)) is { } finding
                        && places.Add(place)
                    )
                        model.ReportDiagnostic(finding);
                }

                foreach (var finding in FindingsBesideEffects(handler, session, tree, model.CancellationToken))
                {
                    if (places.Add(finding.Location))
                        model.ReportDiagnostic(finding);
                }
            }
        });

    /// <summary>Whether the effect is this rule's.</summary>
    private protected abstract bool Applies(JudgedEffect effect);

    /// <summary>What the rule says about the handler where no effect is known.</summary>
    private protected virtual IEnumerable<Diagnostic> FindingsBesideEffects(
        Handler handler,
        AnalysisSession session,
        SyntaxTree tree,
        CancellationToken cancellationToken
    ) => [];

    /// <summary>The finding; null where what is deployed makes it none.</summary>
    private protected abstract Diagnostic? Finding(Handler handler, JudgedEffect effect, Location place, IEnumerable<Location> path);

    /// <summary>The finding that an effect happens again, in the words of what the handler is given.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="effect">The effect.</param>
    /// <param name="place">Where the finding sits.</param>
    /// <param name="path">The calls from there to the effect.</param>
    /// <param name="ofRecord">The rule as it speaks of a source's records.</param>
    /// <param name="ofEvent">The rule as it speaks of asynchronous events.</param>
    private protected static Diagnostic Again(
        Handler handler,
        JudgedEffect effect,
        Location place,
        IEnumerable<Location> path,
        DiagnosticDescriptor ofRecord,
        DiagnosticDescriptor ofEvent
    )
    {
        var (again, what, reached) = (effect.Repetition.Again, effect.Repetition.What, EffectPlaces.Reached(handler, effect.Reached));
        return handler.IsAsynchronous
            ? Diagnostic.Create(ofEvent, place, path, Wording.Retried(handler), again, what, reached)
            : Diagnostic.Create(ofRecord, place, path, again, what, handler.RecordName, reached);
    }
}

/// <summary>Where findings about effects sit.</summary>
internal static class EffectPlaces
{
    /// <summary>The effect itself, or the call in the file that leads to it; null when the file has neither.</summary>
    public static Location? In(SyntaxTree? tree, ReachedEffect effect)
    {
        if (effect.Call.Syntax.SyntaxTree == tree)
            return effect.Call.Syntax.GetLocation();
        return effect.Frame.Calls.LastOrDefault(call => call.Syntax.SyntaxTree == tree)?.Syntax.GetLocation();
    }

    /// <summary>The calls from the finding's place to the effect, the effect, and the text that says what it does.</summary>
    public static IEnumerable<Location> Path(Location place, JudgedEffect effect)
    {
        var calls = Path(place, effect.Reached);
        return effect.Repetition.Evidence is { } evidence ? calls.Append(evidence.Syntax.GetLocation()) : calls;
    }

    /// <summary>The calls from the finding's place to the effect, and the effect.</summary>
    public static IEnumerable<Location> Path(Location place, ReachedEffect effect) =>
        effect.Frame.Calls.Append(effect.Call).Select(call => call.Syntax.GetLocation()).SkipWhile(location => location != place).Skip(1);

    /// <summary>How the handler reaches the effect: <c> Reached from 'HandleAsync' → 'OrderService.ShipAsync'.</c>; empty when it is the handler's own.</summary>
    public static string Reached(Handler handler, ReachedEffect effect) => Wording.Path(handler, effect.Frame.Methods.Skip(1));
}
