using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>One operation of a method, where it stands in the control flow.</summary>
/// <param name="Block">Its block; null where the method catches nothing, so that what leaves an operation leaves the method.</param>
/// <param name="Index">The number in its block of the statement that it is a part of.</param>
/// <param name="Operation">The operation.</param>
/// <param name="IsThrown">Whether it is the exception that a <c>throw</c> lets go.</param>
internal readonly record struct Step(BasicBlock? Block, int Index, IOperation Operation, bool IsThrown = false);

/// <summary>The operations of a method in the order in which they run.</summary>
internal static class Steps
{
    /// <summary>
    /// The operations outside of clauses and <c>finally</c> blocks. The control flow of a method that catches nothing, as most do, says no more than its operations do, and
    /// to make it costs as much as to bind them.
    /// </summary>
    public static IEnumerable<Step> Of(MethodBody body) => CatchesNothing(body) ? AsWritten(body) : InFlow(body, withClauses: false);

    /// <summary>All operations, each in its block.</summary>
    public static IEnumerable<Step> InFlow(MethodBody body) => InFlow(body, withClauses: true);

    private static IEnumerable<Step> InFlow(MethodBody body, bool withClauses)
    {
        foreach (var block in body.Graph.Blocks)
        {
            if (!withClauses && block.Regions().Any(IsClause))
                continue;
            for (var index = 0; index <= block.Operations.Length; index++)
            {
                var operation = index < block.Operations.Length ? block.Operations[index] : block.BranchValue;
                if (operation is null)
                    break;
                foreach (var part in operation.InOrderOfEvaluation())
                    yield return new(block, index, part);
            }

            if (block is { FallThroughSuccessor.Semantics: ControlFlowBranchSemantics.Throw, BranchValue: { } exception })
                yield return new(block, block.Operations.Length, exception, IsThrown: true);
        }
    }

    private static IEnumerable<Step> AsWritten(MethodBody body)
    {
        foreach (var part in body.InOrderOfEvaluation)
            yield return part is IThrowOperation { Exception: { } exception } ? new(null, 0, exception, IsThrown: true) : new(null, 0, part);
    }

    // Nor does it hold another method, or go through a collection of the source, whose calls only the control flow shows.
    private static bool CatchesNothing(MethodBody body) =>
        !body.Has(OperationKind.Try)
        && !body.HoldsFunctions
        && !body.Has(OperationKind.MethodReference)
        && !(
            body.Has(OperationKind.Loop) && body.Operations.OfType<IForEachLoopOperation>().Any(loop => IsOfSource(loop.Collection.WithoutConversions().Type))
        );

    private static bool IsOfSource(ITypeSymbol? type) => type is not null && type.DeclaringSyntaxReferences.Length > 0;

    private static bool IsClause(ControlFlowRegion region) =>
        region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter or ControlFlowRegionKind.Finally;
}
