using System.Collections;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>The body of a method of the source: its operations as written and its control flow. What is asked for first is computed then.</summary>
/// <param name="method">The method, local function or lambda.</param>
/// <param name="root">The operations as written.</param>
/// <param name="createGraph">Makes the control flow.</param>
internal sealed class MethodBody(IMethodSymbol method, IOperation root, Func<ControlFlowGraph> createGraph)
{
    // Those that the compiler knows are under 150.
    private const int MostKinds = 256;

    private ControlFlowGraph? graph;
    private Parts? parts;
    private IReadOnlyList<IOperation>? inOrder;
    private IReadOnlyDictionary<SyntaxNode, IArgumentOperation>? arguments;

    /// <summary>The method, local function or lambda.</summary>
    public IMethodSymbol Method { get; } = method;

    /// <summary>The operations as written.</summary>
    public IOperation Root { get; } = root;

    /// <summary>The control flow.</summary>
    public ControlFlowGraph Graph => Volatile.Read(ref graph) ?? Interlocked.CompareExchange(ref graph, createGraph(), null) ?? graph;

    /// <summary>What <see cref="Root"/> is made of, parents before their children.</summary>
    public IReadOnlyList<IOperation> Operations => TheParts.All;

    /// <summary>The calls among <see cref="Operations"/>, in their order.</summary>
    public IReadOnlyList<IInvocationOperation> Invocations => TheParts.Invocations;

    /// <summary>Whether there is such an operation among <see cref="Operations"/>.</summary>
    public bool Has(OperationKind kind) => TheParts.Has(kind);

    /// <summary>
    /// <see cref="Root"/> and <see cref="Operations"/> in the order in which they run. What is made of lambdas and local functions stands in the place where these are
    /// written.
    /// </summary>
    public IReadOnlyList<IOperation> InOrderOfEvaluation =>
        Volatile.Read(ref inOrder) ?? Interlocked.CompareExchange(ref inOrder, Root.InOrderOfEvaluation(), null) ?? inOrder;

    /// <summary>Whether a lambda or a local function is written in it.</summary>
    public bool HoldsFunctions => Has(OperationKind.AnonymousFunction) || Has(OperationKind.LocalFunction);

    /// <summary>The argument as written, where the flow has captured a part of it, as it does with an object that gets its properties in an initializer; null elsewhere.</summary>
    public IArgumentOperation? WrittenOf(IArgumentOperation argument) =>
        argument.Value.HasPart(part => part is IFlowCaptureReferenceOperation) && Arguments.TryGetValue(argument.Syntax, out var written) ? written : null;

    private Parts TheParts => Volatile.Read(ref parts) ?? Interlocked.CompareExchange(ref parts, new(Root), null) ?? parts;

    private IReadOnlyDictionary<SyntaxNode, IArgumentOperation> Arguments =>
        Volatile.Read(ref arguments) ?? Interlocked.CompareExchange(ref arguments, ArgumentsBySyntax(), null) ?? arguments;

    private Dictionary<SyntaxNode, IArgumentOperation> ArgumentsBySyntax()
    {
        var bySyntax = new Dictionary<SyntaxNode, IArgumentOperation>();
        foreach (var argument in Operations.OfType<IArgumentOperation>())
        {
            if (!bySyntax.ContainsKey(argument.Syntax))
                bySyntax.Add(argument.Syntax, argument);
        }

        return bySyntax;
    }

    // Most that is asked about a method is asked about its calls, or about kinds of operations that it does not have.
    private sealed class Parts
    {
        private readonly BitArray kinds = new(MostKinds);

        public Parts(IOperation root)
        {
            var all = new List<IOperation>(64);
            var invocations = new List<IInvocationOperation>(8);
            root.AddParts(all);
            foreach (var operation in all)
            {
                var kind = operation.Kind;
                kinds[(int)kind & (MostKinds - 1)] = true;
                if (kind == OperationKind.Invocation)
                    invocations.Add((IInvocationOperation)operation);
            }

            All = all;
            Invocations = invocations;
        }

        public IReadOnlyList<IOperation> All { get; }

        public IReadOnlyList<IInvocationOperation> Invocations { get; }

        public bool Has(OperationKind kind) => kinds[(int)kind & (MostKinds - 1)];
    }
}
