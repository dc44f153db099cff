namespace AtLeastOnce.Runtime.History.Chart;

/// <summary>What a mark stands for, which decides its shape and colour.</summary>
internal enum MarkKind
{
    /// <summary>Something worth a note.</summary>
    Note,

    /// <summary>Records arrived.</summary>
    Arrival,

    /// <summary>A mapping is done with records: deleted, or passed by the checkpoint.</summary>
    Done,

    /// <summary>The code could not run.</summary>
    Throttle,

    /// <summary>A record went to a dead-letter queue or a destination.</summary>
    DeadLetter,

    /// <summary>A record is gone for good.</summary>
    Loss,

    /// <summary>A record will come again although it was done.</summary>
    Duplicate,

    /// <summary>A fault of the test struck.</summary>
    Fault,
}

/// <summary>A point in a lane.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Texts">What happened, a line each.</param>
internal sealed record Mark(TimeSpan At, MarkKind Kind, IReadOnlyList<string> Texts);

/// <summary>An invocation in a lane.</summary>
/// <param name="Index">Its position among the chart's invocations.</param>
/// <param name="Invocation">The invocation.</param>
/// <param name="Row">The lane's row it lies in, from 0: of two that overlap, each has its own.</param>
/// <param name="End">Its end, or the run's.</param>
/// <param name="HiddenUntil">Up to when its messages cannot be received; null where that does not matter.</param>
internal sealed record Bar(int Index, InvocationRecord Invocation, int Row, TimeSpan End, TimeSpan? HiddenUntil);

/// <summary>A line of the chart: a shard, a message group, an execution environment, a queue.</summary>
/// <param name="Name">What it shows.</param>
internal sealed record Lane(string Name)
{
    /// <summary>The invocations, by their beginning.</summary>
    public List<Bar> Bars { get; } = [];

    /// <summary>What else happened, by time.</summary>
    public List<Mark> Marks { get; } = [];

    /// <summary>The rows that its invocations need.</summary>
    public int Rows => Bars.Select(bar => bar.Row + 1).DefaultIfEmpty().Max();
}

/// <summary>Records of an invocation came again in a later one.</summary>
/// <param name="From">The earlier one's index.</param>
/// <param name="To">The later one's index.</param>
/// <param name="Records">Which records.</param>
internal sealed record Redelivery(int From, int To, IReadOnlyList<RecordReference> Records);
