using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>Which loops go through every record of a batch, and how many records calls that go through them work on at once.</summary>
internal sealed class RecordSequences(KnownTypes types, Quantities quantities)
{
    private static readonly string[] Keeping =
    [
        "ToList",
        "ToArray",
        "AsEnumerable",
        "OrderBy",
        "OrderByDescending",
        "ThenBy",
        "ThenByDescending",
        "Reverse",
        "Where",
        "Select",
    ];

    /// <summary>Whether the loop may have a turn for each record of a full batch.</summary>
    public bool GoesThroughAll(ILoopOperation loop, Frame frame) =>
        loop switch
        {
            IForEachLoopOperation each => each.Locals.Any(local => types.IsRecord(local.Type)) && IsWholeBatch(each.Collection, frame, 0),
            IForLoopOperation { Condition: IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan, RightOperand: var end } } => end.WithoutConversions()
                is IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } list }
                && IsWholeBatch(list, frame, 0),
            _ => false,
        };

    /// <summary>Whether a call surely works on all records before it is over, and how many at once; null for all, or an unknown number.</summary>
    public (bool IsKnown, int? Degree) DegreeOf(IInvocationOperation call, Frame frame)
    {
        if (!IsOverBatch(call, frame))
            return (false, null);
        if (call.TargetMethod is { Name: "ForEachAsync" or "ForEach", ContainingType: var type } && type.Is("System.Threading.Tasks.Parallel"))
            return (true, OptionsDegree(call, frame));
        return (call.TargetMethod.Name == "Select" && IsAwaitedTogether(call), null);
    }

    /// <summary>The lambda or method that the call runs for each record.</summary>
    public IOperation? FunctionOf(IInvocationOperation call) =>
        call
            .Arguments.Select(argument => argument.Value.WithoutConversions())
            .Select(value => value is IDelegateCreationOperation creation ? creation.Target : value)
            .FirstOrDefault(value =>
                value switch
                {
                    IAnonymousFunctionOperation lambda => lambda.Symbol.Parameters.Any(parameter => types.IsRecord(parameter.Type)),
                    IMethodReferenceOperation reference => reference.Method.Parameters.Any(parameter => types.IsRecord(parameter.Type)),
                    _ => false,
                }
            );

    private bool IsOverBatch(IInvocationOperation call, Frame frame) =>
        (call.Instance is { } instance && IsWholeBatch(instance, frame, 0)) || call.Arguments is [{ Value: var first }, ..] && IsWholeBatch(first, frame, 0);

    private bool IsWholeBatch(IOperation collection, Frame frame, int depth) =>
        depth < 10
        && collection.WithoutConversions() switch
        {
            IPropertyReferenceOperation { Property.Name: "Records", Instance.Type: { } type } => types.EventKind(type) != EventSourceKind.Unknown,
            IInvocationOperation { TargetMethod.Name: var name, Arguments: [{ Value: var source }, ..] } query
                when query.TargetMethod.ContainingType.Is("System.Linq.Enumerable") => Keeping.Contains(name)
                && types.IsRecord(ElementTypes.Of(query.Type!))
                && IsWholeBatch(source, frame, depth + 1),
            var other when quantities.Resolve(other, frame) is { } definition => IsWholeBatch(definition.Operation, definition.Frame, depth + 1),
            _ => false,
        };

    private int? OptionsDegree(IInvocationOperation call, Frame frame)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Type?.Name != "ParallelOptions")
                continue;
            var options = argument.Value.WithoutConversions();
            options = options is IObjectCreationOperation ? options : quantities.Resolve(options, frame)?.Operation;
            var degree = (options as IObjectCreationOperation)
                ?.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
                .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: "MaxDegreeOfParallelism" })
                ?.Value;
            return quantities.Number(degree, frame) is >= 1 and <= 10_000 and var number ? (int)number : null;
        }

        return null;
    }

    private static bool IsAwaitedTogether(IOperation tasks)
    {
        for (var parent = tasks.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (
                parent is IInvocationOperation { TargetMethod: { Name: "WhenAll" or "WaitAll", ContainingType: var type } }
                && type.Is("System.Threading.Tasks.Task")
            )
                return true;
        }

        return false;
    }
}
