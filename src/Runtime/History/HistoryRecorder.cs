namespace AtLeastOnce.Runtime.History;

/// <summary>Takes down what happens: keeps it, and tells those who follow the run, as far as the options ask for it.</summary>
internal sealed class HistoryRecorder
{
    private readonly List<EsmEvent> events = [];
    private readonly List<InvocationRecord> invocations = [];
    private readonly Action<EsmEvent>? observer;
    private readonly StreamedTimeline? timeline;

    public HistoryRecorder(LambdaTestHostOptions options)
    {
        IsKept = options.History == HistoryDetail.Full;
        observer = options.OnEvent;
        timeline = options.TimelineTo is { } writer ? new(writer) : null;
        IsTaken = IsKept || observer is not null || timeline is not null;
    }

    /// <summary>Whether events are kept for the run's result.</summary>
    public bool IsKept { get; }

    /// <summary>Whether anybody wants events. Callers ask before they build one.</summary>
    public bool IsTaken { get; }

    /// <summary>Everything that happened so far, in order.</summary>
    public IReadOnlyList<EsmEvent> Events => new Prefix<EsmEvent>(events);

    /// <summary>The invocations that began so far.</summary>
    public IReadOnlyList<InvocationRecord> Invocations => new Prefix<InvocationRecord>(invocations);

    /// <summary>Takes an event down.</summary>
    public void Add(EsmEvent happened)
    {
        if (IsKept)
        {
            events.Add(happened);
            if (happened is InvocationStarted started)
                invocations.Add(started.Invocation);
        }

        observer?.Invoke(happened);
        timeline?.Add(happened);
    }

    /// <summary>Writes out what is held back until more is known: at the end of a run.</summary>
    public void Flush() => timeline?.Flush();
}
