using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Claims;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>An effect of a handler with what doing it again comes to, and what stands before it.</summary>
/// <param name="Reached">The effect.</param>
/// <param name="Repetition">What doing it again comes to.</param>
/// <param name="Guard">What keeps it from being done again, or is meant to.</param>
internal sealed record JudgedEffect(ReachedEffect Reached, Repetition Repetition, Guard Guard)
{
    /// <summary>The claim that the guard is, where it is kept for a time that the code gives.</summary>
    public Claim? ExpiringClaim { get; init; }
}

/// <summary>The effects of a handler and its claims, each judged once for all rules of the family.</summary>
/// <param name="Judged">The effects, in the order of the code.</param>
/// <param name="Claims">The claims among them.</param>
internal sealed record HandlerEffects(ImmutableArray<JudgedEffect> Judged, ImmutableArray<JudgedClaim> Claims)
{
    /// <summary>Judges the effects of a handler.</summary>
    public static HandlerEffects Of(
        Handler handler,
        ReachedEffects reach,
        KnownTypes types,
        MethodBodies bodies,
        Calls calls,
        Dispatchers dispatchers,
        EffectCatalogue catalogue,
        IdempotentOperations idempotentOperations,
        CancellationToken cancellationToken
    )
    {
        var origins = new ValueOrigins(types, bodies, calls, new(types, isInvokedByMapping: !handler.IsAsynchronous), handler.Type, cancellationToken);
        var values = new EffectValues(origins, new(origins));
        var judgement = new EffectJudgement(values);
        var refusals = new Refusals(bodies, cancellationToken);
        var guards = new Guards(bodies, calls, catalogue, judgement, values, refusals, idempotentOperations, handler.Type, cancellationToken);
        var finder = new ClaimFinder(values, judgement, new(values, bodies, calls, handler.Type, cancellationToken));
        var work = new ClaimedWorkFinder(bodies, calls, dispatchers, catalogue, handler.Type, cancellationToken);
        var judged = ImmutableArray.CreateBuilder<JudgedEffect>();
        var claims = ImmutableArray.CreateBuilder<JudgedClaim>();
        foreach (var reached in reach.Effects)
        {
            if (CatchClauses.Contain(reached))
                continue;
            var repetition = judgement.Of(reached);
            judged.Add(new(reached, repetition, repetition is { Kind: RepetitionKind.Harmless, TokenLifetime: null } ? Guard.None : guards.Of(reached)));
            if (finder.Of(reached) is { } claim)
            {
                // A row that is looked for first is not inserted a second time.
                if (reached.Effect.Kind == EffectKind.Entity && guards.Of(reached).Kind != GuardKind.None)
                    continue;
                var way = refusals.Of(claim.Reached.Call, claim.Reached.Frame, claim.Rejection);
                claims.Add(new(claim, way, work.LostBehind(claim, way)));
            }
        }

        var loads = new LoadChangeSave(origins, guards, bodies, calls, handler.Type, cancellationToken);
        foreach (var (call, frame) in reach.Saves)
        {
            if (!judged.Any(effect => IsPartOf(effect, call)) && loads.Of(call, frame) is { } save && !CatchClauses.Contain(save.Reached))
                judged.Add(save);
        }

        var written = claims.Select(judged => judged.Claim).ToList();
        var isProlonged = judged.Any(effect => written.TrueForAll(claim => claim.Reached.Call != effect.Reached.Call) && IsProlonging(effect.Reached, values));
        var lasting = isProlonged ? written.FindAll(claim => StoreClaims.Is(claim.Reached.Call)) : written;
        return new(judged.Select(effect => effect with { ExpiringClaim = ExpiringClaimOf(effect, lasting, guards) }).ToImmutableArray(), claims.ToImmutable());
    }

    // Where something else guards the effect as well, it does not hang on how long the claim is kept.
    private static Claim? ExpiringClaimOf(JudgedEffect effect, IEnumerable<Claim> claims, Guards guards) =>
        effect.Guard is { Kind: GuardKind.Claim, Operation: { } guard }
        && claims.FirstOrDefault(claim => claim.Lifetime is not null && claim.Reached.Call == guard) is { } found
        && guards.Without(found).Of(effect.Reached).Kind is GuardKind.None or GuardKind.Memory
            ? found
            : null;

    // UpdateItem "SET expiresAt = :far": the item of a claim may be kept longer when the work is done.
    private static bool IsProlonging(ReachedEffect reached, EffectValues values) =>
        reached.Effect.Kind is EffectKind.Overwrites or EffectKind.UpdateExpression
        && reached.Call.TargetMethod.ContainingType.IsIn("Amazon.DynamoDBv2")
        && values
            .PartsOf(reached.Call, reached.Frame, AccessPath.Parse("*"))
            .Any(part => part.Operation.ConstantValue is { HasValue: true, Value: string text } && ClaimFinder.SaysProgress(text));

    // A save that is seen and adds, or is refused, is judged by itself.
    private static bool IsPartOf(JudgedEffect effect, IInvocationOperation call) =>
        (effect.Reached.Call == call || effect.Reached.Frame.Calls.Contains(call))
        && (effect.Reached.Effect.Kind != EffectKind.Overwrites || effect.Repetition.Kind != RepetitionKind.Harmless);
}
