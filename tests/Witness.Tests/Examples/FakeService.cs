using System.Reflection;
using System.Runtime.ExceptionServices;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>An object behind an interface that an example declares: what it is asked to do goes to a delegate of the witness.</summary>
public class FakeService : DispatchProxy
{
    private Action<object?[]>? act;

    /// <summary>Makes one for an interface whose methods take a text first.</summary>
    /// <param name="service">The interface.</param>
    /// <param name="type">A type derived from this one, in the assembly of the interface: a proxy is made where its base type is.</param>
    /// <param name="act">Does the work, or throws.</param>
    internal static object Of(Type service, Type type, Action<string> act) => Of(service, type, arguments => act((string)arguments[0]!));

    /// <summary>Makes one for any interface.</summary>
    /// <param name="service">The interface.</param>
    /// <param name="type">A type derived from this one, in the assembly of the interface.</param>
    /// <param name="act">Does the work with the arguments of the call, or throws.</param>
    internal static object Of(Type service, Type type, Action<object?[]> act)
    {
        var fake = Create(service, type);
        ((FakeService)fake).act = act;
        return fake;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        try
        {
            act!(args!);
        }
        catch (Exception exception) when (targetMethod!.ReturnType == typeof(Task))
        {
            return Task.FromException(exception);
        }
        catch (Exception exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }

        return targetMethod!.ReturnType == typeof(Task) ? Task.CompletedTask : null;
    }
}
