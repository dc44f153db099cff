using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>The branches of a program: what may be left out, or be run several times.</summary>
internal static class ProgramBranches
{
    /// <summary>
    /// Names the branch that something runs in, of its own call or of a call that leads to it: what has the same name is left out together. Null for what runs once.
    /// </summary>
    public static string? BranchOf(Written written) =>
        BranchOf(written.Operation, written.Frame.Method) is { } branch ? written.Frame.Trace + PlaceOf(branch) : written.Frame.Branch;

    /// <summary>A text that tells the place of an operation from any other.</summary>
    public static string PlaceOf(IOperation operation) =>
        FormattableString.Invariant($"{operation.Syntax.SyntaxTree.FilePath}[{operation.Syntax.SpanStart}..{operation.Syntax.Span.End}]");

    /// <summary>Whether an operation may be left out, or be run several times, in its own call or with it.</summary>
    public static bool IsConditional(Written written) => written.Frame.Branch is not null || IsConditional(written.Operation, written.Frame.Method);

    /// <summary>Whether an operation may be left out, or be run several times.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="within">The method of whose single run it is asked.</param>
    public static bool IsConditional(IOperation operation, IMethodSymbol? within = null) => BranchOf(operation, within) is not null;

    // The nearest one: of a choice the side that is taken, of a loop the body.
    private static IOperation? BranchOf(IOperation operation, IMethodSymbol? within)
    {
        var branch = operation;
        for (var parent = operation.Parent; parent is not null; (branch, parent) = (parent, parent.Parent))
        {
            if (
                parent is ILocalFunctionOperation { Symbol: var local }
                && SymbolEqualityComparer.Default.Equals(local.OriginalDefinition, within?.OriginalDefinition)
            )
                return null;
            if (parent is IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation argument } } && RunsOnce(argument))
                continue;
            if (
                parent
                is IConditionalOperation
                    or IConditionalAccessOperation
                    or ICoalesceOperation
                    or ICoalesceAssignmentOperation
                    or ISwitchExpressionOperation
                    or ISwitchOperation
                    or ILoopOperation
                    or ITryOperation
                    or IAnonymousFunctionOperation
                    or ILocalFunctionOperation
            )
                return branch;
        }

        return null;
    }

    // What Deployment.RunAsync(…) is given is Pulumi's whole program.
    private static bool RunsOnce(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation { TargetMethod: { Name: "RunAsync", ContainingType: var type } } && type.Is("Pulumi.Deployment");
}
