using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What the local variables of a method are set to.</summary>
internal static class LocalValues
{
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

    /// <summary>The only value that a local is ever set to, null aside; null when there are several.</summary>
    /// <param name="root">The method's operations.</param>
    /// <param name="local">The variable.</param>
    public static IOperation? OnlyValueOf(this IOperation root, ILocalSymbol local)
    {
        IOperation? found = null;
        foreach (var operation in root.Descendants())
        {
            var value = operation switch
            {
                IVariableDeclaratorOperation { Initializer.Value: { } initial } declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) => initial,
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment
                    when SymbolEqualityComparer.Default.Equals(target.Local, local) => assignment.Value,
                // text += "0" makes it something else.
                ICompoundAssignmentOperation { Target: ILocalReferenceOperation target } changed
                    when SymbolEqualityComparer.Default.Equals(target.Local, local) => changed,
                _ => null,
            };
            if (value is null || value.ConstantValue is { HasValue: true, Value: null })
                continue;
            if (found is not null)
                return null;
            found = value;
        }

        return found is ICompoundAssignmentOperation ? null : found;
    }
}
