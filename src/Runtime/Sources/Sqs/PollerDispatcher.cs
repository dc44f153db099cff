using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>Hands a queue's visible messages to the mappings that poll it; several compete for them (B-22).</summary>
internal sealed class PollerDispatcher(MessageStore store) : IScheduled
{
    private readonly List<MappingPoller> pollers = [];
    private readonly List<MappingPoller> takers = [];
    private bool isNotified;

    /// <summary>Whether someone will come for the messages, so that a run waits for them.</summary>
    private bool IsPolled => pollers.Count > 0;

    /// <summary>The queue is polled by a mapping from now on.</summary>
    public void Add(MappingPoller poller)
    {
        if (!IsPolled)
            store.Simulation.ActiveWork += store.PresentCount;
        pollers.Add(poller);
        Notify();
    }

    /// <summary>Messages came into the queue or left it.</summary>
    public void CountWork(int change)
    {
        if (IsPolled)
            store.Simulation.ActiveWork += change;
    }

    /// <summary>There may be something to receive, or someone to receive it: looked at after what is running, at the same virtual time.</summary>
    public void Notify()
    {
        if (isNotified || !IsPolled)
            return;
        isNotified = true;
        store.Simulation.Scheduler.Soon(this);
    }

    /// <inheritdoc/>
    public void Due(long token)
    {
        isNotified = false;
        while (store.HasVisible)
        {
            if (pollers.Count == 1)
            {
                if (!pollers[0].Poll(int.MaxValue))
                    return;
                continue;
            }

            takers.Clear();
            foreach (var poller in pollers)
            {
                if (poller.CanPoll)
                    takers.Add(poller);
            }

            if (takers.Count == 0)
                break;
            var choices = store.Simulation.Choices;
            var taker = takers[choices.Below(takers.Count, ChoicePoint.CompetingMapping)];
            var most = takers.Count == 1 ? int.MaxValue : 1 + choices.Below(Math.Min(store.VisibleCount, 10), ChoicePoint.ReceiveSize);
            taker.Poll(most);
        }

        foreach (var poller in pollers)
            poller.NoteBacklog();
    }
}
