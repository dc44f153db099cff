using System.Runtime.CompilerServices;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What the local variables of a method are set to.</summary>
internal static class LocalValues
{
    private static readonly ConditionalWeakTable<IOperation, Dictionary<ILocalSymbol, List<LocalSet>>> Known = new();

    /// <summary>What a method returns, without conversions and finished tasks around it; what functions inside it return is none of it.</summary>
    public static IEnumerable<IOperation> Returned(this MethodBody body)
    {
        var open = new Stack<IOperation>(body.Root.ChildOperations.Reverse());
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (next is ILocalFunctionOperation or IAnonymousFunctionOperation)
                continue;
            if (next is IReturnOperation { ReturnedValue: { } value })
                yield return Finished(value);
            foreach (var child in next.ChildOperations.Reverse())
                open.Push(child);
        }
    }

    private static IOperation Finished(IOperation value) =>
        value.WithoutConversions() switch
        {
            IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType.Name: "Task" }, Arguments: [var argument] } => Finished(argument.Value),
            var other => other,
        };

    /// <summary>The only value that a local is ever set to, null aside; null when there are several, or one that cannot be told: <c>text += "0"</c>, <c>out id</c>.</summary>
    /// <param name="root">The method's operations.</param>
    /// <param name="local">The variable.</param>
    public static IOperation? OnlyValueOf(this IOperation root, ILocalSymbol local) =>
        root.SetsOf(local).Where(set => set.Value?.ConstantValue is not { HasValue: true, Value: null }).ToList() is [{ Value: { } only }] ? only : null;

    /// <summary>Everything that sets a local, in the order of the code.</summary>
    /// <param name="root">The method's operations, or those of a part of it.</param>
    /// <param name="local">The variable.</param>
    public static IReadOnlyList<LocalSet> SetsOf(this IOperation root, ILocalSymbol local) =>
        Known.GetValue(root, LocalSets.In).TryGetValue(local, out var sets) ? sets : [];
}
