using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Why nobody waits for work.</summary>
internal enum UnawaitedKind
{
    /// <summary>Its task is thrown away.</summary>
    Task,

    /// <summary>Its tasks are made when they are enumerated, and nobody enumerates them: it never begins.</summary>
    NeverBegun,

    /// <summary>It is a method that is <c>async void</c>.</summary>
    AsyncVoid,

    /// <summary>It is an asynchronous lambda or method that a loop calls as an <c>Action</c>.</summary>
    AsyncVoidDelegate,
}

/// <summary>Work on a record that nobody waits for.</summary>
/// <param name="Work">The work.</param>
/// <param name="Scope">Where it is begun.</param>
internal sealed record LeftBehind(UnawaitedWork Work, RecordScope Scope)
{
    /// <summary>What a method leaves behind of the work on records, or on a list of what was made of them; what cannot fail, or only tells somebody, is no work.</summary>
    public static IEnumerable<LeftBehind> In(RecordScope scope, Func<IInvocationOperation, IMethodSymbol?> targetOf, Reporting reporting)
    {
        foreach (var work in UnawaitedWork.In(scope.Invocations, scope.Body.Root, targetOf))
        {
            if (
                (scope.IsOfList || scope.IsAboutARecord(work.Root) || IsOnList(work, scope.Values))
                && work.Calls.Any(call => IsWork(call, targetOf(call), reporting))
            )
                yield return new(work, scope);
        }
    }

    private static bool IsOnList(UnawaitedWork work, RecordValues values) =>
        work.Calls.Any(call => call.Arguments.Any(argument => values.IsCollected(argument.Value)));

    private static bool IsWork(IInvocationOperation call, IMethodSymbol? target, Reporting reporting)
    {
        if (SafeCalls.IsLogging(call) || call.TargetMethod.Name.StartsWith("Flush", StringComparison.Ordinal))
            return false;
        if (target is not null)
            return reporting.MayFail(target);
        var delegates = call.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf()).ToList();
        return delegates.OfType<IMethodReferenceOperation>().Any()
            || delegates.OfType<IAnonymousFunctionOperation>().Any(lambda => lambda.Body.Descendants().Any(reporting.MayFail))
            || delegates.All(part => part is not IAnonymousFunctionOperation) && !SafeCalls.IsSafe(call);
    }
}

/// <summary>Work that the method begins and does not wait for, nor hands to somebody who could.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Root">The whole expression that is thrown away.</param>
/// <param name="Calls">The calls in it whose outcome nobody sees, the innermost first.</param>
internal sealed record UnawaitedWork(UnawaitedKind Kind, IOperation Root, ImmutableArray<IInvocationOperation> Calls)
{
    // Calls that hand on what they get: what becomes of their result becomes of the tasks.
    private static readonly string[] Wrappers = ["ConfigureAwait", "ContinueWith", "Unwrap", "AsTask", "Preserve", "WaitAsync"];
    private static readonly string[] Passing = ["WhenAll", "ToList", "ToArray", "AsEnumerable", "Unwrap", "Forget", "FireAndForget", "SafeFireAndForget"];
    private static readonly string[] Reading = ["ToList", "ToArray"];

    /// <summary>The work that the calls of one method leave behind.</summary>
    /// <param name="invocations">The calls as written, not those of a control flow graph.</param>
    /// <param name="root">What encloses them, and every use of their local variables.</param>
    /// <param name="targetOf">The method of the source that a call runs.</param>
    public static ImmutableArray<UnawaitedWork> In(
        IEnumerable<IInvocationOperation> invocations,
        IOperation root,
        Func<IInvocationOperation, IMethodSymbol?> targetOf
    )
    {
        var found = new List<UnawaitedWork>();
        foreach (var invocation in invocations)
        {
            if ((targetOf(invocation) ?? invocation.TargetMethod) is { IsAsync: true, ReturnsVoid: true })
                found.Add(new(UnawaitedKind.AsyncVoid, invocation, ImmutableArray.Create(invocation)));
            else if (CallsActions(invocation) && invocation.Arguments.Any(argument => IsAsyncVoid(argument.Value)))
                found.Add(new(UnawaitedKind.AsyncVoidDelegate, invocation, ImmutableArray.Create(invocation)));
            else if (CarriesTasks(invocation.Type) && Discarded(invocation, root) is { } work && found.All(other => other.Root != work.Root))
                found.Add(work);
        }

        return found.ToImmutableArray();
    }

