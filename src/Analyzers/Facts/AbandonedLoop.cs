using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>A statement that leaves the only loop over the batch, after which nobody can name the records that it has not come to.</summary>
/// <param name="Exit">The <c>return</c> or <c>break</c>.</param>
/// <param name="Scope">The method it stands in.</param>
/// <param name="Clause">The catch clause it stands in; null for none.</param>
/// <param name="HasReport">Whether the loop can report a record.</param>
internal sealed record AbandonedLoop(IOperation Exit, RecordScope Scope, SyntaxNode? Clause, bool HasReport)
{
    /// <summary>The exits of the handler's loop over its batch, or of that of a method to which it hands the batch once.</summary>
    public static IEnumerable<AbandonedLoop> In(ImmutableArray<RecordScope> scopes, KnownTypes types, Reporting reporting)
    {
        if (scopes.IsEmpty)
            return [];
        var handler = scopes[0];
        return scopes
            .Where(scope =>
                scope == handler
                || scope is { IsPerRecord: false, Calls: [IInvocationOperation call] } && HandsNothingBack(call) && IsOnlyUse(call, handler, types)
            )
            .SelectMany(scope => In(scope, types, reporting));
    }

    private static IEnumerable<AbandonedLoop> In(RecordScope scope, KnownTypes types, Reporting reporting)
    {
        if (!scope.Body.Has(OperationKind.Loop))
            yield break;
        foreach (var loop in scope.Operations.OfType<ILoopOperation>())
        {
            if (
                !GoesThroughBatch(loop, types)
                || IsInside(loop, operation => operation is ILoopOperation or IAnonymousFunctionOperation)
                || !IsOnlyUse(loop, scope, types)
                || !loop.Body.Descendants().Any(reporting.MayFail)
            )
                continue;
            var hasReport = loop.Body.Descendants().Any(operation => Reports(operation, reporting));
            foreach (var exit in loop.Body.Descendants().Where(operation => Leaves(operation, loop)))
            {
                if (!HangsOnPosition(exit, loop) && !(exit is IBranchOperation && IsMadeUpForBehind(loop, scope, reporting)))
                    yield return new(
                        exit,
                        scope,
                        ClauseAround(exit, loop),
                        hasReport || (exit as IReturnOperation)?.ReturnedValue is { } value && value.Descendants().Any(FailureVehicles.IsReport)
                    );
            }
        }
    }

    private static bool GoesThroughBatch(ILoopOperation loop, KnownTypes types) =>
        loop switch
        {
            IForEachLoopOperation each => each.Locals.Any(local => types.IsRecord(local.Type)) && IsBatch(each.Collection, types),
            IForLoopOperation => loop.Body.Descendants().Any(operation => IsElementByIndex(operation, types)),
            _ => false,
        };

    private static bool IsBatch(IOperation collection, KnownTypes types) =>
        collection switch
        {
            IConversionOperation conversion => IsBatch(conversion.Operand, types),
            IPropertyReferenceOperation property => IsRecords(property, types),
            IParameterReferenceOperation or ILocalReferenceOperation => collection.Type is { Name: not "IGrouping" } type
                && types.IsRecord(ElementTypes.Of(type)),
            _ => false,
        };

    private static bool IsRecords(IOperation? operation, KnownTypes types) =>
        operation is IPropertyReferenceOperation { Property.Name: "Records", Instance.Type: { } type } && types.EventKind(type) != EventSourceKind.Unknown;

