using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Values;

/// <summary>A method under way in a handler: values of its parameters are those of the call that leads to it.</summary>
/// <param name="Method">The method, local function or lambda.</param>
/// <param name="Root">Its operations as written.</param>
/// <param name="Call">What calls it: an invocation, or the invocation that takes it as a delegate; null for the handler.</param>
/// <param name="Caller">Where that stands; null for the handler.</param>
internal sealed record Frame(IMethodSymbol Method, IOperation Root, IOperation? Call, Frame? Caller)
{
    /// <summary>How many calls lead here.</summary>
    public int Depth { get; } = Caller is null ? 0 : Caller.Depth + 1;

    /// <summary>The handler's frame.</summary>
    public Frame Outermost => Caller is null ? this : Caller.Outermost;

    /// <summary>The calls that lead here, outermost first.</summary>
    public IEnumerable<IOperation> Calls =>
        Caller is null ? []
        : Call is null ? Caller.Calls
        : Caller.Calls.Concat([Call]);

    /// <summary>The methods on the way, the handler first.</summary>
    public IEnumerable<IMethodSymbol> Methods => Caller is null ? [Method] : Caller.Methods.Concat([Method]);

    /// <summary>The argument that the call passes for a parameter; null when it is left out, or the call is none that passes arguments.</summary>
    public IOperation? ArgumentFor(IParameterSymbol parameter) =>
        Call switch
        {
            IInvocationOperation invocation => ArgumentFor(invocation.Arguments, parameter),
            IObjectCreationOperation creation => ArgumentFor(creation.Arguments, parameter),
            _ => null,
        };

    private static IOperation? ArgumentFor(IEnumerable<IArgumentOperation> arguments, IParameterSymbol parameter) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal && argument.Parameter.Name == parameter.Name)?.Value;
}

/// <summary>An operation and where it stands.</summary>
internal readonly record struct Located(IOperation Operation, Frame Frame);
