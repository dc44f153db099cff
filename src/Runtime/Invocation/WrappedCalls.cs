using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>
/// An object of the test behind an interface, whose calls by handlers are tracked: each is a point at which an ended invocation stops, takes its latency in virtual
/// time, and while it is under way the clock does not take the invocation for idle. The call takes effect when it is made; its result comes after the latency.
/// </summary>
/// <typeparam name="T">The interface.</typeparam>
internal class WrappedCalls<T> : DispatchProxy
    where T : class
{
    private T real = null!;
    private Simulation simulation = null!;
    private long latency;

    /// <summary>Wraps an object.</summary>
    public static T Wrap(T real, Simulation simulation, TimeSpan latency)
    {
        var wrapped = Create<T, WrappedCalls<T>>();
        var proxy = (WrappedCalls<T>)(object)wrapped;
        (proxy.real, proxy.simulation, proxy.latency) = (real, simulation, latency.Ticks);
        return wrapped;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = targetMethod!;
        if (WorkScope.Current is not ExecutionEnvironment environment || environment.Scheduler != simulation.Scheduler) return Call(method, args);
        environment.ThrowIfEnded();
        Note(environment, method);
        var asynchronous = AsyncCall.Of(method.ReturnType);
        if (asynchronous is null)
        {
            var result = Call(method, args);
            environment.ThrowIfEnded();
            environment.Spend(TimeSpan.FromTicks(latency));
            return result;
        }

        return asynchronous.Track(Call(method, args), new(environment, simulation.TimeProvider, TimeSpan.FromTicks(latency)));
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

    private void Note(ExecutionEnvironment environment, MethodInfo method)
    {
        if (!simulation.History.IsFull) return;
        lock (simulation.Scheduler.Gate)
        {
            if (environment.Current is not { } invocation) return;
            var call = $"{method.DeclaringType!.Name}.{method.Name}";
            simulation.History.Add(new WrappedCallMade(TimeSpan.FromTicks(environment.LocalNow), invocation.Function.Label, invocation.Number, call));
        }
    }
}

/// <summary>The invocation that waits for a tracked call.</summary>
internal readonly record struct CallTracker(ExecutionEnvironment Environment, TimeProvider Clock, TimeSpan Latency)
{
    /// <summary>Waits for the call and its latency; never comes back if the invocation has ended meanwhile.</summary>
    public async Task WaitAsync(Task call)
    {
        var environment = Environment;
        if (!call.IsCompleted)
        {
            var epoch = environment.BeginCall();
            try
            {
                await call.ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The call's own exception is thrown by whoever takes its result.
            catch
#pragma warning restore CA1031
            {
                // Seen by the caller.
            }

            environment.EndCall(epoch);
        }

        if (Latency > TimeSpan.Zero && !environment.IsKilled) await Task.Delay(Latency, Clock).ConfigureAwait(false);
        if (environment.IsKilled) await new TaskCompletionSource().Task.ConfigureAwait(false);
    }
}

/// <summary>How the result of an asynchronous method is tracked, by its return type.</summary>
internal abstract class AsyncCall
{
    private static readonly ConcurrentDictionary<Type, AsyncCall?> Calls = new();

    /// <summary>How calls that return this type are tracked; null if they are synchronous.</summary>
    public static AsyncCall? Of(Type returned) => Calls.GetOrAdd(returned, static type =>
    {
        if (type == typeof(Task)) return new OfTask();
        if (type == typeof(ValueTask)) return new OfValueTask();
        if (!type.IsGenericType) return null;
        var definition = type.GetGenericTypeDefinition();
        var tracker = definition == typeof(Task<>) ? typeof(OfTask<>) : definition == typeof(ValueTask<>) ? typeof(OfValueTask<>) : null;
        return tracker is null ? null : (AsyncCall)Activator.CreateInstance(tracker.MakeGenericType(type.GetGenericArguments()))!;
    });

    /// <summary>What the handler gets instead of the call's own result.</summary>
    public abstract object? Track(object? result, CallTracker tracker);

    private sealed class OfTask : AsyncCall
    {
        public override object? Track(object? result, CallTracker tracker) => result is Task task ? Run(task, tracker) : null;

        public static async Task Run(Task task, CallTracker tracker)
        {
            await tracker.WaitAsync(task).ConfigureAwait(false);
            await task.ConfigureAwait(false);
        }
    }

    private sealed class OfValueTask : AsyncCall
    {
        public override object? Track(object? result, CallTracker tracker) => new ValueTask(OfTask.Run(((ValueTask)result!).AsTask(), tracker));
    }

    private sealed class OfTask<TResult> : AsyncCall
    {
        public override object? Track(object? result, CallTracker tracker) => result is Task<TResult> task ? Run(task, tracker) : null;

        public static async Task<TResult> Run(Task<TResult> task, CallTracker tracker)
        {
            await tracker.WaitAsync(task).ConfigureAwait(false);
            return await task.ConfigureAwait(false);
        }
    }

    private sealed class OfValueTask<TResult> : AsyncCall
    {
        public override object? Track(object? result, CallTracker tracker) =>
            new ValueTask<TResult>(OfTask<TResult>.Run(((ValueTask<TResult>)result!).AsTask(), tracker));
    }
}
