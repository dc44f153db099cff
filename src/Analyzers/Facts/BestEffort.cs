using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// Code that does its best with what it is given, and only logs where that fails: an error store or a dead-letter queue which is written inside a clause that takes
/// every exception. Whoever has handed a failure to it and goes on has lost the record with it.
/// </summary>
internal static class BestEffort
{
    /// <summary>The failure that a method swallows of everything it does with what it is given; null when it lets one out, reports one or hands one over.</summary>
    public static RecordFailure? In(MethodFacts facts) =>
        facts.Failures.Any(failure => IsCertain(failure)) ? null : facts.Failures.FirstOrDefault(IsSwallowedWork);

    private static bool IsCertain(RecordFailure failure) =>
        failure.Fate switch
        {
            FailureFate.Reported or FailureFate.HandedOver => true,
            // What only reads or writes a text keeps nothing, whether it fails or not.
            FailureFate.Escapes => failure.Operation is not IInvocationOperation invocation || IsWork(invocation),
            _ => failure.Fate == FailureFate.Swallowed && failure.Catch is not { TakesAll: true },
        };

    private static bool IsSwallowedWork(RecordFailure failure) =>
        failure is { Fate: FailureFate.Swallowed, Catch.Syntax.Parent: TryStatementSyntax { Block: var block } }
        && (failure.Operation is IInvocationOperation invocation && IsWork(invocation) || block.DescendantNodes().OfType<AwaitExpressionSyntax>().Any());

    // A task, or a result that nobody takes.
    private static bool IsWork(IInvocationOperation invocation) =>
        !SafeCalls.IsSerializing(invocation)
        && (
            invocation.Type is null or { SpecialType: SpecialType.System_Void } or { Name: "Task" or "ValueTask" }
            || invocation.Parent is IExpressionStatementOperation
        );
}
