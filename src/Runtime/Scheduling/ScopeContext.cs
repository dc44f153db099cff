namespace AtLeastOnce.Runtime.Scheduling;

/// <summary>Where awaits of a scope's code continue: on the pump, in order. Code that blocks makes way for another pump.</summary>
internal sealed class ScopeContext : SynchronizationContext
{
    /// <summary>What a block must exceed: contention with other tests over a lock is none.</summary>
    private const int ContentionMilliseconds = 10;

    private const int TimedOut = 258;

    [ThreadStatic]
    private static bool isHandingOver;

    private readonly WorkScope scope;

    /// <summary>The context of a scope.</summary>
    public ScopeContext(WorkScope scope)
    {
        this.scope = scope;
        SetWaitNotificationRequired();
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => scope.Scheduler.Post(new(scope, d, state, UnderContext: true));

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <inheritdoc/>
    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        var isShort = millisecondsTimeout is >= 0 and <= ContentionMilliseconds;
        if (isHandingOver || isShort)
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        var result = WaitHelper(waitHandles, waitAll, ContentionMilliseconds);
        if (result != TimedOut)
            return result;
        isHandingOver = true;
        scope.Scheduler.HandOver();
        isHandingOver = false;
        return WaitHelper(waitHandles, waitAll, millisecondsTimeout < 0 ? millisecondsTimeout : millisecondsTimeout - ContentionMilliseconds);
    }
}
