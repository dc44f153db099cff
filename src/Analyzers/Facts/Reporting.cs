using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Whether methods of the source can put a failure into a response, and whether they can fail at all, their calls included.</summary>
internal sealed class Reporting(MethodBodies bodies, Calls calls, INamedTypeSymbol? type, CancellationToken cancellationToken) : ICalledMethods
{
    private readonly Dictionary<IMethodSymbol, bool> reports = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, bool> fails = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, bool> keeps = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the method, or one it calls, can put a failure into a response.</summary>
    public bool MayReport(IMethodSymbol method) => Search(method, reports, Reports);

    /// <summary>Whether the method, or one it calls, does anything that can fail for one record.</summary>
    public bool MayFail(IMethodSymbol method) => Search(method, fails, Fails);

    /// <summary>Whether the method, or one it calls, keeps something in memory that others may look at.</summary>
    public bool MayKeep(IMethodSymbol method) => Search(method, keeps, Keeps);

    /// <summary>Whether the operation itself can fail for one record, or what it calls can.</summary>
    public bool MayFail(IOperation operation) => Fails(operation);

    /// <inheritdoc/>
    public bool MayReport(IInvocationOperation invocation) => calls.TargetOf(invocation, type) is { } target && MayReport(target);

    /// <inheritdoc/>
    public bool MayReport(IFlowAnonymousFunctionOperation lambda) => MayReport(lambda.Symbol);

    /// <inheritdoc/>
    public bool MayReport(IMethodReferenceOperation reference) => calls.TargetOf(reference, type) is { } target && MayReport(target);

    /// <inheritdoc/>
    public bool OnlyTells(IInvocationOperation invocation) => calls.TargetOf(invocation, type) is { } target && !MayFail(target) && !MayReport(target);

    private bool Search(IMethodSymbol method, Dictionary<IMethodSymbol, bool> known, Func<IOperation, bool> holds)
    {
        if (known.TryGetValue(method, out var answer))
            return answer;
        // A cycle adds nothing of its own; whoever started it sees the rest.
        known[method] = false;
        return known[method] = bodies.Of(method, cancellationToken) is { } body && body.Operations.Any(holds);
    }

    private bool Reports(IOperation operation)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (FailureVehicles.IsReport(operation))
            return true;
        return operation switch
        {
            IInvocationOperation invocation when calls.TargetOf(invocation, type) is { } target => MayReport(target),
            // A list of failures that goes to code which cannot be seen may be filled there.
            IInvocationOperation invocation => !SafeCalls.IsSafe(invocation)
                && invocation.Arguments.Any(argument => FailureVehicles.CarriesItems(argument.Value.Type)),
            IMethodReferenceOperation reference when calls.TargetOf(reference, type) is { } target => MayReport(target),
            _ => false,
        };
    }

    private bool Fails(IOperation operation) =>
        operation switch
        {
            IThrowOperation => true,
            IInvocationOperation invocation when SafeCalls.IsLogging(invocation) => false,
            IInvocationOperation invocation when calls.TargetOf(invocation, type) is { } target => MayFail(target),
            IInvocationOperation invocation => !SafeCalls.IsSafe(invocation),
            IMethodReferenceOperation reference when calls.TargetOf(reference, type) is { } target => MayFail(target),
            _ => false,
        };

    private bool Keeps(IOperation operation) =>
        operation switch
        {
            IAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation } => false,
            IAssignmentOperation { Target: var target } => IsKept(target),
            IIncrementOrDecrementOperation { Target: var target } => IsKept(target),
            IInvocationOperation invocation when SafeCalls.IsLogging(invocation) => false,
            IInvocationOperation invocation when calls.TargetOf(invocation, type) is { } target => MayKeep(target),
            IInvocationOperation invocation => FailureVehicles.IsAdd(invocation) && FlowEvaluator.ReceiverOf(invocation) is { } receiver && IsKept(receiver),
            _ => false,
        };

    // In a field or an object that somebody else holds as well.
    private static bool IsKept(IOperation target) =>
        target switch
        {
            IFieldReferenceOperation { Instance: not ILocalReferenceOperation } or IPropertyReferenceOperation { Instance: not ILocalReferenceOperation } =>
                true,
            IParameterReferenceOperation => true,
            _ => false,
        };
}
