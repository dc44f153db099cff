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
        if (WorkScope.Current is not ExecutionEnvironment environment || environment.Scheduler != simulation.Scheduler)
            return Call(method, args);
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
        if (!simulation.History.IsFull)
            return;
        lock (simulation.Scheduler.Gate)
        {
            if (environment.Current is not { } invocation)
                return;
            var call = $"{method.DeclaringType!.Name}.{method.Name}";
            simulation.History.Add(new WrappedCallMade(TimeSpan.FromTicks(environment.LocalNow), invocation.Function.Label, invocation.Number, call));
        }
    }
}

/// <summary>The invocation that waits for a tracked call.</summary>
internal readonly record struct CallTracker(ExecutionEnvironment Environment, TimeProvider Clock, TimeSpan Latency)
{
    /// <summary>Whether a call that is over already needs no waiting.</summary>
    public bool IsInstant => Latency == TimeSpan.Zero;

    /// <summary>
    /// Waits for the call and its latency and then completes what the handler waits for; never, if the invocation has ended meanwhile. The call counts as open until the
    /// handler's continuation is on its way, so that no timer slips in between.
    /// </summary>
    public async Task FollowAsync(Task call, Action complete)
    {
        var environment = Environment;
        int? open = call.IsCompleted ? null : environment.BeginCall();
        await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (environment.IsKilled)
            return;
        if (Latency > TimeSpan.Zero)
        {
            var latency = Task.Delay(Latency, Clock);
            if (open is { } waiting)
                environment.EndCall(waiting);
            open = null;
            await latency.ConfigureAwait(false);
            if (environment.IsKilled)
                return;
        }

        complete();
        if (open is { } epoch)
            environment.EndCall(epoch);
    }
}

/// <summary>How the result of an asynchronous method is tracked, by its return type.</summary>
internal abstract class AsyncCall
{
    private static readonly ConcurrentDictionary<Type, AsyncCall?> Calls = new();

    /// <summary>How calls that return this type are tracked; null if they are synchronous.</summary>
    public static AsyncCall? Of(Type returned) =>
        Calls.GetOrAdd(
            returned,
            static type =>
            {
                if (type == typeof(Task))
                    return new OfTask();
                if (type == typeof(ValueTask))
                    return new OfValueTask();
                if (!type.IsGenericType)
                    return null;
                var definition = type.GetGenericTypeDefinition();
                var tracker =
                    definition == typeof(Task<>) ? typeof(OfTask<>)
                    : definition == typeof(ValueTask<>) ? typeof(OfValueTask<>)
                    : null;
                return tracker is null ? null : (AsyncCall)Activator.CreateInstance(tracker.MakeGenericType(type.GetGenericArguments()))!;
            }
        );

    /// <summary>What the handler gets instead of the call's own result.</summary>
    public abstract object? Track(object? result, CallTracker tracker);

    private static Task Follow(Task call, CallTracker tracker)
    {
        if (call.IsCompleted && tracker.IsInstant)
            return call;
        var source = new TaskCompletionSource();
        _ = tracker.FollowAsync(call, () => source.SetFromTask(call));
        return source.Task;
    }

    private static Task<TResult> Follow<TResult>(Task<TResult> call, CallTracker tracker)
    {
        if (call.IsCompleted && tracker.IsInstant)
            return call;
        var source = new TaskCompletionSource<TResult>();
        _ = tracker.FollowAsync(call, () => source.SetFromTask(call));
        return source.Task;
    }

    private sealed class OfTask : AsyncCall
    {
        public override object? Track(object? result, CallTracker tracker) => result is Task task ? Follow(task, tracker) : null;
    }

    private sealed class OfValueTask : AsyncCall
    {
        public override object? Track(object? result, CallTracker tracker) => new ValueTask(Follow(((ValueTask)result!).AsTask(), tracker));
    }

    private sealed class OfTask<TResult> : AsyncCall
    {
        public override object? Track(object? result, CallTracker tracker) => result is Task<TResult> task ? Follow(task, tracker) : null;
    }

    private sealed class OfValueTask<TResult> : AsyncCall
    {
        public override object? Track(object? result, CallTracker tracker) => new ValueTask<TResult>(Follow(((ValueTask<TResult>)result!).AsTask(), tracker));
    }
}

/// <summary>Handing on how a task ended.</summary>
internal static class TaskResults
{
    /// <summary>Ends as the finished task did.</summary>
    public static void SetFromTask(this TaskCompletionSource source, Task task)
    {
        if (task.IsCompletedSuccessfully)
            source.SetResult();
        else if (task.IsCanceled)
            source.SetCanceled();
        else
            source.SetException(task.Exception!.InnerExceptions);
    }

    /// <summary>Ends as the finished task did.</summary>
    public static void SetFromTask<TResult>(this TaskCompletionSource<TResult> source, Task<TResult> task)
    {
        if (task.IsCompletedSuccessfully)
            source.SetResult(task.Result);
        else if (task.IsCanceled)
            source.SetCanceled();
        else
            source.SetException(task.Exception!.InnerExceptions);
    }
}
