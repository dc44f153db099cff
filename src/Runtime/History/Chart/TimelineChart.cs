namespace AtLeastOnce.Runtime.History.Chart;

/// <summary>A run as lanes of invocations and marks, before it is drawn.</summary>
internal sealed class TimelineChart
{
    /// <summary>Invocations above which the middle of a run is left out.</summary>
    public const int MostInvocations = 2_000;

    /// <summary>Marks above which the middle of a run is left out.</summary>
    public const int MostMarks = 6_000;

    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Queue, int Number), string> groups = [];
    private readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal);
    private readonly List<string>[] notes;
    private readonly TimeSpan end;

    private TimelineChart(EsmRun run)
    {
        end = run.End;
        Invocations = [.. Middleless(run.Invocations, MostInvocations)];
        notes = [.. Invocations.Select(_ => new List<string>())];
        for (var i = 0; i < Invocations.Count; i++)
            indexes.Add(InvocationText.Who(Invocations[i]), i);
        foreach (var sent in run.Events.OfType<MessageSent>().Where(sent => sent.MessageGroupId is not null))
            groups[(sent.Queue, sent.Record.Number)] = sent.MessageGroupId!;
        var lines = TimelineWriter.Lines(run.Events).Where(line => line.Event is not InvocationEnded).ToArray();
        var marks = lines.Where(line => line.Event is not (InvocationStarted or WrappedCallMade or LogWritten)).ToArray();
        LeftOutInvocations = run.Invocations.Count - Invocations.Count;
        LeftOutMarks = Math.Max(0, marks.Length - MostMarks);
        var drawn = LeftOutMarks == 0 ? null : Middleless(marks, MostMarks).Select(line => line.Event).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var line in lines)
            Add(line, drawn);
        Redeliveries = [.. FindRedeliveries()];
    }

    /// <summary>The lanes, in the order in which something happened in them first.</summary>
    public IReadOnlyCollection<Lane> Lanes => lanes.Values;

    /// <summary>The invocations that are shown, by their beginning.</summary>
    public IReadOnlyList<InvocationRecord> Invocations { get; }

    /// <summary>Which records came again.</summary>
    public IReadOnlyList<Redelivery> Redeliveries { get; }

    /// <summary>How many invocations are not shown.</summary>
    public int LeftOutInvocations { get; }

    /// <summary>How many marks are not shown.</summary>
    public int LeftOutMarks { get; }

    /// <summary>Every moment that something is drawn at.</summary>
    public IEnumerable<TimeSpan> Moments =>
        Lanes.SelectMany(lane =>
            lane.Marks.Select(mark => mark.At).Concat(lane.Bars.SelectMany(bar => new[] { bar.Invocation.Start, bar.End, bar.HiddenUntil ?? bar.End }))
        );

    /// <summary>The chart of a run.</summary>
    public static TimelineChart Of(EsmRun run) => new(run);

    /// <summary>The index of an invocation among those shown, or null.</summary>
    public int? IndexOf(InvocationRecord invocation) => indexes.TryGetValue(InvocationText.Who(invocation), out var index) ? index : null;

    /// <summary>What else an invocation did: its calls of wrapped objects, its log, and the faults that struck it.</summary>
    public IReadOnlyList<string> NotesOf(int invocation) => notes[invocation];

    private void Add(TimelineWriter.Line line, HashSet<object?>? drawn)
    {
        if (line.Event is InvocationStarted { Invocation: var invocation })
        {
            if (IndexOf(invocation) is { } index)
                Add(index, invocation);
            return;
        }

        var isOfInvocation = indexes.TryGetValue(line.Who, out var of);
        if (isOfInvocation)
            notes[of].Add($"{Wording.Time(line.Event.At)} {line.What}");
        if (line.Event is WrappedCallMade or LogWritten || drawn?.Contains(line.Event) == false)
            return;
        foreach (var lane in isOfInvocation ? LanesOf(Invocations[of]) : [LaneOf(line.Who)])
            Mark(lane, line);
    }

    private void Add(int index, InvocationRecord invocation)
    {
        var ended = invocation.End ?? end;
        foreach (var lane in LanesOf(invocation))
        {
            var row = 0;
            while (lane.Bars.Exists(bar => bar.Row == row && bar.End > invocation.Start))
                row++;
            lane.Bars.Add(new(index, invocation, row, ended, HiddenUntil(invocation, ended)));
        }
    }

    // What is acknowledged is deleted at once; the rest stays hidden.
    private TimeSpan? HiddenUntil(InvocationRecord invocation, TimeSpan ended)
    {
        if (invocation.VisibleAgainAt is not { } visible || invocation.Outcome?.Kind == BatchOutcomeKind.Success)
            return null;
        var until = visible < end ? visible : end;
        return until > ended ? until : null;
    }

    private IEnumerable<Lane> LanesOf(InvocationRecord invocation)
    {
        if (invocation.ShardId is { } shard)
            return [LaneOf($"shard {shard}")];
        if (invocation.Mapping is null)
            return [LaneOf(invocation.Deliveries.Count > 0 ? $"events of {invocation.Function}" : $"calls of {invocation.Function}")];
        var names = invocation
            .Deliveries.Select(delivery => groups.GetValueOrDefault((invocation.Source, delivery.Record.Number)))
            .OfType<string>()
            .Distinct()
            .Select(group => $"group {group}")
            .ToArray();
        return names.Length > 0 ? names.Select(LaneOf) : [LaneOf(Wording.Of($"{invocation.Function} environment {invocation.ExecutionEnvironment}"))];
    }

    private Lane LaneOf(string name)
    {
        if (!lanes.TryGetValue(name, out var lane))
            lanes.Add(name, lane = new(name));
        return lane;
    }

    private static void Mark(Lane lane, TimelineWriter.Line line)
    {
        var kind = KindOf(line.Event);
        var same = lane.Marks.FindLastIndex(mark => mark.Kind == kind);
        if (same >= 0 && lane.Marks[same].At == line.Event.At)
            lane.Marks[same] = lane.Marks[same] with { Texts = [.. lane.Marks[same].Texts, line.What] };
        else
            lane.Marks.Add(new(line.Event.At, kind, [line.What]));
    }

    private static MarkKind KindOf(EsmEvent happened) =>
        happened switch
        {
            MessageSent or RecordPut or EventAccepted or MessagePublished or ObjectChanged => MarkKind.Arrival,
            MessagesDeleted or CheckpointMoved => MarkKind.Done,
            InvocationThrottled or EventThrottled or CallThrottled => MarkKind.Throttle,
            MessageDeadLettered or EventDeadLettered or DestinationDelivered or BatchDiscarded { Destination: not null } => MarkKind.DeadLetter,
            MessageExpired or RecordsExpired or EventDiscarded or BatchDiscarded or DestinationDeliveryFailed => MarkKind.Loss,
            MessageDuplicated or EventDuplicated or CheckpointLost => MarkKind.Duplicate,
            FaultStruck => MarkKind.Fault,
            _ => MarkKind.Note,
        };

    private IEnumerable<Redelivery> FindRedeliveries()
    {
        var last = new Dictionary<(string Source, string? Mapping, int Number), int>();
        for (var i = 0; i < Invocations.Count; i++)
        {
            var invocation = Invocations[i];
            var again = new SortedDictionary<int, List<RecordReference>>();
            foreach (var record in invocation.Deliveries.Select(delivery => delivery.Record))
            {
                var key = (invocation.Source, invocation.Mapping, record.Number);
                if (last.TryGetValue(key, out var before))
                {
                    if (!again.TryGetValue(before, out var records))
                        again.Add(before, records = []);
                    records.Add(record);
                }

                last[key] = i;
            }

            foreach (var (from, records) in again)
                yield return new(from, i, records);
        }
    }

    /// <summary>The beginning and the end of a list that is too long.</summary>
    private static IEnumerable<T> Middleless<T>(IReadOnlyList<T> all, int most) =>
        all.Count <= most ? all : all.Take(most / 2).Concat(all.Skip(all.Count - (most / 2)));
}
