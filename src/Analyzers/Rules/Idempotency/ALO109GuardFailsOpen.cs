using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>A guard whose exception is swallowed, after which the work goes on: it guards only while its store answers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether to give the record up or to try it again when the guard cannot be asked is a decision about the work.")]
public sealed class ALO109GuardFailsOpen : EffectRule
{
    internal const string Id = "ALO109";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "The guard fails open",
        "'{0}' is to keep {1} from being repeated, but when it fails its exception is swallowed and the work goes on: while its store is slow or away, every redelivery {2}. Let the exception through, so that the {3} is tried again.{4}",
        "A store that refuses requests is when redeliveries are most likely: the invocations that met it time out, and their records come back."
    );

    private static readonly DiagnosticDescriptor OfEvent = Rule.Reworded(
        Descriptor,
        "'{0}' is to keep {1} from being repeated, but when it fails its exception is swallowed and the work goes on: while its store is slow or away, every retry of the event {2}. Let the exception through, so that Lambda runs the event again.{3}"
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfEvent);

    private protected override bool Applies(JudgedEffect effect) =>
        effect.Guard.Kind == GuardKind.FailsOpen && effect.Repetition.Kind != RepetitionKind.Harmless;

    private protected override Diagnostic? Finding(Handler handler, JudgedEffect effect, Location place, IEnumerable<Location> path) =>
        handler.IsAsynchronous
            ? Diagnostic.Create(
                OfEvent,
                place,
                path.Append(effect.Guard.Operation!.Syntax.GetLocation()),
                effect.Guard.Name,
                effect.Repetition.What,
                effect.Repetition.Again,
                EffectPlaces.Reached(handler, effect.Reached)
            )
            : Diagnostic.Create(
                Descriptor,
                place,
                path.Append(effect.Guard.Operation!.Syntax.GetLocation()),
                effect.Guard.Name,
                effect.Repetition.What,
                effect.Repetition.Again,
                handler.RecordName,
                EffectPlaces.Reached(handler, effect.Reached)
            );
}
