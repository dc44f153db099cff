using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>
/// State in a field that is kept from one batch to the next and grows per record (R-10): a memory of what was handled, which other execution environments do not have; a
/// list of failures, whose ids the next batch does not know; a counter that decides.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Where the state belongs (a local, a store) is a decision about the work.")]
public sealed class ALO105StateOutlivesInvocation : LambdaAnalyzer
{
    internal const string Id = "ALO105";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "State outlives the invocation",
        "'{0}' outlives the invocation: {1}.{2}",
        "Lambda keeps the objects and static fields of an execution environment from one invocation to the next, and runs several environments side by side. State in a field is neither new for each batch nor shared by all of them."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override void Register(CompilationStartAnalysisContext context, AnalysisSession session) =>
        context.RegisterSemanticModelAction(model =>
        {
            var tree = model.SemanticModel.SyntaxTree;
            var places = new HashSet<Location>();
            foreach (var handler in session.RepeatedHandlersIn(tree, model.CancellationToken))
            {
                foreach (var finding in FindingsIn(handler, session, tree, model.CancellationToken))
                {
                    if (places.Add(finding.Location))
                        model.ReportDiagnostic(finding);
                }
            }
        });

    private static IEnumerable<Diagnostic> FindingsIn(Handler handler, AnalysisSession session, SyntaxTree tree, CancellationToken cancellationToken)
    {
        foreach (var effect in session.EffectsOf(handler, cancellationToken).Judged)
        {
            if (
                effect is not { Guard: { Kind: GuardKind.Memory, Operation: { } guard }, Repetition.Kind: not RepetitionKind.Harmless }
                || EffectPlaces.In(tree, effect.Reached) is not { } place
            )
                continue;
            var store = (guard as Microsoft.CodeAnalysis.Operations.IInvocationOperation)?.Instance;
            yield return Diagnostic.Create(
                Descriptor,
                place,
                EffectPlaces.Path(place, effect).Append(guard.Syntax.GetLocation()),
                LastingState.MemberOf(store)?.Name ?? effect.Guard.Name,
                $"it knows only what this execution environment has handled, so a {(handler.IsAsynchronous ? "retry" : "redelivery")} that reaches another one, or a new one, {effect.Repetition.Again}. Remember in a store, by a conditional write, that {effect.Repetition.What} was done",
                EffectPlaces.Reached(handler, effect.Reached)
            );
        }

        foreach (var growth in LastingState.In(handler, session.FlowOf(handler, cancellationToken), cancellationToken))
        {
            if (growth.Operation.Syntax.SyntaxTree != tree)
                continue;
            yield return Diagnostic.Create(
                Descriptor,
                growth.Operation.Syntax.GetLocation(),
                growth.Member.Name,
                growth.Kind == LastingKind.Failures
                    ? "failures of one batch are reported again with the next, which does not know their ids, so all of it fails. Make the list anew for every batch"
                    : $"it goes on counting where the last {(handler.IsAsynchronous ? "invocation" : "batch")} ended, and every {(handler.IsAsynchronous ? "retried" : "redelivered")} {handler.RecordName} counts again. Count in a local of the handler",
                ""
            );
        }
    }
}
