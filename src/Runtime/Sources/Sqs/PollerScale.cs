using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>How many pollers, and so concurrent invocations, a mapping of a standard queue has at a time (C-1 to C-4, S-9).</summary>
internal sealed class PollerScale(Simulation simulation, int? maximumConcurrency, bool backsOff, Func<int> busy, Func<bool> isBehind, Action grown) : IScheduled
{
    private const int Start = 5;
    private const int AddedPerMinute = 300;
    private const int Most = 1250;

    private readonly int ceiling = Math.Min(Most, maximumConcurrency ?? Most);
    private int steps;
    private int backedOff;
    private bool isRamping;

    /// <summary>The pollers there may be now; at least one.</summary>
    public int Limit => Math.Max(1, Unhindered - backedOff);

    private int Unhindered => Math.Min(ceiling, Start + (steps * AddedPerMinute));

    /// <summary>All pollers are busy while messages wait: within a minute there are more of them.</summary>
    public void NoteBacklog()
    {
        if (Unhindered < ceiling)
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
        isRamping = false;
        if (isBehind() && Unhindered < ceiling)
        {
            steps++;
            grown();
        }
        else if (busy() <= Start)
        {
            steps = 0;
        }

        if (steps > 0)
            LookAgain();
    }

    private void LookAgain()
    {
        if (isRamping)
            return;
        isRamping = true;
        simulation.Scheduler.At(simulation.Scheduler.Now + TimeSpan.TicksPerMinute, this, 0);
    }
}