    private static UnawaitedWork? Discarded(IInvocationOperation invocation, IOperation root)
    {
        var innermost = Innermost(invocation);
        List<IInvocationOperation>? around = null;
        var isLazy = IsLazy(innermost);
        IOperation current = innermost;
        while (true)
        {
            switch (current.Parent)
            {
                case IConversionOperation or IConditionalAccessOperation:
                    current = current.Parent;
                    continue;
                case IAwaitOperation awaiting when CarriesTasks(awaiting.Type):
                    current = awaiting;
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation call } when Passing.Contains(call.TargetMethod.Name):
                    (around ??= []).Add(call);
                    isLazy &= !Reading.Contains(call.TargetMethod.Name) && call.TargetMethod.Name != "WhenAll";
                    current = call;
                    continue;
                case IInvocationOperation call when call.Instance == current && Wrappers.Contains(call.TargetMethod.Name):
                    (around ??= []).Add(call);
                    current = call;
                    continue;
                case IExpressionStatementOperation:
                case ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation }:
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } when !IsRead(declarator.Symbol, root):
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation list } }
                    when CarriesTasks(list.Type) && !IsRead(list.Local, root):
                    return new(
                        isLazy ? UnawaitedKind.NeverBegun : UnawaitedKind.Task,
                        current,
                        around is null ? ImmutableArray.Create(innermost) : around.Prepend(innermost).ToImmutableArray()
                    );
                default:
                    return null;
            }
        }
    }

    // The chain is walked from the work itself: Select(…) in Task.WhenAll(records.Select(…).ToList()).
    private static IInvocationOperation Innermost(IInvocationOperation invocation)
    {
        while (true)
        {
            IOperation? inner =
                Wrappers.Contains(invocation.TargetMethod.Name) && invocation.Instance is { } instance ? instance
                : Passing.Contains(invocation.TargetMethod.Name) && invocation.Arguments.Length > 0 ? invocation.Arguments[0].Value
                : null;
            while (inner is IConversionOperation conversion)
                inner = conversion.Operand;
            if (inner is not IInvocationOperation call || !CarriesTasks(call.Type))
                return invocation;
            invocation = call;
        }
    }

    private static bool IsLazy(IInvocationOperation invocation) =>
        invocation.TargetMethod is { Name: "Select" or "SelectMany", ContainingType: var type } && type.Is("System.Linq.Enumerable");

    private static bool CallsActions(IInvocationOperation invocation) =>
        invocation.TargetMethod.Name is "ForEach" or "ForAll" || invocation.TargetMethod.ContainingType.Is("System.Threading.Tasks.Parallel");

    private static bool IsAsyncVoid(IOperation value) =>
        value switch
        {
            IConversionOperation conversion => IsAsyncVoid(conversion.Operand),
            IDelegateCreationOperation creation => IsAsyncVoid(creation.Target),
            IAnonymousFunctionOperation lambda => lambda.Symbol is { IsAsync: true, ReturnsVoid: true },
            IMethodReferenceOperation reference => reference.Method is { IsAsync: true, ReturnsVoid: true },
            _ => false,
        };

    private static bool CarriesTasks(ITypeSymbol? type) => IsTask(type) || (type is not null && IsTask(ElementTypes.Of(type)));

    private static bool IsTask(ITypeSymbol? type) =>
        type is { Name: "Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" }
        && (type.IsIn("System.Threading.Tasks") || type.IsIn("System.Runtime.CompilerServices"));

    // A variable that is only filled is not read.
    private static bool IsRead(ILocalSymbol variable, IOperation root) =>
        root.Descendants()
            .OfType<ILocalReferenceOperation>()
            .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, variable))
            .Any(reference =>
                !(
                    reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference
                    || reference.Parent is IInvocationOperation { TargetMethod.Name: "Add" or "AddRange" } call && call.Instance == reference
                )
            );
}
