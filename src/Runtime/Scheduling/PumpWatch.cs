namespace AtLeastOnce.Runtime.Scheduling;

/// <summary>Looks now and then whether user code holds the pump: if it blocks, another thread takes the pump over; if it never ends, the run is given up.</summary>
internal sealed class PumpWatch : IDisposable
{
    private const int PeriodMilliseconds = 25;

    // Code under a scope's context says itself that it blocks; the look is for all other code, and must not take a busy machine for a block.
    private const int LooksBeforeTakeOver = 40;

    private readonly Scheduler scheduler;
    private readonly int looksBeforeGivingUp;
    private readonly Timer timer;
    private long seen = -1;
    private int looks;

    /// <summary>Watches a scheduler's pump.</summary>
    public PumpWatch(Scheduler scheduler, TimeSpan limit)
    {
        this.scheduler = scheduler;
        looksBeforeGivingUp = (int)Math.Max(LooksBeforeTakeOver + 1, limit.TotalMilliseconds / PeriodMilliseconds);
        using (ExecutionContext.SuppressFlow())
        {
            timer = new(static state => ((PumpWatch)state!).Look(), this, PeriodMilliseconds, PeriodMilliseconds);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void Look()
    {
        if (scheduler.CurrentSegment is not { } segment)
        {
            seen = -1;
            return;
        }

        if (segment != seen)
        {
            seen = segment;
            looks = 0;
            return;
        }

        looks++;
        if (looks >= looksBeforeGivingUp)
            scheduler.GiveUp(segment);
        else if (looks >= LooksBeforeTakeOver)
            scheduler.TakeOver(segment);
    }
}
