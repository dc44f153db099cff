using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>How many invocations a mapping's pollers may have under way, and how that changes (C-1 to C-7).</summary>
/// <param name="Start">At first.</param>
/// <param name="AddedPerMinute">More each minute while all pollers are busy and messages wait.</param>
/// <param name="Most">At most.</param>
/// <param name="Low">At low traffic (C-3).</param>
internal sealed record ScalingPlan(int Start, int AddedPerMinute, int Most, int Low)
{
    private const int StandardStart = 5;
    private const int InvocationsPerPoller = 10;
    private const int ProvisionedPerMinute = 1000;
    private const int ProvisionedMost = 20_000;

    /// <summary>The plan of a mapping.</summary>
    public static ScalingPlan Of(int? maximumConcurrency, (int Minimum, int Maximum)? provisioned, LambdaTestHostOptions options, bool isFifo)
    {
        if (provisioned is { } pollers)
        {
            var (least, most) = (pollers.Minimum * InvocationsPerPoller, Math.Min(ProvisionedMost, pollers.Maximum * InvocationsPerPoller));
            return new(least, ProvisionedPerMinute, most, least);
        }

        // C-7: message groups alone limit a FIFO queue, and nothing grows.
        if (isFifo)
        {
            var limit = maximumConcurrency ?? int.MaxValue;
            return new(limit, 0, limit, limit);
        }

        var (perMinute, ceiling) = options.SqsScaling == SqsScaling.Since2019 ? (60, 1000) : (300, 1250);
        var start = Math.Min(StandardStart, maximumConcurrency ?? StandardStart);
        var low = maximumConcurrency is null ? options.LowTrafficConcurrency : start;
        return new(start, perMinute, Math.Min(ceiling, maximumConcurrency ?? ceiling), low);
    }
}

/// <summary>How many invocations a mapping's pollers may have under way now (C-1 to C-7, S-9).</summary>
internal sealed class PollerScale(MappingPoller mapping, ScalingPlan plan, bool backsOff) : IScheduled
{
    private int steps;
    private int backedOff;
    private bool isLow;
    private bool isLooking;

    /// <summary>The invocations there may be now; at least one.</summary>
    public int Limit => backedOff == 0 ? Ramp : Math.Max(1, Unhindered - backedOff);

    private int Ramp => Math.Min(plan.Most, (isLow ? plan.Low : plan.Start) + (steps * plan.AddedPerMinute));

    // That a FIFO queue has no more invocations than groups follows from its groups' blocking each other (S-40); a batch that outlives its visibility timeout is no hindrance.
    private int Unhindered => Math.Max(1, Math.Min(Ramp, mapping.Store.ActiveGroups ?? int.MaxValue));

    /// <summary>All pollers are busy while messages wait: within a minute there are more of them.</summary>
    public void NoteBacklog()
    {
        if (Ramp < plan.Most)
            LookAgain();
    }

    /// <summary>A poller has begun a batch.</summary>
    public void NoteActivity()
    {
        if (plan.Low < plan.Start && !isLow)
            LookAgain();
    }

    /// <summary>An invocation is over.</summary>
    public void NoteResult(bool isFunctionError)
    {
        if (!backsOff)
            return;
        backedOff = isFunctionError ? Math.Min(backedOff + 1, Unhindered - 1) : Math.Max(0, backedOff - 1);
    }

    /// <inheritdoc/>
    public void Due(long token)
    {
        isLooking = false;
        if (mapping.IsBehind && Ramp < plan.Most)
        {
            if (isLow)
                isLow = false;
            else
                steps++;
            mapping.Store.Dispatcher.Notify();
        }
        else if (mapping.Busy <= plan.Start)
        {
            steps = 0;
            isLow = plan.Low < plan.Start && mapping.Busy <= plan.Low;
        }

        if (steps > 0 || (mapping.Busy > 0 && plan.Low < plan.Start && !isLow))
            LookAgain();
    }

    private void LookAgain()
    {
        if (isLooking)
            return;
        isLooking = true;
        var simulation = mapping.Simulation;
        simulation.Scheduler.At(simulation.Scheduler.Now + TimeSpan.TicksPerMinute, this, 0);
    }
}
