using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>How the records of a batch are gone through.</summary>
internal enum IterationKind
{
    /// <summary><c>foreach</c>, <c>await foreach</c>.</summary>
    ForEach,

    /// <summary><c>for</c> or <c>while</c> with an index.</summary>
    Index,

    /// <summary>A lambda or method group given to LINQ, a list's <c>ForEach</c> or another method: one call a record, one after the other or not.</summary>
    Delegate,

    /// <summary><c>Parallel</c>, or tasks that are started for all records and awaited together.</summary>
    Parallel,
}

/// <summary>One place where the records of a batch are gone through.</summary>
/// <param name="Kind">How.</param>
/// <param name="Operation">The loop, or the call that takes the delegate.</param>
/// <param name="Region">The syntax that runs once a record.</param>
/// <param name="Method">The method it stands in.</param>
internal sealed record RecordIteration(IterationKind Kind, IOperation Operation, SyntaxNode Region, IMethodSymbol Method)
{
    /// <summary>Whether the node runs once a record.</summary>
    public bool Includes(SyntaxNode node) => Region.SyntaxTree == node.SyntaxTree && Region.Span.Contains(node.Span);

    /// <summary>The iterations that stand in a method body, outer ones first.</summary>
    public static ImmutableArray<RecordIteration> In(MethodBody body, RecordValues values)
    {
        var found = ImmutableArray.CreateBuilder<RecordIteration>();
        foreach (var operation in body.Has(OperationKind.Loop) ? body.Operations : body.Invocations)
        {
            switch (operation)
            {
                case IForEachLoopOperation loop when values.AreGoneThroughBy(loop):
                    found.Add(new(IterationKind.ForEach, loop, loop.Body.Syntax, body.Method));
                    break;
                case IForLoopOperation or IWhileLoopOperation when operation is ILoopOperation loop && ReadsByIndex(loop.Body, values):
                    found.Add(new(IterationKind.Index, loop, loop.Body.Syntax, body.Method));
                    break;
                case IInvocationOperation invocation when DelegateOf(invocation, values) is { } taken:
                    found.Add(new(IsParallel(invocation) ? IterationKind.Parallel : IterationKind.Delegate, invocation, taken.Syntax, body.Method));
                    break;
            }
        }

        return found.ToImmutable();
    }

    private static bool ReadsByIndex(IOperation body, RecordValues values) =>
        body.Descendants()
            .Any(operation =>
                operation switch
                {
                    IPropertyReferenceOperation { Property.IsIndexer: true } property => values.IsMentionedIn(property.Instance)
                        && property.Arguments.All(argument => !argument.Value.ConstantValue.HasValue),
                    IArrayElementReferenceOperation element => values.IsMentionedIn(element.ArrayReference),
                    IInvocationOperation { TargetMethod.Name: "ElementAt" } invocation => invocation.Arguments.Any(argument =>
                        values.IsMentionedIn(argument.Value)
                    ),
                    _ => false,
                }
            );

    private static IOperation? DelegateOf(IInvocationOperation invocation, RecordValues values)
    {
        if (invocation.TargetMethod.Name is "Run" or "StartNew")
            return null;
        foreach (var argument in invocation.Arguments)
        {
            var value = argument.Value;
            while (value is IConversionOperation conversion)
                value = conversion.Operand;
            if (value is IDelegateCreationOperation creation)
                value = creation.Target;
            if (value is not (IAnonymousFunctionOperation or IMethodReferenceOperation))
                continue;
            if (values.IsMentionedIn(invocation.Instance) || values.AreMentionedBeside(argument, invocation))
                return value;
        }

        return null;
    }

    // A projection to tasks starts them all, whoever awaits them.
    private static bool IsParallel(IInvocationOperation invocation) =>
        invocation.TargetMethod.ContainingType.Name is "Parallel" or "ParallelEnumerable"
        || invocation.TargetMethod is { Name: "Select", TypeArguments: [.., { Name: "Task" or "ValueTask" }] };
}
