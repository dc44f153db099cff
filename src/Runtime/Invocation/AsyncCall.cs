using System.Collections.Concurrent;

namespace AtLeastOnce.Runtime.Invocation;

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

    /// <summary>A result that never comes.</summary>
    public abstract object Never();

    /// <summary>The task that the handler gets instead of the call's own.</summary>
    public static Task Follow(Task call, CallTracker tracker)
    {
        if (call.IsCompleted && tracker.IsInstant)
            return call;
        var source = new TaskCompletionSource();
        _ = tracker.FollowAsync(call, () => source.SetFromTask(call));
        return source.Task;
    }

    /// <summary>The task that the handler gets instead of the call's own.</summary>
    public static Task<TResult> Follow<TResult>(Task<TResult> call, CallTracker tracker)
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

        public override object Never() => new TaskCompletionSource().Task;
    }

    private sealed class OfValueTask : AsyncCall
    {
        public override object? Track(object? result, CallTracker tracker) => new ValueTask(Follow(((ValueTask)result!).AsTask(), tracker));

        public override object Never() => new ValueTask(new TaskCompletionSource().Task);
    }

    private sealed class OfTask<TResult> : AsyncCall
    {
        public override object? Track(object? result, CallTracker tracker) => result is Task<TResult> task ? Follow(task, tracker) : null;

        public override object Never() => new TaskCompletionSource<TResult>().Task;
    }

    private sealed class OfValueTask<TResult> : AsyncCall
    {
        public override object? Track(object? result, CallTracker tracker) => new ValueTask<TResult>(Follow(((ValueTask<TResult>)result!).AsTask(), tracker));

        public override object Never() => new ValueTask<TResult>(new TaskCompletionSource<TResult>().Task);
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
