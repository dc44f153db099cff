using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>A method or lambda that is passed to another method, to be called there.</summary>
/// <param name="Method">The method of the source, or the lambda.</param>
/// <param name="Written">Where it is passed.</param>
/// <param name="Around">The variables of the method around a lambda, which it captures; null for a method.</param>
/// <param name="Given">What stands for the parameters of the method around a lambda that take delegates.</param>
internal sealed record PassedDelegate(
    IMethodSymbol Method,
    IOperation Written,
    RecordValues? Around,
    ImmutableDictionary<IParameterSymbol, PassedDelegate> Given
)
{
    /// <summary>For a method whose parameters take no delegates, or unknown ones.</summary>
    public static ImmutableDictionary<IParameterSymbol, PassedDelegate> None { get; } =
        ImmutableDictionary.Create<IParameterSymbol, PassedDelegate>((IEqualityComparer<IParameterSymbol>)SymbolEqualityComparer.Default);

    /// <summary>Whether it is a lambda.</summary>
    public bool IsLambda => Method.MethodKind == MethodKind.AnonymousFunction;

    /// <summary>The lambda, the method group or the variable that a value is, whatever it is converted to; null where it is none of them.</summary>
    public static IOperation? In(IOperation? value) =>
        value switch
        {
            IConversionOperation conversion => In(conversion.Operand),
            IDelegateCreationOperation creation => In(creation.Target),
            IAnonymousFunctionOperation or IFlowAnonymousFunctionOperation or IMethodReferenceOperation => value,
            IParameterReferenceOperation or ILocalReferenceOperation => value,
            _ => null,
        };

    /// <summary>What stands for the parameters of the method that a call runs.</summary>
    public static ImmutableDictionary<IParameterSymbol, PassedDelegate> To(
        IMethodSymbol target,
        ImmutableArray<(IArgumentOperation Argument, PassedDelegate Delegate)> passed
    )
    {
        var given = None;
        foreach (var (argument, taken) in passed)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < target.Parameters.Length)
                given = given.SetItem(target.Parameters[parameter.Ordinal], taken);
        }

        return given;
    }
}
