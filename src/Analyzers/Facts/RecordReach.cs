using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// Finds the methods that a handler reaches with its batch or with a record. A method that is reached several times is one scope, in which a parameter counts when
/// any of the calls passes a value of the batch for it.
/// </summary>
internal sealed class RecordReach(
    KnownTypes types,
    ValuesByEntry values,
    MethodBodies bodies,
    Calls calls,
    INamedTypeSymbol? handlerType,
    CancellationToken cancellationToken
)
{
    private const int MostMethods = 200;

    private readonly Dictionary<IMethodSymbol, Entry> entries = new(SymbolEqualityComparer.Default);
    private readonly List<Entry> inOrder = [];
    private readonly Queue<Entry> work = new();
    private readonly HashSet<IMethodSymbol> givenLists = new(SymbolEqualityComparer.Default);
    private readonly ImmutableArray<RecordScope>.Builder ofLists = ImmutableArray.CreateBuilder<RecordScope>();

    /// <summary>The scopes, in the order in which they are reached, and the methods that are given a list of what was made of the records.</summary>
    public (ImmutableArray<RecordScope> Scopes, ImmutableArray<RecordScope> OfLists) From(IMethodSymbol handler, IParameterSymbol? eventParameter)
    {
        Enter(handler, eventParameter is null ? [] : [eventParameter.OriginalDefinition], isPerRecord: false, null, null);
        while (work.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entry = work.Dequeue();
            entry.IsWaiting = false;
            entry.Scope = new(entry.Body, values.Of(entry.Body, entry.Parameters), entry.IsPerRecord, entry.Calls, entry.Path);
            foreach (var operation in entry.Scope.Operations)
                Visit(operation, entry.Scope);
        }

        foreach (var entry in inOrder)
            FollowLists(entry.Scope!);
        return (inOrder.Select(entry => entry.Scope!).ToImmutableArray(), ofLists.ToImmutable());
    }

    private void FollowLists(RecordScope scope)
    {
        foreach (var invocation in scope.Invocations)
        {
            var lists = invocation.Arguments.Where(argument => argument.Parameter is not null && scope.Values.IsCollected(argument.Value)).ToList();
            if (
                lists.Count == 0
                || calls.TargetOf(invocation, handlerType) is not { } target
                || entries.ContainsKey(target)
                || givenLists.Count >= MostMethods
                || !givenLists.Add(target)
                || bodies.Of(target, cancellationToken) is not { } body
            )
                continue;
            var parameters = lists.Select(argument => target.Parameters[argument.Parameter!.Ordinal]);
            var given = new RecordScope(
                body,
                RecordValues.Of(body, [], parameters, null, types),
                IsPerRecord: false,
                scope.Calls.Add(invocation),
                scope.Path.Add(target)
            )
            {
                IsOfList = true,
            };
            ofLists.Add(given);
            FollowLists(given);
        }
    }

    private void Visit(IOperation operation, RecordScope scope)
    {
        switch (operation)
        {
            case IInvocationOperation invocation when calls.TargetOf(invocation, handlerType) is { } target:
                var passed = PassedRecords(invocation, target, scope);
                if (passed.Count > 0 || scope.IsAboutARecord(invocation))
                    Enter(target, passed, IsOnceARecord(invocation, scope) || passed.Any(parameter => !IsBatch(parameter.Type)), invocation, scope);
                break;
            case IMethodReferenceOperation reference when calls.TargetOf(reference, handlerType) is { } target && IsTakenForRecords(reference, scope):
                Enter(target, target.Parameters, isPerRecord: true, reference, scope);
                break;
        }
    }

    private static List<IParameterSymbol> PassedRecords(IInvocationOperation invocation, IMethodSymbol target, RecordScope scope)
    {
        var passed = new List<IParameterSymbol>();
        foreach (var argument in invocation.Arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < target.Parameters.Length && scope.Values.IsMentionedIn(argument.Value))
                passed.Add(target.Parameters[parameter.Ordinal]);
        }

        return passed;
    }

    private void Enter(IMethodSymbol method, IEnumerable<IParameterSymbol> parameters, bool isPerRecord, IOperation? call, RecordScope? caller)
    {
        if (!entries.TryGetValue(method, out var entry))
        {
            if (entries.Count >= MostMethods || bodies.Of(method, cancellationToken) is not { } body)
                return;
            entries[method] = entry = new(body, call, caller);
            inOrder.Add(entry);
        }
        else if (!(isPerRecord && !entry.IsPerRecord) && parameters.All(entry.Parameters.Contains))
        {
            return;
        }

        entry.Parameters.UnionWith(parameters);
        entry.IsPerRecord |= isPerRecord;
        if (entry.IsWaiting)
            return;
        entry.IsWaiting = true;
        work.Enqueue(entry);
    }

    private bool IsBatch(ITypeSymbol parameter) => types.EventKind(parameter) != EventSourceKind.Unknown || types.IsRecord(ElementTypes.Of(parameter));

    private static bool IsOnceARecord(IOperation operation, RecordScope scope) => scope.IsPerRecord || scope.Values.RunsOnceARecord(operation.Syntax);

    private bool IsTakenForRecords(IMethodReferenceOperation reference, RecordScope scope)
    {
        if (reference.Method.Parameters.Any(parameter => types.IsRecord(parameter.Type)))
            return true;
        for (var current = reference.Parent; current is not null; current = current.Parent)
        {
            if (current is IInvocationOperation taker)
                return scope.IsAboutARecord(taker);
            if (current is IBlockOperation)
                return false;
        }

        return false;
    }

    private sealed class Entry(MethodBody body, IOperation? call, RecordScope? caller)
    {
        public MethodBody Body { get; } = body;

        public ImmutableArray<IOperation> Calls { get; } = call is null || caller is null ? ImmutableArray<IOperation>.Empty : caller.Calls.Add(call);

        public ImmutableArray<IMethodSymbol> Path { get; } = caller is null ? ImmutableArray<IMethodSymbol>.Empty : caller.Path.Add(body.Method);

        public HashSet<ISymbol> Parameters { get; } = new(SymbolEqualityComparer.Default);

        public bool IsPerRecord { get; set; }

        public bool IsWaiting { get; set; }

        public RecordScope? Scope { get; set; }
    }
}
