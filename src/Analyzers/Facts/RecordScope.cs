using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>A method that a handler reaches with its batch or with a record of it, the handler itself the first.</summary>
/// <param name="Body">The method.</param>
/// <param name="Values">The variables that hold the batch, a record, or something made from one.</param>
/// <param name="IsPerRecord">Whether it is called for each record.</param>
/// <param name="Calls">The calls that lead to it, outermost first.</param>
internal sealed record RecordScope(MethodBody Body, RecordValues Values, bool IsPerRecord, ImmutableArray<IOperation> Calls)
{
    /// <summary>The places where it goes through records.</summary>
    public ImmutableArray<RecordIteration> Iterations { get; } = RecordIteration.In(Body, Values);

    /// <summary>Its operations and those of its lambdas; local functions are scopes of their own.</summary>
    public IEnumerable<IOperation> Operations => OperationsBelow(Body.Root);

    /// <summary>Whether the operation runs once a record, or works on one.</summary>
    public bool IsAboutARecord(IOperation operation) =>
        IsPerRecord || Iterations.Any(iteration => iteration.Includes(operation.Syntax)) || Values.IsMentionedIn(operation);

    /// <summary>The first place, at or below the handler, that lies in <paramref name="tree"/>: the operation itself, or the call that leads to it.</summary>
    public SyntaxNode PlaceIn(SyntaxTree? tree, SyntaxNode node) =>
        Calls.Select(call => call.Syntax).Concat([node]).LastOrDefault(place => place.SyntaxTree == tree) ?? node;

    /// <summary>The source methods on the way to it, the handler not among them.</summary>
    public IEnumerable<IMethodSymbol> Path =>
        Calls
            .Select(call =>
                call switch
                {
                    IInvocationOperation invocation => invocation.TargetMethod,
                    IMethodReferenceOperation reference => reference.Method,
                    _ => null,
                }
            )
            .Where(method => method is not null && method.Locations.Any(location => location.IsInSource))
            .Select(method => method!);

    private static IEnumerable<IOperation> OperationsBelow(IOperation root)
    {
        foreach (var child in root.ChildOperations)
        {
            if (child is ILocalFunctionOperation)
                continue;
            yield return child;
            foreach (var inner in OperationsBelow(child))
                yield return inner;
        }
    }
}
