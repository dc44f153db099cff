using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// An <c>async void</c> that the constructor of a handler's class begins: whatever batch the process works on by the time it fails comes back, and nothing tells the
/// handler when it is done. One that takes its exceptions itself, or does nothing that can fail, is none.
/// </summary>
/// <param name="Call">The call that begins it.</param>
/// <param name="Way">The calls that lead from the constructor to <paramref name="Call"/>, outermost first.</param>
internal sealed record StartupWork(IInvocationOperation Call, ImmutableArray<IOperation> Way)
{
    private const int MostMethods = 50;

    /// <summary>What the constructors of the handler's class and of its base classes begin.</summary>
    public static ImmutableArray<StartupWork> In(Handler handler, MethodBodies bodies, Calls calls, Reporting reporting, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<StartupWork>();
        var escapes = new Escapes(bodies, call => calls.TargetOf(call, handler.Type), reporting, cancellationToken);
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var queue = new Queue<(IMethodSymbol Method, ImmutableArray<IOperation> Way)>();
        for (var type = handler.Type; type is not null; type = type.BaseType)
        {
            foreach (var constructor in handler.Method.IsStatic ? type.StaticConstructors : type.Constructors)
                queue.Enqueue((constructor.OriginalDefinition, ImmutableArray<IOperation>.Empty));
        }

        while (queue.Count > 0 && seen.Count < MostMethods)
        {
            var (method, way) = queue.Dequeue();
            if (!seen.Add(method) || bodies.Of(method, cancellationToken) is not { } body)
                continue;
            foreach (var call in OwnOperations(body.Root).OfType<IInvocationOperation>())
            {
                if (calls.TargetOf(call, handler.Type) is not { } target)
                    continue;
                if (target is not { IsAsync: true, ReturnsVoid: true })
                    queue.Enqueue((target, way.Add(call)));
                else if (escapes.From(target))
                    found.Add(new(call, way));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The last place on the way that lies in <paramref name="tree"/>; null where none does.</summary>
    public SyntaxNode? PlaceIn(SyntaxTree? tree) => Way.Add(Call).LastOrDefault(operation => operation.Syntax.SyntaxTree == tree)?.Syntax;

    // What lambdas and local functions do runs when they are called, if ever.
    private static IEnumerable<IOperation> OwnOperations(IOperation root)
    {
        foreach (var child in root.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            yield return child;
            foreach (var operation in OwnOperations(child))
                yield return operation;
        }
    }

    /// <summary>Whether exceptions leave methods.</summary>
    private sealed class Escapes(
        MethodBodies bodies,
        Func<IInvocationOperation, IMethodSymbol?> targetOf,
        Reporting reporting,
        CancellationToken cancellationToken
    )
    {
        private readonly Dictionary<IMethodSymbol, bool> known = new(SymbolEqualityComparer.Default);

        public bool From(IMethodSymbol method)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (known.TryGetValue(method, out var answer))
                return answer;
            // A cycle adds nothing of its own; whoever started it sees the rest.
            known[method] = false;
            return known[method] =
                bodies.Of(method, cancellationToken) is { } body && OwnOperations(body.Root).Any(operation => Throws(operation) && !IsTaken(operation));
        }

        private bool Throws(IOperation operation) =>
            operation switch
            {
                IThrowOperation => true,
                // A call whose method is not known yet, while somebody types, is waited for as any other.
                IAwaitOperation { Operation: IInvalidOperation } => true,
                IInvocationOperation call when !IsSeen(call) => false,
                IInvocationOperation call when targetOf(call) is { } target => From(target),
                _ => reporting.MayFail(operation),
            };

        // The exception of a task is seen where it is awaited, by the method itself or by whoever gets the task from it.
        private static bool IsSeen(IInvocationOperation call)
        {
            if (call.Type is not { Name: "Task" or "ValueTask" })
                return true;
            IOperation current = call;
            while (current.Parent is IConversionOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
                current = current.Parent;
            return current.Parent is IAwaitOperation or IReturnOperation;
        }

        private static bool IsTaken(IOperation operation)
        {
            for (var current = operation; current.Parent is { } parent; current = parent)
            {
                if (parent is ITryOperation attempt && attempt.Body == current && attempt.Catches.Any(TakesAll))
                    return true;
            }

            return false;
        }

        private static bool TakesAll(ICatchClauseOperation clause) =>
            clause.Filter is null
            && CatchKinds.Of(clause.ExceptionType) == CatchKind.Everything
            && !clause.Handler.Descendants().OfType<IThrowOperation>().Any();
    }
}
