namespace AtLeastOnce.Runtime.Scheduling;

/// <summary>Where the pump waits in real time: for work that virtual time knows nothing of.</summary>
internal sealed partial class Scheduler
{
    private void WaitForRealWork()
    {
        UsedRealTime = true;
        var began = Environment.TickCount64;
        while (ready.Count == 0 && tasks.Count == 0 && doingRealWork.Count > 0 && IsOnPump)
        {
            var left = limits.Limit.TotalMilliseconds - (Environment.TickCount64 - began);
            if (left <= 0 && doingRealWork.FindAll(static scope => !scope.LimitsRealWork) is { Count: > 0 } watched)
                throw RealTimeLimitException.Of(watched, limits.Limit);
            Monitor.Wait(gate, left <= 0 ? 1000 : (int)Math.Min(left + 1, 1000));
        }
    }

    /// <summary>Lets tracked calls, and what a deadline is set for, come back before a timer of the same invocation fires; true when something happened meanwhile.</summary>
    private bool WaitOutGrace()
    {
        UsedRealTime = true;
        var began = Environment.TickCount64;
        while (ready.Count == 0 && tasks.Count == 0 && doingEither.Count > 0 && IsOnPump)
        {
            var left = limits.Grace.TotalMilliseconds - (Environment.TickCount64 - began);
            if (left <= 0)
            {
                foreach (var scope in doingEither)
                    scope.IsGraceSpent = true;
                return false;
            }

            Monitor.Wait(gate, (int)left + 1);
        }

        return true;
    }

    /// <summary>
    /// Lets code come back that has gone on to the thread pool, as code does behind <c>ConfigureAwait(false)</c>: a timer of its invocation is not what it waits for. True
    /// when something happened meanwhile.
    /// </summary>
    private bool WaitForOtherThreads()
    {
        var began = Environment.TickCount64;
        var comings = -1;
        while (comings != (comings = awaitingTimers.Sum(static scope => scope.Comings)))
        {
            // What was sent to the pool before is under way when this comes back.
            var echo = new PoolEcho(this);
            ThreadPool.UnsafeQueueUserWorkItem(echo, preferLocal: false);
            while (!echo.IsBack || awaitingTimers.Exists(static scope => scope is { IsElsewhere: true, StaysElsewhere: false }))
            {
                if (ready.Count > 0 || tasks.Count > 0 || !IsOnPump)
                    return true;
                var left = limits.Grace.TotalMilliseconds - (Environment.TickCount64 - began);
                if (left <= 0)
                {
                    UsedRealTime = true;
                    foreach (var scope in awaitingTimers)
                        scope.StaysElsewhere = scope.IsElsewhere;
                    return false;
                }

                isSettling = true;
                Monitor.Wait(gate, (int)left + 1);
                isSettling = false;
            }
        }

        isSettled = true;
        return ready.Count > 0 || tasks.Count > 0;
    }

    /// <summary>Code of a scope has left a thread that is not the pump; from any thread.</summary>
    public void ForeignThreadLeft()
    {
        if (!Volatile.Read(ref isSettling))
            return;
        lock (gate)
        {
            Monitor.Pulse(gate);
        }
    }

    private sealed class PoolEcho(Scheduler scheduler) : IThreadPoolWorkItem
    {
        public bool IsBack { get; private set; }

        public void Execute()
        {
            lock (scheduler.gate)
            {
                IsBack = true;
                Monitor.Pulse(scheduler.gate);
            }
        }
    }

    /// <summary>Code runs outside of virtual time, whether or not the pump has to wait for it.</summary>
    public void NoteRealTime()
    {
        lock (gate)
        {
            UsedRealTime = true;
        }
    }
}
