using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Rules.Idempotency;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Rules.Idempotency;

/// <summary>Puts the record's own id in the place of one that every delivery makes anew.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO102VolatileIdentityFix))]
public sealed class ALO102VolatileIdentityFix : RecordIdentityFix
{
    internal const string UseRecordIdKey = "ALO102.UseRecordId";

    private protected override string Id => ALO102VolatileIdentity.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => [new(UseRecordIdKey, "Use the record's own id")];

    private protected override bool Applies(JudgedEffect effect) =>
        effect is { Repetition: { Kind: RepetitionKind.NewIdentity, Identity.Source: not null }, Guard.Kind: GuardKind.None };

    private protected override bool Edit(FixTarget target, Handler handler, JudgedEffect effect, TextEdits edits)
    {
        var source = effect.Repetition.Identity.Source!;
        if (source.Syntax.SyntaxTree != target.Root.SyntaxTree || ChangingValue.Of(source, target.Model) is not { } value)
            return false;
        var slot = IdentitySlot.Of(effect);
        var places = ValuePlace.Of(value.Expression, target.Model);
        if (
            value.IsForTokensOnly && !slot.IsToken
            || !ValuePlace.AreInOneStatement(places)
            || effect.Reached.Effect.Kind == EffectKind.Http && !places.All(place => place.IsIdempotencyHeader)
            || RecordIdentity.At(target, value.Expression) is not { } identity
            || !slot.Takes(identity, value.Length, places.All(place => place.IsAllOf(effect.Reached.Call.Syntax)))
        )
            return false;
        edits.Replace(value.Span, identity.Code);
        return true;
    }
}
