using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Follows the methods and lambdas that one method is given, keeps in variables, calls and passes on.</summary>
/// <param name="body">The method.</param>
/// <param name="values">Its variables that hold records, which its lambdas capture.</param>
/// <param name="given">What stands for its parameters that take delegates.</param>
/// <param name="calls">Follows its other calls.</param>
/// <param name="handlerType">The class that the handler's instance has.</param>
internal sealed class DelegateFlow(
    MethodBody body,
    RecordValues values,
    ImmutableDictionary<IParameterSymbol, PassedDelegate> given,
    Calls calls,
    INamedTypeSymbol? handlerType
)
{
    /// <summary>Those that it calls, or gives to a library to call, as far as the walk over it has come; also by way of the methods it calls.</summary>
    public ImmutableHashSet<PassedDelegate> Called { get; private set; } = ImmutableHashSet<PassedDelegate>.Empty;

    /// <summary>Notes that these are called.</summary>
    public void AddCalled(IEnumerable<PassedDelegate> called) => Called = Called.Union(called);

    /// <summary>The method of the source that the call runs, be it one that was passed to this method or that a variable holds; null where it cannot be told.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="passed">What it passes on.</param>
    public PassedDelegate? CalleeOf(IInvocationOperation invocation, ImmutableArray<(IArgumentOperation, PassedDelegate)> passed)
    {
        if (invocation.TargetMethod.MethodKind == MethodKind.DelegateInvoke && DelegateOf(invocation.Instance) is { } known)
        {
            AddCalled([known]);
            return known;
        }

        return calls.TargetOf(invocation, handlerType) is { } target ? new(target, invocation, null, PassedDelegate.To(target, passed)) : null;
    }

    /// <summary>The methods and lambdas of the source that a call passes on.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="areAny">Whether it passes any on, also such as are not in source.</param>
    public ImmutableArray<(IArgumentOperation Argument, PassedDelegate Delegate)> PassedTo(IInvocationOperation invocation, out bool areAny)
    {
        var delegates = ImmutableArray<(IArgumentOperation, PassedDelegate)>.Empty;
        areAny = false;
        foreach (var argument in invocation.Arguments)
        {
            var passed = DelegateOf(argument.Value);
            areAny |= passed is not null || PassedDelegate.In(argument.Value) is IMethodReferenceOperation;
            if (passed is not null)
                delegates = delegates.Add((argument, passed));
        }

        return delegates;
    }

    private PassedDelegate? DelegateOf(IOperation? value) =>
        PassedDelegate.In(value) switch
        {
            IParameterReferenceOperation parameter => given.TryGetValue(parameter.Parameter, out var known) ? known : null,
            ILocalReferenceOperation { Type.TypeKind: TypeKind.Delegate } local => body.Root.OnlyValueOf(local.Local) is { } set
            && PassedDelegate.In(set) is not ILocalReferenceOperation
                ? DelegateOf(set)
                : null,
            IMethodReferenceOperation reference when calls.TargetOf(reference, handlerType) is { } method => new(method, reference, null, PassedDelegate.None),
            IFlowAnonymousFunctionOperation lambda => new(lambda.Symbol, lambda, values, given),
            IAnonymousFunctionOperation lambda => new(lambda.Symbol, lambda, values, given),
            _ => null,
        };
}
