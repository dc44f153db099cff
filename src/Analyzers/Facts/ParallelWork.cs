using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Work on several records at once.</summary>
/// <param name="Operation">The call that starts it.</param>
/// <param name="Method">The method it stands in.</param>
internal sealed record StartedTogether(IInvocationOperation Operation, IMethodSymbol Method);

/// <summary>
/// Finds where a handler works on several records of a batch at once. Only records themselves count: a sequence of groups, or of what was made from records, may have
/// been put in order before; so may everything in code that tells groups apart, holds a semaphore, or limits itself to one.
/// </summary>
internal static class ParallelWork
{
    private static readonly string[] Grouping = ["GroupBy", "ToLookup", "DistinctBy", "AggregateBy"];

    /// <summary>The calls that start the work on several records.</summary>
    public static IEnumerable<StartedTogether> In(BatchFlow flow, KnownTypes types)
    {
        if (flow.Bodies.Any(body => body.Operations.Any(TellsGroupsApart)))
            yield break;
        foreach (var iteration in flow.Iterations)
        {
            switch (iteration)
            {
                case { Kind: IterationKind.Parallel, Operation: IInvocationOperation invocation } when StartsAll(invocation, types, flow):
                    yield return new(invocation, iteration.Method);
                    break;
                case { Kind: IterationKind.ForEach, Operation: IForEachLoopOperation loop }
                    when loop.Locals.Any(local => types.IsRecord(local.Type)) && Collected(loop) is { } collected:
                    yield return new(collected, iteration.Method);
                    break;
            }
        }
    }

    private static bool TellsGroupsApart(IOperation operation) =>
        operation switch
        {
            IInvocationOperation { TargetMethod: var method } => Grouping.Contains(method.Name)
                || method.ContainingType.Is("System.Threading.SemaphoreSlim")
                || method.ContainingType.Is("System.Threading.Monitor"),
            ILiteralOperation { ConstantValue: { HasValue: true, Value: "MessageGroupId" } } => true,
            ILockOperation => true,
            ISimpleAssignmentOperation
            {
                Target: IPropertyReferenceOperation { Property.Name: "MaxDegreeOfParallelism" },
                Value.ConstantValue: { HasValue: true, Value: 1 }
            } => true,
            _ => false,
        };

    private static bool StartsAll(IInvocationOperation invocation, KnownTypes types, BatchFlow flow)
    {
        var function = invocation.Arguments.Select(argument => FunctionOf(argument.Value)).FirstOrDefault(method => method is not null);
        if (function is null || !function.Parameters.Any(parameter => types.IsRecord(parameter.Type)))
            return false;
        // Parallel works on all of them; a projection only has its tasks made when something takes them all.
        return invocation.TargetMethod.ContainingType.Name == "Parallel"
            || invocation.TargetMethod.Name == "Select"
                && (
                    IsWork(function.ReturnType)
                    || function.ReturnType.Awaited() is { SpecialType: SpecialType.System_Boolean } && IsAllThatDecides(invocation, flow)
                )
                && IsAwaitedTogether(invocation);
    }

    // Of tasks that tell yes or no: whether the response is made of their answers, and no loop works on the records later.
    private static bool IsAllThatDecides(IInvocationOperation invocation, BatchFlow flow)
    {
        if (flow.Iterations.Any(iteration => iteration.Kind is IterationKind.ForEach or IterationKind.Index))
            return false;
        IOperation current = invocation;
        while (current.Parent is IInvocationOperation or IArgumentOperation or IConversionOperation or IAwaitOperation)
            current = current.Parent;
        return current.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var answers } }
            && invocation
                .Root()
                .Descendants()
                .OfType<IReturnOperation>()
                .Any(returned =>
                    FailureVehicles.CarriesItems(returned.ReturnedValue?.Type)
                    && returned
                        .Descendants()
                        .Any(part => part is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, answers))
                );
    }

    private static IMethodSymbol? FunctionOf(IOperation value) =>
        value switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            IMethodReferenceOperation reference => reference.Method,
            IDelegateCreationOperation creation => FunctionOf(creation.Target),
            IConversionOperation conversion => FunctionOf(conversion.Operand),
            _ => null,
        };

    // A task with a value may only load something, to be worked on in order later; one with a failure has done the work.
    private static bool IsWork(ITypeSymbol type) =>
        type.Name is "Task" or "ValueTask" && (type.Awaited() is not { } value || ResponseShape.IsItem(value) || ResponseShape.IsItem(ElementTypes.Of(value)));

    private static bool IsAwaitedTogether(IOperation tasks)
    {
        for (var current = tasks.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IInvocationOperation call when IsWaiting(call):
                    return true;
                case IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" } or IArgumentOperation or IConversionOperation:
                    continue;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } variable } }:
                    return IsAwaitedTogether(variable, current);
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsAwaitedTogether(ILocalSymbol variable, IOperation place) =>
        place
            .Root()
            .Descendants()
            .OfType<IInvocationOperation>()
            .Any(call =>
                IsWaiting(call)
                && call.Descendants()
                    .Any(part => part is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, variable))
            );

    private static bool IsWaiting(IInvocationOperation call) =>
        call.TargetMethod.Name is "WhenAll" or "WaitAll" or "WhenEach" && call.TargetMethod.ContainingType.Is("System.Threading.Tasks.Task");

    // tasks.Add(ShipAsync(message)) in the loop, and Task.WhenAll(tasks) after it.
    private static IInvocationOperation? Collected(IForEachLoopOperation loop)
    {
        foreach (var add in loop.Body.Descendants().OfType<IInvocationOperation>())
        {
            if (
                add is { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation list, Arguments: [{ Value: var task }] }
                && task is IInvocationOperation { Type: { } type } work
                && IsWork(type)
                && !loop.Body.Syntax.Span.Contains(list.Local.Locations[0].SourceSpan)
                && IsAwaitedAfter(loop, list.Local)
            )
            {
                return work;
            }
        }

        return null;
    }

    private static bool IsAwaitedAfter(IForEachLoopOperation loop, ILocalSymbol list) =>
        loop.Root()
            .Descendants()
            .OfType<IInvocationOperation>()
            .Where(call =>
                IsWaiting(call)
                && call.Descendants().Any(part => part is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, list))
            )
            .ToList()
            is { Count: > 0 } waits
        && waits.All(wait => wait.Syntax.SpanStart >= loop.Syntax.Span.End);
}
