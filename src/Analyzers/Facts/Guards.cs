using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Claims;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What keeps an effect from being done twice, or is meant to.</summary>
internal enum GuardKind
{
    /// <summary>Nothing that is seen.</summary>
    None,

    /// <summary>Something sure, or something that cannot be looked into: no finding.</summary>
    Trusted,

    /// <summary>An atomic claim of the record before the effect.</summary>
    Claim,

    /// <summary>A read decides: two deliveries at once both read "not yet".</summary>
    Read,

    /// <summary>State in memory decides: another execution environment knows nothing of it.</summary>
    Memory,

    /// <summary>A guard whose failure lets the work go on.</summary>
    FailsOpen,
}

/// <summary>A guard of an effect.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Operation">Where it is; null unless there is one.</param>
/// <param name="Name">How messages call it.</param>
/// <param name="Frame">The method that it stands in.</param>
internal sealed record Guard(GuardKind Kind, IOperation? Operation = null, string Name = "", Frame? Frame = null)
{
    /// <summary>No guard.</summary>
    public static Guard None { get; } = new(GuardKind.None);

    /// <summary>One that no finding is made about.</summary>
    public static Guard Trusted { get; } = new(GuardKind.Trusted);
}

/// <summary>Finds the guard of an effect: on every way from the handler to it, in the methods on the way and in those they call.</summary>
internal sealed class Guards(
    MethodBodies bodies,
    Calls calls,
    EffectCatalogue catalogue,
    EffectJudgement judgement,
    EffectValues values,
    Refusals refusals,
    IdempotentOperations idempotentOperations,
    INamedTypeSymbol? handlerType,
    CancellationToken cancellationToken,
    Claim? without = null
)
{
    private const int DeepestGuard = 4;

    // What people call a guard that cannot be looked into.
    private static readonly Regex GuardName = new(
        "idempot|dedup|duplicat|alreadyprocessed|alreadyhandled|isprocessed|hasbeenprocessed|hasprocessed|wasprocessed|inbox|tryclaim|tryacquire|acquirelock|trylock|distributedlock|tryregister|trymark",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>The same, as if a claim were not made.</summary>
    public Guards Without(Claim claim) =>
        new(bodies, calls, catalogue, judgement, values, refusals, idempotentOperations, handlerType, cancellationToken, claim);

    /// <summary>The guard of an effect; the strongest one of those on the way.</summary>
    public Guard Of(ReachedEffect reached)
    {
        var found = Guard.None;
        IOperation point = reached.Call;
        for (var frame = reached.Frame; frame is not null; frame = frame.Caller)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (idempotentOperations.Includes(frame.Method) || IsInSerializedWrapper(frame))
                return Guard.Trusted;
            if (Stronger(InFrame(frame, point, reached), found) is var better)
                found = better;
            if (found.Kind == GuardKind.Trusted || frame.Call is null)
                return found;
            point = frame.Call;
        }

        return found;
    }

    private static Guard Stronger(Guard left, Guard right) => Rank(left.Kind) >= Rank(right.Kind) ? left : right;

    private static int Rank(GuardKind kind) =>
        kind switch
        {
            GuardKind.Trusted => 5,
            GuardKind.Claim => 4,
            GuardKind.FailsOpen => 3,
            GuardKind.Read => 2,
            GuardKind.Memory => 1,
            _ => 0,
        };

    private Guard InFrame(Frame frame, IOperation point, ReachedEffect reached)
    {
        if (bodies.Of(frame.Method, cancellationToken) is not { } body || ControlDependence.Of(body.Graph, point) is not { } dependence)
            return Guard.None;
        var found = Guard.None;
        var conditions = dependence.Conditions().ToList();
        foreach (var call in body.Invocations)
        {
            if (
                call == point
                || call.Syntax.Span.Contains(point.Syntax.Span)
                || point.Syntax.Span.Contains(call.Syntax.Span)
                || IsInNestedFunction(call, body.Root)
            )
                continue;
            var decided = conditions.FindIndex(decision => Uses(decision.Condition, call, body.Root));
            if (decided < 0 && !dependence.Precedes(call))
                continue;
            var guard = Classify(call, frame, decided < 0 ? null : conditions[decided].Outcome, reached, point);
            if (guard is { Kind: GuardKind.Claim, Operation: IInvocationOperation claim, Frame: { } inner } && GoesOn(claim, inner, frame, point, dependence))
                guard = Guard.None;
            found = Stronger(guard, found);
        }

        foreach (var (condition, _) in conditions)
        {
            if (IsOpaqueFlag(condition))
                found = Stronger(Guard.Trusted, found);
        }

        return found;
    }

    // try { claim } catch (ConditionalCheckFailedException) { log } … and the work goes on for a record that was claimed before.
    private bool GoesOn(IInvocationOperation claim, Frame claimed, Frame frame, IOperation point, ControlDependence dependence) =>
        ClaimFinder.RejectionOf(claim) is { } rejection
        && refusals.Of(claim, claimed, rejection).FirstOrDefault(refusal => refusal.Frame == frame) is { } refusal
        && !refusal.Skips(point, dependence);

    // The outcome is the answer after which the effect runs; null where the call does not decide.
    private Guard Classify(IInvocationOperation call, Frame frame, bool? outcome, ReachedEffect reached, IOperation point)
    {
        if (call == reached.Call || call == without?.Reached.Call)
            return Guard.None;
        var decides = outcome is not null;
        var guard = Direct(call, frame, decides);
        if (guard.Kind == GuardKind.None && calls.TargetOf(call, handlerType) is { } target)
            guard = Within(target, call, frame, outcome, DeepestGuard);
        if (guard.Kind == GuardKind.None && (decides && IsNamedAsGuard(call) || KnowsItsHistory(call)))
            return Guard.Trusted;
        return guard.Kind is GuardKind.Claim or GuardKind.Read && FailsOpen(call, frame, point: point)
            ? guard with
            {
                Kind = GuardKind.FailsOpen,
                Operation = call,
            }
            : guard;
    }

    // The call itself.
    private Guard Direct(IInvocationOperation call, Frame frame, bool decides)
    {
        if (StoreClaims.Is(call))
            return decides ? new(GuardKind.Claim, call, NameOf(call), frame) : Guard.None;
        if (catalogue.Find(call.TargetMethod) is { } effect)
        {
            var reached = new ReachedEffect(effect, call, frame);
            if (effect.Kind == EffectKind.Reads || (effect.Kind == EffectKind.Sql && judgement.SqlOf(reached) is { IsRead: true }))
                return decides ? new(GuardKind.Read, call, NameOf(call), frame) : Guard.None;
            // A statement that inserts nothing says so in its result only.
            return (decides || effect.Kind != EffectKind.Sql) && judgement.RefusesRepetition(reached)
                ? new(GuardKind.Claim, call, effect.Name, frame)
                : Guard.None;
        }

        if (decides && IsQuery(call))
            return new(GuardKind.Read, call, NameOf(call), frame);
        return decides && MemoryGuards.Is(call, frame, values, cancellationToken) ? new(GuardKind.Memory, call, NameOf(call), frame) : Guard.None;
    }

    // A method of the source that claims, or asks.
    private Guard Within(IMethodSymbol method, IInvocationOperation call, Frame frame, bool? outcome, int depth)
    {
        if (depth == 0 || frame.Methods.Contains(method, SymbolEqualityComparer.Default) || bodies.Of(method, cancellationToken) is not { } body)
            return Guard.None;
        if (idempotentOperations.Includes(method))
            return Guard.Trusted;
        var inner = new Frame(method, body.Root, call, frame);
        var found = Guard.None;
        foreach (var nested in body.Invocations)
        {
            if (nested == without?.Reached.Call)
                continue;
            var guard = Direct(nested, inner, decides: outcome is not null);
            if (guard.Kind == GuardKind.None && calls.TargetOf(nested, handlerType) is { } target)
                guard = Within(target, nested, inner, outcome, depth - 1);
            if (guard.Kind is GuardKind.Claim or GuardKind.Read && FailsOpen(nested, inner, outcome))
                guard = guard with { Kind = GuardKind.FailsOpen };
            found = Stronger(guard, found);
        }

        return found;
    }

    // account.Credit(order): if (history.Exists(entry => entry.OrderId == order.Id)) return; the object that is saved knows what it has done.
    /// <summary>Whether the object that a method is called on looks up whether it has done the same before.</summary>
    public bool KnowsItsHistory(IInvocationOperation call) =>
        call.Instance is not (null or IInstanceReferenceOperation)
        && calls.TargetOf(call, handlerType) is { } target
        && bodies.Of(target, cancellationToken) is { } body
        && body.Operations.OfType<IConditionalOperation>()
            .Any(choice =>
                choice.WhenTrue.HasPart(operation => operation is IReturnOperation)
                && choice
                    .Condition.DescendantsAndSelf()
                    .OfType<IInvocationOperation>()
                    .Any(check =>
                        check.TargetMethod.Name is "Exists" or "Any" or "Contains" or "ContainsKey"
                        && IsOwn(check.Instance ?? check.Arguments.FirstOrDefault()?.Value)
                    )
            );

    private static bool IsOwn(IOperation? operation) =>
        operation is not null && operation.WithoutConversions() is IMemberReferenceOperation { Instance: IInstanceReferenceOperation };

    private static bool IsQuery(IInvocationOperation call) =>
        call.TargetMethod.ContainingType.IsIn("Microsoft.EntityFrameworkCore")
            && call.TargetMethod.Name is "AnyAsync" or "FirstOrDefaultAsync" or "SingleOrDefaultAsync" or "FindAsync" or "Find" or "CountAsync" or "FirstAsync"
        || call.TargetMethod.ContainingNamespace?.ToDisplayString().StartsWith("StackExchange.Redis", StringComparison.Ordinal) == true
            && call.TargetMethod.Name
                is "KeyExists"
                    or "KeyExistsAsync"
                    or "StringGet"
                    or "StringGetAsync"
                    or "SetContains"
                    or "SetContainsAsync"
                    or "HashExists"
                    or "HashExistsAsync";

    // What is named after a claim is no other guard.
    private bool IsNamedAsGuard(IInvocationOperation call) => IsNamedAsGuard(call.TargetMethod) && without?.Reached.Frame.Calls.Contains(call) != true;

    private static bool IsNamedAsGuard(IMethodSymbol method) => GuardName.IsMatch(method.Name) || GuardName.IsMatch(method.ContainingType?.Name ?? "");

    // if (message.IsDuplicate) …
    private static bool IsOpaqueFlag(IOperation condition) =>
        condition.HasPart(part => part is IPropertyReferenceOperation property && GuardName.IsMatch(property.Property.Name));

    // await idempotency.RunOnceAsync(message.MessageId, async () => …)
    private static bool IsInSerializedWrapper(Frame frame) =>
        frame is { Method.MethodKind: MethodKind.AnonymousFunction, Call: IInvocationOperation taker } && IsNamedAsGuard(taker.TargetMethod);

    /// <summary>Whether the condition hangs on the result of the call: written in it, or through a local.</summary>
    public static bool Uses(IOperation condition, IInvocationOperation call, IOperation root)
    {
        if (condition.HasPart(part => part.Syntax == call.Syntax))
            return true;
        var locals = condition
            .DescendantsAndSelf()
            .OfType<ILocalReferenceOperation>()
            .Select(reference => reference.Local)
            .ToImmutableHashSet<ILocalSymbol>(SymbolEqualityComparer.Default);
        return !locals.IsEmpty
            && root.Descendants()
                .Any(operation =>
                    operation switch
                    {
                        IVariableDeclaratorOperation { Initializer.Value: { } value } declarator => locals.Contains(declarator.Symbol)
                            && value.HasPart(part => part.Syntax == call.Syntax),
                        ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment => locals.Contains(target.Local)
                            && assignment.Value.HasPart(part => part.Syntax == call.Syntax),
                        IArgumentOperation { Parameter.RefKind: RefKind.Out } argument => argument.Parent?.Syntax == call.Syntax
                            && argument.Value.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(reference => locals.Contains(reference.Local)),
                        _ => false,
                    }
                );
    }

    // try { if (await inbox.IsKnownAsync(id)) continue; } catch (Exception) { log } … and the work goes on.
    // What stands in the same try block does not run when the guard fails.
    private static bool FailsOpen(IOperation call, Frame frame, bool? outcome = null, IOperation? point = null)
    {
        for (var current = call.Parent; current is not null && current != frame.Root.Parent; current = current.Parent)
        {
            if (current is not ITryOperation attempt || !attempt.Body.Syntax.Span.Contains(call.Syntax.Span))
                continue;
            if (point is not null && attempt.Body.Syntax.Span.Contains(point.Syntax.Span))
                return false;
            return attempt.Catches.Any(clause =>
                IsBroad(clause.ExceptionType) && clause.Filter is null && (!Leaves(clause.Handler) || Answers(clause.Handler, outcome))
            );
        }

        return false;
    }

    private static bool IsBroad(ITypeSymbol type) => type.SpecialType == SpecialType.System_Object || type.Is("System.Exception");

    private static bool Leaves(IOperation handler) =>
        handler
            .Descendants()
            .Any(operation =>
                operation is IThrowOperation or IReturnOperation or IBranchOperation { BranchKind: BranchKind.Continue or BranchKind.Break or BranchKind.GoTo }
            );

    // catch (Exception) { return false; } in what is asked, and the effect runs after a "no".
    private static bool Answers(IOperation handler, bool? outcome) =>
        outcome is { } answer
        && handler.Descendants().All(operation => operation is not (IThrowOperation or IBranchOperation))
        && handler
            .Descendants()
            .OfType<IReturnOperation>()
            .All(returned => returned.ReturnedValue is { ConstantValue: { HasValue: true, Value: bool value } } && value == answer);

    private static bool IsInNestedFunction(IOperation operation, IOperation root)
    {
        for (var current = operation.Parent; current is not null && current != root; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return true;
        }

        return false;
    }

    private static string NameOf(IInvocationOperation call) => $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";
}
