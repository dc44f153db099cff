using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What must have run before an operation, and what decided that it runs.</summary>
internal sealed class ControlDependence
{
    private readonly ControlFlowGraph graph;
    private readonly BasicBlock target;
    private readonly int index;
    private readonly IOperation operation;
    private readonly Dictionary<int, bool> throwing = [];

    private ControlDependence(ControlFlowGraph graph, BasicBlock target, int index, IOperation operation) =>
        (this.graph, this.target, this.index, this.operation) = (graph, target, index, operation);

    /// <summary>The dependence of an operation; null when it is not in the graph.</summary>
    public static ControlDependence? Of(ControlFlowGraph graph, IOperation operation) =>
        Find(graph, operation) is var (block, index) ? new(graph, block, index, operation) : null;

    /// <summary>The block that the operation runs in; null when it is not in the graph.</summary>
    public static BasicBlock? BlockOf(ControlFlowGraph graph, IOperation operation) => Find(graph, operation)?.Block;

    /// <summary>Whether the operation runs before the target on every way there.</summary>
    public bool Precedes(IOperation other)
    {
        if (Find(graph, other) is not var (block, at))
            return false;
        if (block == target)
            return at < index || (at == index && other.Syntax.Span.End <= operation.Syntax.SpanStart);
        return !Reaches(graph.Blocks[0], block);
    }

    /// <summary>The conditions that decided that the target runs, and the outcome of each that leads to it: the other one does not, in this pass of a loop.</summary>
    public IEnumerable<(IOperation Condition, bool Outcome)> Conditions()
    {
        foreach (var block in graph.Blocks)
        {
            if (
                block.ConditionKind == ControlFlowConditionKind.None
                || block.BranchValue is not { } condition
                || block == target
                || block.ConditionalSuccessor?.Destination is not { } taken
                || block.FallThroughSuccessor?.Destination is not { } otherwise
            )
            {
                continue;
            }

            var leads = Reaches(taken, block, inThisPass: true);
            if (leads != Reaches(otherwise, block, inThisPass: true))
                yield return (condition, leads == (block.ConditionKind == ControlFlowConditionKind.WhenTrue));
        }
    }

    // Whether the target can be reached from a block without passing another; in this pass of a loop, or in any.
    private bool Reaches(BasicBlock from, BasicBlock without, bool inThisPass = false)
    {
        if (inThisPass && from.Ordinal <= without.Ordinal)
            return false;
        var seen = new HashSet<int> { without.Ordinal };
        var open = new Stack<BasicBlock>();
        open.Push(from);
        while (open.Count > 0)
        {
            var block = open.Pop();
            if (!seen.Add(block.Ordinal))
                continue;
            if (block == target)
                return true;
            foreach (var next in Successors(block))
            {
                if (!inThisPass || next.Ordinal > block.Ordinal)
                    open.Push(next);
            }
        }

        return false;
    }

    // Any block of a try that calls something may throw into its handlers.
    private IEnumerable<BasicBlock> Successors(BasicBlock block)
    {
        if (block.FallThroughSuccessor?.Destination is { } next)
            yield return next;
        if (block.ConditionalSuccessor?.Destination is { } branch)
            yield return branch;
        foreach (var region in block.Regions())
        {
            if (
                region
                is not {
                    Kind: ControlFlowRegionKind.Try,
                    EnclosingRegion: { Kind: ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally } whole
                }
            )
                continue;
            foreach (var handler in whole.NestedRegions)
            {
                if (handler.Kind == ControlFlowRegionKind.Finally || handler.Kind != ControlFlowRegionKind.Try && MayThrow(block))
                    yield return graph.Blocks[handler.FirstBlockOrdinal];
            }
        }
    }

    private bool MayThrow(BasicBlock block)
    {
        if (throwing.TryGetValue(block.Ordinal, out var known))
            return known;
        var mayThrow =
            block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow }
            || block
                .Operations.Concat(block.BranchValue is null ? [] : [block.BranchValue])
                .SelectMany(statement => statement.DescendantsAndSelf())
                .Any(part => part is IAwaitOperation || part is IInvocationOperation invocation && !SafeCalls.IsSafe(invocation));
        return throwing[block.Ordinal] = mayThrow;
    }

    private static (BasicBlock Block, int Index)? Find(ControlFlowGraph graph, IOperation operation)
    {
        foreach (var block in graph.Blocks)
        {
            for (var index = 0; index <= block.Operations.Length; index++)
            {
                var candidate = index < block.Operations.Length ? block.Operations[index] : block.BranchValue;
                if (candidate is null)
                    continue;
                if (
                    candidate.Syntax.Span.Contains(operation.Syntax.Span)
                    && candidate.HasPart(part => part.Syntax == operation.Syntax && part.Kind == operation.Kind)
                )
                    return (block, index);
            }
        }

        return null;
    }
}
