using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// Finds the read of the group of a batch's first message that stands for all of them. Nothing is found where the code looks at a group elsewhere too, at how many
/// messages there are, or only logs what it has read.
/// </summary>
internal static class FirstGroup
{
    private const string Key = "MessageGroupId";

    /// <summary>The read, or null.</summary>
    public static IOperation? In(BatchFlow flow)
    {
        var operations = flow.Bodies.SelectMany(body => body.Operations).ToList();
        var keys = operations
            .Where(operation => operation is not IFieldReferenceOperation && operation.ConstantValue is { HasValue: true, Value: Key })
            .ToList();
        if (keys.Count != 1 || operations.Any(LooksAtCount) || ReadOf(keys[0]) is not var (read, attributes) || !IsOfFirst(attributes, operations))
            return null;
        return IsOnlyLogged(read, operations) || IsInLoopOverRecords(flow, read) ? null : read;
    }

    // message.Attributes["MessageGroupId"], .GetValueOrDefault("MessageGroupId"), .TryGetValue("MessageGroupId", out var group)
    private static (IOperation Read, IOperation Attributes)? ReadOf(IOperation key)
    {
        var argument = key.Parent is IConversionOperation { Parent: IArgumentOperation converted } ? converted : key.Parent as IArgumentOperation;
        return argument?.Parent switch
        {
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance } property => (property, instance),
            IInvocationOperation { TargetMethod.Name: "GetValueOrDefault" or "TryGetValue" } call => (call, call.Instance ?? call.Arguments[0].Value),
            _ => null,
        };
    }

    private static bool IsOfFirst(IOperation attributes, List<IOperation> operations)
    {
        while (attributes is IConversionOperation conversion)
            attributes = conversion.Operand;
        return attributes is IPropertyReferenceOperation { Property: { Name: "Attributes", ContainingType: { } type }, Instance: { } message }
            && type.Is("Amazon.Lambda.SQSEvents.SQSEvent.SQSMessage")
            && IsFirst(message, operations);
    }

    private static bool IsFirst(IOperation message, List<IOperation> operations) =>
        message switch
        {
            IConversionOperation conversion => IsFirst(conversion.Operand, operations),
            IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: 0 } }] } first => IsRecords(
                first.Instance
            ),
            IInvocationOperation { TargetMethod: { Name: "First" or "FirstOrDefault", ContainingType: var type } } first => type.Is("System.Linq.Enumerable")
                && first.Arguments is [{ Value: var records }]
                && IsRecords(records),
            ILocalReferenceOperation local => operations
                .OfType<IVariableDeclaratorOperation>()
                .Any(declarator =>
                    SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local)
                    && declarator.Initializer?.Value is { } value
                    && value is not ILocalReferenceOperation
                    && IsFirst(value, operations)
                ),
            _ => false,
        };

    private static bool IsRecords(IOperation? records) =>
        records switch
        {
            IConversionOperation conversion => IsRecords(conversion.Operand),
            IPropertyReferenceOperation { Property: { Name: "Records", ContainingType: { } type } } => type.Is("Amazon.Lambda.SQSEvents.SQSEvent"),
            _ => false,
        };

    // batch.Records.Count > 1: the code may know what it does.
    private static bool LooksAtCount(IOperation operation) =>
        operation switch
        {
            IBinaryOperation { LeftOperand: var left, RightOperand.ConstantValue: { HasValue: true, Value: 1 or 2 } } => IsCount(left),
            IIsPatternOperation { Value: var value } => IsCount(value),
            IInvocationOperation { TargetMethod.Name: "Single" or "SingleOrDefault", Arguments: [{ Value: var records }] } => IsRecords(records),
            _ => false,
        };

    private static bool IsCount(IOperation value) =>
        value is IPropertyReferenceOperation { Property.Name: "Count", Instance: var records } && IsRecords(records)
        || value is IInvocationOperation { TargetMethod.Name: "Count", Arguments: [{ Value: var counted }] } && IsRecords(counted);

    private static bool IsOnlyLogged(IOperation read, List<IOperation> operations)
    {
        if (SafeCalls.IsLogged(read))
            return true;
        var variable = VariableOf(read);
        return variable is not null
            && operations
                .OfType<ILocalReferenceOperation>()
                .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, variable))
                .All(reference =>
                    SafeCalls.IsLogged(reference) || reference.Parent is IDeclarationExpressionOperation || reference.Syntax.Span.Contains(read.Syntax.Span)
                );
    }

    private static ILocalSymbol? VariableOf(IOperation read)
    {
        for (
            var current = read.Parent;
            current is IVariableInitializerOperation or IVariableDeclaratorOperation or IConversionOperation or ICoalesceOperation;
            current = current.Parent
        )
        {
            if (current is IVariableDeclaratorOperation declarator)
                return declarator.Symbol;
        }

        return null;
    }

    private static bool IsInLoopOverRecords(BatchFlow flow, IOperation read) =>
        flow.Iterations.Any(iteration => iteration.Region.Span != read.Syntax.Span && IsGroup(iteration, read));

    private static bool IsGroup(RecordIteration iteration, IOperation read) =>
        iteration.Includes(read.Syntax)
        && iteration.Operation is IForEachLoopOperation loop
        && loop.Locals.Any(local => local.Type is not { Name: "SQSMessage" });
}
