using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>
/// An object of the test behind an interface, whose calls by handlers are tracked. Reading a property and subscribing to an event are no effects: they only stop code of an
/// invocation that is over.
/// </summary>
/// <typeparam name="T">The interface.</typeparam>
internal class WrappedCalls<T> : DispatchProxy
    where T : class
{
    private T real = null!;
    private TrackedCalls calls = null!;

    /// <summary>Wraps an object.</summary>
    public static T Wrap(T real, TrackedCalls calls)
    {
        var wrapped = Create<T, WrappedCalls<T>>();
        var proxy = (WrappedCalls<T>)(object)wrapped;
        (proxy.real, proxy.calls) = (real, calls);
        return wrapped;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = targetMethod!;
        var kind = CallKind.Of(method);
        if (kind.IsPassive)
        {
            calls.ThrowIfEnded();
            return Call(method, args);
        }

        if (calls.Begin(() => kind.Name) is not { } call)
            return Call(method, args);
        if (kind.Asynchronous is not { } asynchronous)
        {
            var result = call.Run(() => Call(method, args));
            return kind.Enumerate is { } enumerate && result is not null ? enumerate(result, calls) : result;
        }

        if (!call.CrashesBefore)
            return asynchronous.Track(Call(method, args), call.Tracker);
        call.Crash();
        return asynchronous.Never();
    }

    private object? Call(MethodInfo method, object?[]? args)
    {
        try
        {
            return method.Invoke(real, args);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}

/// <summary>How calls of a method are tracked.</summary>
/// <param name="Name">What the history calls them: <c>IPayments.Charge</c>.</param>
/// <param name="IsPassive">They have no effect.</param>
/// <param name="Asynchronous">How their result is tracked, if it comes later.</param>
/// <param name="Enumerate">How their result is tracked, if it is a sequence that comes piece by piece.</param>
internal sealed record CallKind(string Name, bool IsPassive, AsyncCall? Asynchronous, Func<object, TrackedCalls, object>? Enumerate)
{
    private static readonly ConcurrentDictionary<MethodInfo, CallKind> Kinds = new();

    /// <summary>The kind of a method.</summary>
    public static CallKind Of(MethodInfo method) => Kinds.GetOrAdd(method, Make);

    private static CallKind Make(MethodInfo method)
    {
        var name = method.Name;
        var isPassive =
            method.IsSpecialName
            && (
                name.StartsWith("get_", StringComparison.Ordinal)
                || name.StartsWith("add_", StringComparison.Ordinal)
                || name.StartsWith("remove_", StringComparison.Ordinal)
            );
        if (method.IsSpecialName && name.StartsWith("set_", StringComparison.Ordinal))
            name = name["set_".Length..];
        var owner = method.DeclaringType!.Name;
        var arity = owner.IndexOf('`', StringComparison.Ordinal);
        return new($"{(arity < 0 ? owner : owner[..arity])}.{name}", isPassive, AsyncCall.Of(method.ReturnType), TrackedEnumerable.Of(method.ReturnType));
    }
}
