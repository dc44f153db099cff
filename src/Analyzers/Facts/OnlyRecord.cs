using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What a handler that works on one record does with a batch of several.</summary>
internal enum OtherRecords
{
    /// <summary>It returns as if there were none.</summary>
    Ignored,

    /// <summary>It throws, and works on none.</summary>
    Refused,

    /// <summary>It throws for every batch, also for one of a single record.</summary>
    RefusedAlways,
}

/// <summary>The only record that a handler works on: <c>Records[0]</c>, <c>Records.First()</c>.</summary>
/// <param name="Use">Where the record is taken.</param>
/// <param name="Scope">The method in which that is.</param>
/// <param name="Others">What becomes of a batch of several.</param>
internal sealed record OnlyRecord(IOperation Use, RecordScope Scope, OtherRecords Others)
{
    private static readonly string[] Takers = ["First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault"];

    private enum Kind
    {
        /// <summary>One record is taken.</summary>
        One,

        /// <summary>The size is asked, or whether there is any.</summary>
        Size,

        /// <summary>Anything else: all may be worked on.</summary>
        All,
    }

    /// <summary>The only record that is worked on, if every use of the batch takes that one.</summary>
    /// <param name="scopes">The methods that the batch reaches.</param>
    /// <param name="types">The types of the packages.</param>
    /// <param name="isFollowed">Whether a call leads to one of the scopes.</param>
    public static OnlyRecord? In(ImmutableArray<RecordScope> scopes, KnownTypes types, Func<IInvocationOperation, bool> isFollowed)
    {
        OnlyRecord? found = null;
        string? taken = null;
        foreach (var scope in scopes)
        {
            foreach (var use in UsesIn(scope, types, isFollowed))
            {
                if (use.Kind == Kind.Size)
                    continue;
                if (use.Kind == Kind.All || (taken is not null && taken != use.Which))
                    return null;
                taken = use.Which;
                found ??= new(
                    use.Operation,
                    scope,
                    use.Operation is IInvocationOperation { TargetMethod.Name: "Single" or "SingleOrDefault" } ? OtherRecords.Refused : OtherRecords.Ignored
                );
            }
        }

        return found is null
            ? null
            : found with
            {
                Others = Later(found.Others, scopes.SelectMany(scope => scope.Operations).OfType<IConditionalOperation>().Select(RefusalOf)),
            };
    }

    private static OtherRecords Later(OtherRecords first, IEnumerable<OtherRecords> others) =>
        others.Aggregate(first, (most, other) => other > most ? other : most);

    private static IEnumerable<(Kind Kind, IOperation Operation, string Which)> UsesIn(
        RecordScope scope,
        KnownTypes types,
        Func<IInvocationOperation, bool> isFollowed
    )
    {
        foreach (var operation in scope.Operations)
        {
            switch (operation)
            {
                case IPropertyReferenceOperation { Property.Name: "Records", Instance: { } instance } records when IsEvent(instance.Type, types):
                    foreach (var use in UsesOf(records, scope, 0))
                        yield return use;
                    break;
                case ILocalReferenceOperation or IParameterReferenceOperation when IsEvent(operation.Type, types) && !IsHarmless(operation, isFollowed):
                    yield return (Kind.All, operation, "");
                    break;
                case IParameterReferenceOperation when types.IsRecord(operation.Type is { } type ? ElementTypes.Of(type) : null):
                    yield return (Kind.All, operation, "");
                    break;
            }
        }
    }

