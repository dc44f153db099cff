using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>A method that a handler reaches with its batch or with a record of it, the handler itself the first.</summary>
/// <param name="Body">The method.</param>
/// <param name="Values">The variables that hold the batch, a record, or something made from one.</param>
/// <param name="IsPerRecord">Whether it is called for each record.</param>
/// <param name="Calls">The calls that lead to it, outermost first.</param>
/// <param name="Path">The methods that those calls run, itself the last.</param>
internal sealed record RecordScope(MethodBody Body, RecordValues Values, bool IsPerRecord, ImmutableArray<IOperation> Calls, ImmutableArray<IMethodSymbol> Path)
{
    /// <summary>Whether it is given a list that its caller has filled with what it made of the records, and neither the batch nor a record.</summary>
    public bool IsOfList { get; init; }

    /// <summary>The places where it goes through records.</summary>
    public ImmutableArray<RecordIteration> Iterations => Values.Iterations;

    /// <summary>Its operations and those of its lambdas, in the order of the code; local functions are scopes of their own.</summary>
    public IReadOnlyList<IOperation> Operations { get; } = Body.Has(OperationKind.LocalFunction) ? WithoutLocalFunctions(Body) : Body.Operations;

    /// <summary>The calls among <see cref="Operations"/>, in their order.</summary>
    public IReadOnlyList<IInvocationOperation> Invocations =>
        ReferenceEquals(Operations, Body.Operations) ? Body.Invocations : Operations.OfType<IInvocationOperation>().ToList();

    /// <summary>Whether the operation runs once a record, or works on one.</summary>
    public bool IsAboutARecord(IOperation operation) => IsPerRecord || Values.RunsOnceARecord(operation.Syntax) || Values.IsMentionedIn(operation);

    /// <summary>The last place on the way to <paramref name="node"/> that lies in <paramref name="tree"/>: the node itself, or a call that leads to it. Null where none does.</summary>
    public SyntaxNode? PlaceIn(SyntaxTree? tree, SyntaxNode node) =>
        Calls.Select(call => call.Syntax).Concat([node]).LastOrDefault(place => place.SyntaxTree == tree);

    private static List<IOperation> WithoutLocalFunctions(MethodBody body)
    {
        var operations = new List<IOperation>();
        var open = new Stack<IOperation>(body.Root.ChildOperations.Reverse());
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (next is ILocalFunctionOperation)
                continue;
            operations.Add(next);
            foreach (var child in next.ChildOperations.Reverse())
                open.Push(child);
        }

        return operations;
    }
}
