using System.Reflection;
using System.Runtime.ExceptionServices;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>An object behind an interface that an example declares: what it is asked to do goes to a delegate of the witness.</summary>
public class FakeService : DispatchProxy
{
    private Action<string>? act;

    /// <summary>Makes one for an interface whose methods take a text first.</summary>
    /// <param name="service">The interface.</param>
    /// <param name="type">A type derived from this one, in the assembly of the interface: a proxy is made where its base type is.</param>
    /// <param name="act">Does the work, or throws.</param>
    internal static object Of(Type service, Type type, Action<string> act)
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
            act!((string)args![0]!);
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
