using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>An effect that a handler reaches.</summary>
/// <param name="Effect">What the catalogue says of it.</param>
/// <param name="Call">The call that does it.</param>
/// <param name="Frame">The method it stands in, and how the handler gets there.</param>
internal sealed record ReachedEffect(Effect Effect, IInvocationOperation Call, Frame Frame);

/// <summary>What a handler does to the world.</summary>
/// <param name="Effects">The effects, in the order of the code.</param>
/// <param name="Saves">The calls on the way that are named as if they saved what they are given.</param>
internal sealed record ReachedEffects(ImmutableArray<ReachedEffect> Effects, ImmutableArray<(IInvocationOperation Call, Frame Frame)> Saves);

/// <summary>
/// Finds what a handler does to the world, through calls of source methods, lambdas, method groups, constructors, handlers that a mediator finds by the type of the
/// message, and the classes that a receiver is set to. Each effect is found once, on the first way there.
/// </summary>
internal sealed class EffectReach
{
    private const int DeepestCall = 10;

    private readonly MethodBodies bodies;
    private readonly Calls calls;
    private readonly Dispatchers dispatchers;
    private readonly EffectCatalogue catalogue;
    private readonly INamedTypeSymbol? handlerType;
    private readonly CancellationToken cancellationToken;
    private readonly ImmutableArray<ReachedEffect>.Builder effects = ImmutableArray.CreateBuilder<ReachedEffect>();
    private readonly ImmutableArray<(IInvocationOperation, Frame)>.Builder saves = ImmutableArray.CreateBuilder<(IInvocationOperation, Frame)>();
    private readonly HashSet<IMethodSymbol> seen = new(SymbolEqualityComparer.Default);

    private EffectReach(
        MethodBodies bodies,
        Calls calls,
        Dispatchers dispatchers,
        EffectCatalogue catalogue,
        INamedTypeSymbol? handlerType,
        CancellationToken cancellationToken
    ) =>
        (this.bodies, this.calls, this.dispatchers, this.catalogue, this.handlerType, this.cancellationToken) = (
            bodies,
            calls,
            dispatchers,
            catalogue,
            handlerType,
            cancellationToken
        );

    /// <summary>What a handler reaches.</summary>
    public static ReachedEffects Of(
        Handler handler,
        MethodBodies bodies,
        Calls calls,
        Dispatchers dispatchers,
        EffectCatalogue catalogue,
        CancellationToken cancellationToken
    )
    {
        var reach = new EffectReach(bodies, calls, dispatchers, catalogue, handler.Type, cancellationToken);
        if (bodies.Of(handler.Method, cancellationToken) is { } body)
        {
            reach.seen.Add(body.Method);
            reach.Walk(new(handler.Method, body.Root, null, null), body);
        }

        return new(reach.effects.ToImmutable(), reach.saves.ToImmutable());
    }

    // Lambdas and local functions have frames of their own: these when they are called.
    private void Walk(Frame frame, MethodBody? body)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var operations = body is { HoldsFunctions: false }
            ? body.InOrderOfEvaluation
            : frame.Root.InOrderOfEvaluation(part => part is not (IAnonymousFunctionOperation or ILocalFunctionOperation));
        foreach (var operation in operations)
        {
            switch (operation)
            {
                case IInvocationOperation invocation:
                    Visit(invocation, frame);
                    break;
                case IObjectCreationOperation { Constructor: { } constructor } creation:
                    Enter(constructor, creation, frame);
                    break;
                case IAnonymousFunctionOperation lambda when lambda != frame.Root:
                    Walk(new(lambda.Symbol, lambda.Body, TakerOf(lambda), frame), null);
                    break;
                case IMethodReferenceOperation reference when calls.TargetOf(reference, handlerType) is { } target:
                    Enter(target, TakerOf(reference), frame);
                    break;
            }
        }
    }

    private void Visit(IInvocationOperation invocation, Frame frame)
    {
        if (LoadChangeSave.MaySave(invocation))
            saves.Add((invocation, frame));
        if (catalogue.Find(invocation.TargetMethod) is { } effect)
        {
            if (effect.Kind != EffectKind.Reads)
                effects.Add(new(effect, invocation, frame));
            return;
        }

        if (calls.TargetOf(invocation, handlerType) is { } target)
            Enter(target, invocation, frame);
        else
            foreach (var dispatched in dispatchers.TargetsOf(invocation, cancellationToken))
                Enter(dispatched, invocation, frame);
    }

    private void Enter(IMethodSymbol method, IOperation? call, Frame frame)
    {
        if (call is null || frame.Depth >= DeepestCall || bodies.Of(method, cancellationToken) is not { } body || !seen.Add(body.Method))
            return;
        Walk(new(method, body.Root, call, frame), body);
    }

    // The call that a lambda or a method group is given to.
    private static IOperation? TakerOf(IOperation taken)
    {
        for (var current = taken.Parent; current is not null; current = current.Parent)
        {
            if (current is IInvocationOperation or IObjectCreationOperation)
                return current;
            if (current is IAnonymousFunctionOperation or IBlockOperation)
                return null;
        }

        return null;
    }
}