    private static bool IsElementByIndex(IOperation operation, KnownTypes types) =>
        operation is IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value: ILocalReferenceOperation }] } element
        && IsRecords(element.Instance, types);

    // Whoever mentions the batch elsewhere may know of the rest: to report it, or to go through it again.
    private static bool IsOnlyUse(IOperation user, RecordScope scope, KnownTypes types) =>
        !scope.Operations.Any(operation =>
            operation is ILocalReferenceOperation or IParameterReferenceOperation
            && IsBatchVariable(operation.Type, types)
            && !IsSizeOrLog(operation)
            && !IsPartOf(operation, user, types)
        );

    private static bool IsBatchVariable(ITypeSymbol? type, KnownTypes types) =>
        types.EventKind(type) != EventSourceKind.Unknown || type is not null && types.IsRecord(ElementTypes.Of(type));

    private static bool IsPartOf(IOperation operation, IOperation user, KnownTypes types) =>
        user switch
        {
            IForEachLoopOperation each => each.Collection.Syntax.Span.Contains(operation.Syntax.Span),
            IForLoopOperation => operation.Parent is IPropertyReferenceOperation { Parent: { } element } && IsElementByIndex(element, types),
            _ => user.Syntax.Span.Contains(operation.Syntax.Span),
        };

    private static bool IsSizeOrLog(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            switch (parent)
            {
                case IPropertyReferenceOperation { Property.Name: "Count" or "Length" }:
                case IInvocationOperation { TargetMethod.Name: "Count" or "Any" or "ThrowIfNull", Arguments.Length: <= 2 }:
                case IInvocationOperation call when SafeCalls.IsLogging(call):
                case IIsPatternOperation:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals }:
                    return true;
            }
        }

        return false;
    }

    private static bool Leaves(IOperation operation, ILoopOperation loop) =>
        operation switch
        {
            IReturnOperation { Kind: OperationKind.Return, IsImplicit: false } => !IsInside(operation, IsFunction, loop),
            IBranchOperation { BranchKind: BranchKind.Break } branch => branch.Target.Equals(loop.ExitLabel, SymbolEqualityComparer.Default),
            _ => false,
        };

    // if (index == batch.Records.Count - 1) break;
    private static bool HangsOnPosition(IOperation exit, ILoopOperation loop)
    {
        for (var parent = exit.Parent; parent is not null && parent != loop; parent = parent.Parent)
        {
            if (parent is IConditionalOperation choice && choice.Condition.HasPart(TellsPosition))
                return true;
        }

        return false;
    }

    private static bool TellsPosition(IOperation operation) =>
        operation
            is IPropertyReferenceOperation
                {
                    Property: { Name: "Count" or "Length", ContainingType.SpecialType: not SpecialType.System_String },
                    Instance.Type.Name: not "String"
                }
                or IInvocationOperation { TargetMethod.Name: "Last" or "LastOrDefault" or "Count" };

    // An exception behind the loop returns the batch; an entry made there may name the rest.
    private static bool IsMadeUpForBehind(ILoopOperation loop, RecordScope scope, Reporting reporting) =>
        scope.Operations.Any(operation =>
            operation.Syntax.SpanStart >= loop.Syntax.Span.End
            && (
                operation is IThrowOperation
                || operation is IObjectCreationOperation creation && ResponseShape.IsItem(creation.Type)
                || operation is IInvocationOperation call && reporting.MayReport(call)
            )
        );

    private static bool Reports(IOperation operation, Reporting reporting) =>
        FailureVehicles.IsReport(operation) || operation is IInvocationOperation call && reporting.MayReport(call);

    private static SyntaxNode? ClauseAround(IOperation exit, ILoopOperation loop)
    {
        for (var parent = exit.Parent; parent is not null && parent != loop; parent = parent.Parent)
        {
            if (parent is ICatchClauseOperation clause)
                return clause.Syntax;
        }

        return null;
    }

    private static bool HandsNothingBack(IInvocationOperation call) =>
        call.TargetMethod.ReturnsVoid || call.TargetMethod.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", Arity: 0 };

    private static bool IsFunction(IOperation operation) => operation is IAnonymousFunctionOperation or ILocalFunctionOperation;

    private static bool IsInside(IOperation operation, Func<IOperation, bool> holds, IOperation? end = null)
    {
        for (var parent = operation.Parent; parent is not null && parent != end; parent = parent.Parent)
        {
            if (holds(parent))
                return true;
        }

        return false;
    }
}
