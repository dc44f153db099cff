using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>One step from an operation outwards.</summary>
/// <param name="Inner">What the step comes from.</param>
/// <param name="Container">What it comes to.</param>
/// <param name="Before">The statements before <paramref name="Inner"/>, if the container is a block.</param>
/// <param name="After">The statements behind it.</param>
internal sealed record StatementLevel(IOperation Inner, IOperation Container, IReadOnlyList<IOperation> Before, IReadOnlyList<IOperation> After)
{
    /// <summary>Whether the container decides whether, or how often, the inner part runs.</summary>
    public bool IsConditional =>
        Container
            is IConditionalOperation
                or ISwitchOperation
                or ISwitchCaseOperation
                or ISwitchExpressionOperation
                or ICoalesceOperation
                or IConditionalAccessOperation
                or IBinaryOperation;

    /// <summary>Whether the container is one that runs the inner part another time, or never, or elsewhere.</summary>
    public bool IsDetached => Container is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation;
}

/// <summary>Walks from an operation outwards to the end of what runs once a record.</summary>
internal static class StatementPath
{
    /// <summary>The steps from an operation to the end of the work on its record, innermost first; none where the operation does not run once a record.</summary>
    public static IEnumerable<StatementLevel> Outward(RecordScope scope, IOperation operation)
    {
        var region = scope.Iterations.LastOrDefault(iteration => iteration.Includes(operation.Syntax))?.Region;
        if (region is null && !scope.IsPerRecord)
            yield break;
        var end = region ?? scope.Body.Root.Syntax;
        for (var inner = operation; inner.Parent is { } container && !IsEnd(inner, end); inner = container)
        {
            if (container is IAnonymousFunctionOperation && container.Syntax == end)
                yield break;
            var statements = container is IBlockOperation block ? block.Operations.ToList() : [];
            var index = statements.IndexOf(inner);
            yield return new(inner, container, statements.Take(Math.Max(index, 0)).ToList(), statements.Skip(index + 1).ToList());
        }
    }

    /// <summary>Whether control leaves the statement's block for good.</summary>
    public static bool IsJump(IOperation statement) =>
        statement
            is IBranchOperation
                or IReturnOperation { IsImplicit: false }
                or IThrowOperation
                or IExpressionStatementOperation { Operation: IThrowOperation };

    /// <summary>Whether anything in the statement can leave the work on the record without an exception; functions inside it are none of it.</summary>
    public static bool MayJump(IOperation statement) =>
        statement.HasPart(part => part is IBranchOperation or IReturnOperation { IsImplicit: false } && !IsInFunction(part, statement));

    /// <summary>Whether the part runs whenever the statement does.</summary>
    public static bool IsCertain(IOperation part, IOperation statement)
    {
        for (var current = part; current != statement && current.Parent is { } container; current = container)
        {
            var level = new StatementLevel(current, container, [], []);
            if (level.IsConditional || level.IsDetached || container is ICatchClauseOperation)
                return false;
        }

        return true;
    }

    private static bool IsInFunction(IOperation part, IOperation statement)
    {
        for (var current = part; current != statement && current.Parent is { } container; current = container)
        {
            if (container is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return true;
        }

        return false;
    }

    private static bool IsEnd(IOperation operation, SyntaxNode end) => operation.Syntax == end && operation is not IExpressionStatementOperation;
}
