using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What grows with every record.</summary>
internal enum LastingKind
{
    /// <summary>A list of failures that gets into the response.</summary>
    Failures,

    /// <summary>A number that decides something, or is written out.</summary>
    Counter,
}

/// <summary>State of the class, or static state, that grows with every record and is never begun anew.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Member">The field or property.</param>
/// <param name="Operation">What makes it grow.</param>
internal sealed record LastingGrowth(LastingKind Kind, ISymbol Member, IOperation Operation);

/// <summary>Finds state that one execution environment carries from batch to batch .</summary>
internal static class LastingState
{
    /// <summary>The growing state of a handler, each member once.</summary>
    public static IEnumerable<LastingGrowth> In(Handler handler, BatchFlow flow, CancellationToken cancellationToken)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var body in flow.Bodies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (body.Method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor)
                continue;
            foreach (var operation in body.Operations)
            {
                if (
                    Growing(operation, handler) is not var (kind, member)
                    // Nobody reads the answer to an event.
                    || kind == LastingKind.Failures && handler.IsAsynchronous
                    || seen.Contains(member)
                    || !IsPerRecord(operation, body, handler, flow)
                )
                    continue;
                var isUsed = kind == LastingKind.Failures ? ReachesResponse(member, operation, handler, flow) : Decides(member, operation, flow);
                if (isUsed && !IsBegunAnew(member, cancellationToken) && seen.Add(member))
                    yield return new(kind, member, operation);
            }
        }
    }

    /// <summary>Whether the member outlives an invocation of the handler: it is static, or belongs to the object that Lambda keeps.</summary>
    public static bool Outlives(ISymbol member, INamedTypeSymbol? handlerType)
    {
        if (member.IsStatic)
            return !member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute");
        for (var type = handlerType; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, member.ContainingType.OriginalDefinition))
                return true;
        }

        return false;
    }

    /// <summary>Whether a method of the member's class, other than a constructor, clears or replaces it.</summary>
    public static bool IsBegunAnew(ISymbol member, CancellationToken cancellationToken)
    {
        foreach (var reference in member.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax(cancellationToken).DescendantNodes())
            {
                var target = node switch
                {
                    AssignmentExpressionSyntax { RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.SimpleAssignmentExpression } assignment =>
                        assignment.Left,
                    InvocationExpressionSyntax
                    {
                        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Clear" or "RemoveAll" or "Remove" or "TryRemove" } called
                    } => called.Expression,
                    InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Exchange" } } exchange => exchange,
                    _ => null,
                };
                if (
                    target is not null
                    && target.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == member.Name)
                    && node.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null
                )
                    return true;
            }
        }

        return false;
    }

    /// <summary>The field or property of the class, or the static one, that an expression begins with; null when it begins with something else.</summary>
    public static ISymbol? MemberOf(IOperation? operation)
    {
        while (operation is not null)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member: IFieldSymbol or IPropertySymbol } own:
                    return own.Member;
                case IMemberReferenceOperation { Instance: { } instance }:
                    operation = instance;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private static (LastingKind Kind, ISymbol Member)? Growing(IOperation operation, Handler handler)
    {
        var (kind, target) = operation switch
        {
            IInvocationOperation { TargetMethod.Name: "Add" or "AddRange" or "Enqueue" or "Push", Instance: { } list }
                when IsListOfFailures(list.Type, handler) => (LastingKind.Failures, list),
            IIncrementOrDecrementOperation { Kind: OperationKind.Increment } increment => (LastingKind.Counter, increment.Target),
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } sum when IsNumber(sum.Target.Type) => (LastingKind.Counter, sum.Target),
            IInvocationOperation
            {
                TargetMethod: { Name: "Increment" or "Add", ContainingType.Name: "Interlocked" },
                Arguments: [{ Value: var counter }, ..]
            } => (LastingKind.Counter, counter),
            _ => default((LastingKind, IOperation?)),
        };
        return MemberOf(target) is { } member && Outlives(member, handler.Type) ? (kind, member) : null;
    }

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;

    private static bool IsListOfFailures(ITypeSymbol? type, Handler handler) =>
        type is not null
        && ElementTypes.Of(type) is { } element
        && (
            handler.Response.ItemType is { } item && SymbolEqualityComparer.Default.Equals(element, item)
            || element.Name == "BatchItemFailure"
            || element.SpecialType == SpecialType.System_String
        );

    private static bool IsPerRecord(IOperation operation, MethodBody body, Handler handler, BatchFlow flow) =>
        handler.IsAsynchronous
        || !SymbolEqualityComparer.Default.Equals(body.Method.OriginalDefinition, handler.Method.OriginalDefinition)
        || flow.Iterations.Any(iteration => iteration.Includes(operation.Syntax));

    // return new SQSBatchResponse(failures), return new() { BatchItemFailures = ids.Select(…).ToList() }, return response
    private static bool ReachesResponse(ISymbol member, IOperation growth, Handler handler, BatchFlow flow) =>
        References(member, growth, flow)
            .Any(reference =>
            {
                for (var current = reference.Parent; current is not null; current = current.Parent)
                {
                    switch (current)
                    {
                        case IReturnOperation:
                        case IObjectCreationOperation creation when SymbolEqualityComparer.Default.Equals(creation.Type, handler.Response.Type):
                        case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "BatchItemFailures" } }:
                            return true;
                        case IAnonymousFunctionOperation or ILocalFunctionOperation:
                            return false;
                    }
                }

                return false;
            });

    // A number that only gets into the log, or tells every hundredth record, does no harm.
    private static bool Decides(ISymbol member, IOperation growth, BatchFlow flow) =>
        References(member, growth, flow)
            .Any(reference =>
            {
                for (var (current, child) = (reference.Parent, reference); current is not null; (current, child) = (current.Parent, current))
                {
                    switch (current)
                    {
                        case IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder }:
                        case IInvocationOperation logging when SafeCalls.IsLogging(logging):
                            return false;
                        case IReturnOperation:
                        case IInvocationOperation call when !SafeCalls.IsSafe(call):
                            return true;
                        case IConditionalOperation choice when choice.Condition == child:
                            return choice
                                .WhenTrue.DescendantsAndSelf()
                                .Any(part =>
                                    part is IThrowOperation or IReturnOperation or IBranchOperation
                                    || part is IInvocationOperation call && !SafeCalls.IsSafe(call)
                                );
                        case IBlockOperation or IAnonymousFunctionOperation or ILocalFunctionOperation:
                            return false;
                    }
                }

                return false;
            });

    private static IEnumerable<IOperation> References(ISymbol member, IOperation growth, BatchFlow flow) =>
        flow
            .Bodies.SelectMany(body => body.Operations)
            .Where(operation =>
                operation is IMemberReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Member, member)
                && (
                    !growth.Syntax.Span.Contains(operation.Syntax.Span)
                    || growth.Syntax.SyntaxTree != operation.Syntax.SyntaxTree
                    || growth is IIncrementOrDecrementOperation
                )
            );
}
