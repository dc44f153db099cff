namespace AtLeastOnce.Runtime.History;

/// <summary>Keeps what happened, as far as the history is to be kept.</summary>
internal sealed class HistoryRecorder(HistoryDetail detail)
{
    private readonly List<EsmEvent> events = [];
    private readonly List<InvocationRecord> invocations = [];

    /// <summary>Whether events are kept. Callers ask before they build one.</summary>
    public bool IsFull { get; } = detail == HistoryDetail.Full;

    /// <summary>Everything that happened so far, in order.</summary>
    public IReadOnlyList<EsmEvent> Events => new Prefix<EsmEvent>(events);

    /// <summary>The invocations that began so far.</summary>
    public IReadOnlyList<InvocationRecord> Invocations => new Prefix<InvocationRecord>(invocations);

    /// <summary>Keeps an event.</summary>
    public void Add(EsmEvent happened)
    {
        if (!IsFull)
            return;
        events.Add(happened);
        if (happened is InvocationStarted started)
            invocations.Add(started.Invocation);
    }
}
