using AtLeastOnce.Analyzers.Facts.TimeBudget;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Claims;

/// <summary>How long claims are kept, as far as the code spells it out. Where a part of it hangs on something else, nothing is known.</summary>
internal sealed class ClaimLifetimes(EffectValues values, MethodBodies bodies, Calls calls, INamedTypeSymbol? handlerType, CancellationToken cancellationToken)
{
    private const int DeepestCall = 6;

    private readonly Quantities quantities = new(new MemberDefinitions(bodies, cancellationToken));

    /// <summary>
    /// The time for which an item is kept whose attribute says when it expires: <c>["ttl"] = now + 5 minutes</c>, of a mark that says nothing about how far the work has come.
    /// </summary>
    public TimeSpan? OfItem(ReachedEffect claim)
    {
        TimeSpan? lifetime = null;
        foreach (var (name, value) in claim.Effect.Identity.SelectMany(path => values.EntriesOf(claim.Call, claim.Frame, path)))
        {
            if (ClaimFinder.SaysExpiry(name))
                lifetime = FromNow(value);
            else if (ClaimFinder.SaysProgress(name))
                return null;
        }

        return lifetime;
    }

    /// <summary>The expiry of a key that is taken, the longest it may be; null where other code of the handler changes how long a key is kept.</summary>
    public TimeSpan? OfKey(ReachedEffect claim)
    {
        if (StoreClaims.ExpiryOf(claim.Call) is not { } given)
            return null;
        var expiry = new Located(given, claim.Frame);
        var times = HasChoice(values.AllPartsOf(expiry))
            ? []
            : values.DefinitionsOf(expiry).Select(time => quantities.Duration(time.Operation, time.Frame)).ToList();
        return times.Count > 0 && times.TrueForAll(time => time is not null) && !HasUpkeep(claim.Frame.Outermost.Root, DeepestCall, []) ? times.Max() : null;
    }

    /// <summary>Whether a key that is taken ends by itself within a day, or may.</summary>
    public bool MayEndWithinADay(ReachedEffect claim) =>
        StoreClaims.IsLock(claim.Call)
        || StoreClaims.ExpiryOf(claim.Call) is { ConstantValue: not { HasValue: true, Value: null } } expiry
            && !values.AllPartsOf(new Located(expiry, claim.Frame)).Any(IsAtLeastADay);

    /// <summary>Whether the operation is a time span of a day or more, or adds one: <c>AddDays(7)</c>, <c>TimeSpan.FromDays(1)</c>.</summary>
    public bool IsAtLeastADay(Located part) =>
        part.Operation switch
        {
            IInvocationOperation { TargetMethod.Name: "AddMonths" or "AddYears" } => true,
            IInvocationOperation { TargetMethod.Name: var name, Arguments: [{ Value: var number }] } when Durations.Unit(name, "Add") is { } unit => IsLong(
                Times(unit, quantities.Number(number, part.Frame))
            ),
            { Type: var type } operation => type.Is("System.TimeSpan") && IsLong(quantities.Duration(operation, part.Frame)),
        };

    // DateTime.UtcNow.AddMinutes(5), now + TimeSpan.FromHours(1), now.ToUnixTimeSeconds() + 300; not where something else is added, or more than once.
    private TimeSpan? FromNow(Located moment)
    {
        var parts = values.AllPartsOf(moment).ToList();
        if (HasChoice(parts))
            return null;
        var added = new HashSet<TimeSpan?>();
        foreach (var (part, frame) in parts)
        {
            switch (part)
            {
                case { ConstantValue.HasValue: true }:
                    break;
                case IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type }, Arguments: [{ Value: var number }] }
                    when IsMoment(type):
                    if (name == "Add")
                        added.Add(quantities.Duration(number, frame));
                    else if (Durations.Unit(name, "Add") is { } unit)
                        added.Add(Times(unit, quantities.Number(number, frame)));
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var left, RightOperand: var right }:
                    if (IsMoment(left.Type))
                        added.Add(quantities.Duration(right, frame));
                    else if (left.Type?.SpecialType is SpecialType.System_Int64 or SpecialType.System_Int32)
                        added.Add(Times(TimeSpan.FromSeconds(1), quantities.Number(right, frame)));
                    break;
            }
        }

        return added.Count == 1 ? added.First() : null;
    }

    // Redis forgets what it is told to forget, and keeps what is set again: in any method that the handler reaches, but not where a failure is taken care of.
    private bool HasUpkeep(IOperation root, int depth, HashSet<IMethodSymbol> seen) =>
        root.DescendantsAndSelf()
            .OfType<IInvocationOperation>()
            .Where(call => !CatchClauses.Contain(call))
            .Any(call =>
                StoreClaims.IsUpkeep(call)
                || depth > 0
                    && calls.TargetOf(call, handlerType) is { } target
                    && seen.Add(target)
                    && bodies.Of(target, cancellationToken) is { } body
                    && HasUpkeep(body.Root, depth - 1, seen)
            );

    // TimeSpan.FromMinutes(isUrgent ? 5 : 60)
    private static bool HasChoice(IEnumerable<Located> parts) =>
        parts.Any(part =>
            part.Operation
                is IConditionalOperation
                    or ICoalesceOperation
                    or ISwitchExpressionOperation
                    or IInvocationOperation { TargetMethod.ContainingType.Name: "Random" }
        );

    private static bool IsMoment(ITypeSymbol? type) => type.Is("System.DateTime") || type.Is("System.DateTimeOffset");

    private static bool IsLong(TimeSpan? time) => time >= TimeSpan.FromDays(1);

    private static TimeSpan? Times(TimeSpan unit, double? count) =>
        count is { } number && Math.Abs(number) < 1_000_000 ? TimeSpan.FromSeconds(unit.TotalSeconds * number) : null;
}
