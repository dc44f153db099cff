using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>Tells handlers from methods that look like one but are called by one, with the event passed on.</summary>
internal sealed class Collaborators(Compilation compilation, SemanticModels models)
{
    private readonly ConcurrentDictionary<string, CalledMethods> callsByName = new(StringComparer.Ordinal);
    private Index? treesByCalledName;

    /// <summary>
    /// Whether some method of the source hands its own event parameter to <paramref name="handler"/>'s method. One that takes an asynchronous event need only be
    /// called: notifications of a bucket or a topic often come in the body of a queue's message, and are then delivered as that is.
    /// </summary>
    public bool Includes(Handler handler, CancellationToken cancellationToken)
    {
        var method = handler.Method.OriginalDefinition;
        var calls = CallsOf(method.Name, cancellationToken);
        for (var overridden = method; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (calls.Methods.TryGetValue(overridden.OriginalDefinition, out var passesEventOn) && (handler.IsAsynchronous || passesEventOn))
                return true;
        }

        return calls.Contracts.Any(call => (handler.IsAsynchronous || call.Value) && Implements(method, call.Key));
    }

    // Many handlers have one name: what is called by it is looked up once.
    private CalledMethods CallsOf(string name, CancellationToken cancellationToken)
    {
        if (callsByName.TryGetValue(name, out var known))
            return known;
        var found = new CalledMethods();
        foreach (var tree in TreesThatMayCall(name, cancellationToken))
        {
            var model = models.Of(tree);
            foreach (var call in CalledNames.Calls(tree, ImmutableArray.Create(name), cancellationToken))
            {
                if (model.GetOperation(call, cancellationToken) is IInvocationOperation invocation)
                    found.Add(invocation.TargetMethod.OriginalDefinition, invocation.Arguments.Any(PassesParameterOn));
            }
        }

        return callsByName.GetOrAdd(name, found);
    }

    private IEnumerable<SyntaxTree> TreesThatMayCall(string name, CancellationToken cancellationToken)
    {
        var index =
            Volatile.Read(ref treesByCalledName)
            ?? Interlocked.CompareExchange(ref treesByCalledName, new(compilation, cancellationToken), null)
            ?? treesByCalledName;
        return index.ByHash[CalledNames.HashOf(name)].Union(index.Unclear);
    }

    private static bool Implements(IMethodSymbol method, IMethodSymbol target)
    {
        var contract = method.ContainingType.AllInterfaces.FirstOrDefault(candidate =>
            SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, target.ContainingType.OriginalDefinition)
        );
        var member = contract
            ?.GetMembers(target.Name)
            .FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, target.OriginalDefinition));
        return member is not null && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method);
    }

    private static bool PassesParameterOn(IArgumentOperation argument)
    {
        var value = argument.Value;
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value is IParameterReferenceOperation && argument.Parameter?.Ordinal == 0;
    }

    /// <summary>What is called by one name, each with whether some call passes its own event on.</summary>
    private sealed class CalledMethods
    {
        public Dictionary<IMethodSymbol, bool> Methods { get; } = new(SymbolEqualityComparer.Default);

        /// <summary>Those of interfaces, which handlers may implement.</summary>
        public Dictionary<IMethodSymbol, bool> Contracts { get; } = new(SymbolEqualityComparer.Default);

        public void Add(IMethodSymbol target, bool passesEventOn)
        {
            var calls = target.ContainingType?.TypeKind == TypeKind.Interface ? Contracts : Methods;
            calls[target] = passesEventOn || calls.TryGetValue(target, out var known) && known;
        }
    }

    /// <summary>The files that may call something by a name.</summary>
    private sealed class Index(Compilation compilation, CancellationToken cancellationToken)
    {
        public ILookup<int, SyntaxTree> ByHash { get; } =
            compilation
                .SyntaxTrees.SelectMany(tree => TreeCandidates.Of(tree, cancellationToken).Called.Hashes.Select(hash => (hash, tree)))
                .ToLookup(pair => pair.hash, pair => pair.tree);

        public ImmutableArray<SyntaxTree> Unclear { get; } =
            compilation.SyntaxTrees.Where(tree => TreeCandidates.Of(tree, cancellationToken).Called.IsUnclear).ToImmutableArray();
    }
}