    private static IEnumerable<(Kind Kind, IOperation Operation, string Which)> UsesOf(IOperation records, RecordScope scope, int depth)
    {
        var current = records.WithConversions();
        switch (current.Parent)
        {
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: int index } }] } element:
                yield return (Kind.One, element, Which(index));
                break;
            case IArrayElementReferenceOperation { Indices: [{ ConstantValue: { HasValue: true, Value: int index } }] } element:
                yield return (Kind.One, element, Which(index));
                break;
            case IArgumentOperation { Parent: IInvocationOperation { Arguments.Length: 1 } call } when Takers.Contains(call.TargetMethod.Name):
                yield return (Kind.One, call, call.TargetMethod.Name.StartsWith("Last", StringComparison.Ordinal) ? "last" : "first");
                break;
            case IArgumentOperation { Parent: IInvocationOperation { Arguments.Length: 1, TargetMethod.Name: "Count" or "Any" or "LongCount" } size }:
                yield return (Kind.Size, size, "");
                break;
            case IPropertyReferenceOperation { Property.Name: "Count" or "Length" } size:
                yield return (Kind.Size, size, "");
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } check
                when IsNull(check.LeftOperand) || IsNull(check.RightOperand):
                yield return (Kind.Size, check, "");
                break;
            case IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } check:
                yield return (Kind.Size, check, "");
                break;
            case IConditionalAccessOperation access when access.Operation == current && InstanceIn(access) is { } instance && depth < 3:
                foreach (var use in UsesOf(instance, scope, depth + 1))
                    yield return use;
                break;
            case IConditionalAccessOperation access when depth < 3:
                foreach (var use in UsesOf(access, scope, depth + 1))
                    yield return use;
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } when depth < 3:
                foreach (var reference in scope.Body.Operations.OfType<ILocalReferenceOperation>())
                {
                    if (!SymbolEqualityComparer.Default.Equals(reference.Local, declarator.Symbol))
                        continue;
                    foreach (var use in UsesOf(reference, scope, depth + 1))
                        yield return use;
                }

                break;
            default:
                yield return (Kind.All, records, "");
                break;
        }
    }

    private static string Which(int index) => index == 0 ? "first" : FormattableString.Invariant($"[{index}]");

    private static IOperation? InstanceIn(IConditionalAccessOperation access)
    {
        IOperation current = access.WhenNotNull;
        while (current is not IConditionalAccessInstanceOperation)
        {
            IOperation? next = current switch
            {
                IPropertyReferenceOperation property => property.Instance,
                IInvocationOperation { Instance: { } instance } => instance,
                IInvocationOperation { Arguments: [var first, ..] } => first.Value,
                IConversionOperation conversion => conversion.Operand,
                IConditionalAccessOperation inner => inner.Operation,
                _ => null,
            };
            if (next is null)
                return null;
            current = next;
        }

        return current;
    }

    // Its records are looked at for themselves; a null check, a log line or a method that is followed says nothing about the others.
    private static bool IsHarmless(IOperation reference, Func<IInvocationOperation, bool> isFollowed)
    {
        var current = reference.WithConversions();
        switch (current.Parent)
        {
            case IPropertyReferenceOperation { Property.Name: "Records" }:
            case IConditionalAccessOperation { WhenNotNull: IPropertyReferenceOperation or IConditionalAccessOperation or IInvocationOperation } access
                when access.Operation == current:
            case IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ThrowIfNull" } }:
                return true;
            case IBinaryOperation check when IsNull(check.LeftOperand) || IsNull(check.RightOperand):
                return true;
            case IArgumentOperation { Parent: IInvocationOperation call } when isFollowed(call):
                return true;
        }

        return SafeCalls.IsLogged(current);
    }

    // if (batch.Records.Count > 1) throw …
    private static OtherRecords RefusalOf(IConditionalOperation choice)
    {
        var throwsWhen =
            Throws(choice.WhenTrue) ? true
            : choice.WhenFalse is { } otherwise && Throws(otherwise) ? false
            : (bool?)null;
        if (throwsWhen is not { } truth || !choice.Condition.HasPart(operation => IsSize(operation) || IsAny(operation)))
            return OtherRecords.Ignored;
        var (two, one) = (Holds(choice.Condition, 2), Holds(choice.Condition, 1));
        if (two is not null && two != truth)
            return OtherRecords.Ignored;
        return two == truth && one == truth ? OtherRecords.RefusedAlways : OtherRecords.Refused;
    }

    private static bool Throws(IOperation branch) => branch.HasPart(operation => operation is IThrowOperation);

    private static bool IsSize(IOperation operation) =>
        operation
            is IPropertyReferenceOperation
            {
                Property.Name: "Count" or "Length",
                Instance: IPropertyReferenceOperation { Property.Name: "Records" } or ILocalReferenceOperation
            }
        || IsCallOnRecords(operation, "Count");

    private static bool IsAny(IOperation operation) => IsCallOnRecords(operation, "Any");

    private static bool IsCallOnRecords(IOperation operation, string name) =>
        operation is IInvocationOperation { Arguments: [{ Value: var records }] } call
        && call.TargetMethod.Name == name
        && records.WithoutConversions() is IPropertyReferenceOperation { Property.Name: "Records" };

    private static bool? Holds(IOperation condition, int size)
    {
        if (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation)
            return !Holds(negation.Operand, size);
        if (IsAny(condition))
            return size > 0;
        if (condition is not IBinaryOperation comparison)
            return null;
        if (comparison.OperatorKind is BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.ConditionalAnd)
        {
            var (left, right) = (Holds(comparison.LeftOperand, size), Holds(comparison.RightOperand, size));
            var decisive = comparison.OperatorKind == BinaryOperatorKind.ConditionalOr;
            return left == decisive || right == decisive ? decisive
                : left is null || right is null ? null
                : !decisive;
        }

        return (ValueOf(comparison.LeftOperand, size), ValueOf(comparison.RightOperand, size)) is ({ } first, { } second)
            ? comparison.OperatorKind switch
            {
                BinaryOperatorKind.Equals => first == second,
                BinaryOperatorKind.NotEquals => first != second,
                BinaryOperatorKind.GreaterThan => first > second,
                BinaryOperatorKind.GreaterThanOrEqual => first >= second,
                BinaryOperatorKind.LessThan => first < second,
                BinaryOperatorKind.LessThanOrEqual => first <= second,
                _ => null,
            }
            : null;
    }

    private static int? ValueOf(IOperation operand, int size) =>
        IsSize(operand) ? size
        : operand.ConstantValue is { HasValue: true, Value: int value } ? value
        : null;

    private static bool IsNull(IOperation operand) =>
        operand is IConversionOperation conversion ? IsNull(conversion.Operand) : operand.ConstantValue is { HasValue: true, Value: null };

    private static bool IsEvent(ITypeSymbol? type, KnownTypes types) => types.EventKind(type) != EventSourceKind.Unknown;
}
