using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>An operation, and the call in which it runs.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Frame">The call.</param>
internal readonly record struct Written(IOperation Operation, ProgramFrame Frame);

/// <summary>
/// One run of a constructor or method that makes resources: the same code makes other resources in each of its runs. Two frames are the same only as one object.
/// </summary>
/// <param name="method">The constructor or method; null for what no call of the source leads to.</param>
/// <param name="instance">The creation of the object that it runs on; null where that is not known.</param>
/// <param name="caller">The frame of the call; null for what no call of the source leads to.</param>
/// <param name="call">The call; null for what no call of the source leads to.</param>
internal sealed class ProgramFrame(IMethodSymbol? method, Written? instance, ProgramFrame? caller, IOperation? call = null)
{
    private readonly ProgramFrame? caller = caller;
    private readonly IOperation? call = call;
    private readonly Dictionary<IParameterSymbol, Written> arguments = new(SymbolEqualityComparer.Default);

    /// <summary>The constructor or method.</summary>
    public IMethodSymbol? Method { get; } = method;

    /// <summary>The creation of the object that it runs on.</summary>
    public Written? Instance { get; } = instance;

    /// <summary>The calls that lead to it, as a text that tells it from any other run of the same method; empty where there are none.</summary>
    public string Trace => caller is null || call is null ? "" : $"{caller.Trace}{ProgramBranches.PlaceOf(call)}>";

    /// <summary>The branch that its call runs in, by which it may be left out, or be run several times; null where it runs once.</summary>
    public string? Branch { get; } = caller is null || call is null ? null : ProgramBranches.BranchOf(new(call, caller));

    /// <summary>How many calls lead to it.</summary>
    public int Depth { get; } = caller is null ? 0 : caller.Depth + 1;

    /// <summary>Whether the method is among the calls that lead here, so that another one would be a recursion.</summary>
    public bool IsWithin(IMethodSymbol other) =>
        SymbolEqualityComparer.Default.Equals(Method?.OriginalDefinition, other.OriginalDefinition) || caller?.IsWithin(other) == true;

    /// <summary>What a parameter stands for; null for one of a call that is not seen.</summary>
    public Written? Argument(IParameterSymbol parameter) => arguments.TryGetValue(parameter.OriginalDefinition, out var value) ? value : null;

    /// <summary>The frame in which a variable has its value: that of a local function's caller for what it does not declare itself.</summary>
    public ProgramFrame Owning(ISymbol variable)
    {
        var frame = this;
        while (frame is { Method: { MethodKind: MethodKind.LocalFunction } own, caller: { } outer } && !IsDeclaredIn(variable, own))
            frame = outer;
        return frame;
    }

    /// <summary>Binds a parameter.</summary>
    public void Bind(IParameterSymbol parameter, Written value) => arguments[parameter.OriginalDefinition] = value;

    private static bool IsDeclaredIn(ISymbol variable, IMethodSymbol method)
    {
        for (var container = variable.ContainingSymbol; container is not null; container = container.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(container.OriginalDefinition, method.OriginalDefinition))
                return true;
        }

        return false;
    }
}
