using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>What a mapping of a queue was set to.</summary>
internal sealed record PollerSettings(string Mapping, int BatchSize, TimeSpan Window, bool ReportsFailures, int? MaximumConcurrency, FilterCriteria? Filters)
{
    /// <summary>The least and most event pollers of provisioned mode (C-6); null if the mapping is not in it.</summary>
    public (int Minimum, int Maximum)? Provisioned { get; init; }

    private const int DefaultMinimumPollers = 2;
    private const int DefaultMaximumPollers = 200;

    /// <summary>The settings of a mapping.</summary>
    public static PollerSettings Of(EventSourceMappingOptions mapping) =>
        new(
            mapping.Name,
            mapping.BatchSize,
            mapping.BatchingWindow,
            mapping.ReportBatchItemFailures,
            mapping.MaximumConcurrency,
            MappingValidation.Filters(mapping)
        )
        {
            Provisioned = mapping is { MinimumPollers: null, MaximumPollers: null }
                ? null
                : (mapping.MinimumPollers ?? DefaultMinimumPollers, mapping.MaximumPollers ?? DefaultMaximumPollers),
        };
}

/// <summary>The pollers of one mapping: they receive, filter and form batches (sections 2.2 and 9.1).</summary>
internal sealed class MappingPoller
{
    private readonly List<Poller> pollers = [];
    private readonly PriorityQueue<Poller, int> idle = new();
    private readonly SortedSet<Poller> gathering = new(Comparer<Poller>.Create(static (left, right) => left.Number.CompareTo(right.Number)));
    private readonly List<RecordReference> received = [];
    private readonly MessageFilter? filter;

    /// <summary>Makes the pollers of a mapping.</summary>
    public MappingPoller(MessageStore store, FunctionRunner function, PollerSettings settings, Faults faults)
    {
        Store = store;
        Function = function;
        Settings = settings;
        Faults = faults;
        var options = store.Simulation.Options;
        Response = new(settings.ReportsFailures, options.ScalarResponses);
        Scale = new(
            this,
            ScalingPlan.Of(settings.MaximumConcurrency, settings.Provisioned, options, store.Queue.IsFifo),
            backsOff: options.BackOffAfterFunctionErrors && !settings.ReportsFailures
        );
        Writer = new(
            store.Simulation,
            store.Queue.Arn,
            options.MissingAttributesHash switch
            {
                MissingAttributesHash.Null => true,
                MissingAttributesHash.LeftOut => false,
                _ => settings.Window > TimeSpan.Zero,
            }
        );
        filter = settings.Filters is { Patterns.Count: > 0 } criteria ? new(store, criteria) : null;
    }

    public MessageStore Store { get; }

    public FunctionRunner Function { get; }

    public PollerSettings Settings { get; }

    public Faults Faults { get; }

    public BatchResponse Response { get; }

    public PollerScale Scale { get; }

    public SqsEventWriter Writer { get; }

    public Simulation Simulation => Store.Simulation;

    /// <summary>Pollers that hold messages.</summary>
    public int Busy { get; private set; }

    /// <summary>Whether messages wait and no poller is free.</summary>
    public bool IsBehind => Store.HasVisible && Busy >= Scale.Limit;

    /// <summary>Whether a poller is free to receive.</summary>
    public bool CanPoll => gathering.Count > 0 || Busy < Scale.Limit;

    // B-15: as the guide of 2022 said, behind a switch.
    private long VisibilityTimeout
    {
        get
        {
            var (visibility, effective) = (Store.Queue.VisibilityTimeout, Settings.Window + Function.Timeout);
            return Simulation.Options.UseEffectiveVisibilityTimeout && Settings.Window > TimeSpan.Zero && effective > visibility
                ? effective.Ticks + TimeSpan.FromSeconds(30).Ticks
                : visibility.Ticks;
        }
    }

    /// <summary>One poller receives up to <paramref name="most"/> messages, as far as its batch has room; false if none is free.</summary>
    public bool Poll(int most)
    {
        if (!CanPoll)
        {
            NoteBacklog();
            return false;
        }

        // Who has begun a batch completes it first: batches become as large as they can.
        var poller = gathering.Min ?? NextIdle();
        var cut = Faults.CutsBatches ? Faults.CutTo(poller.Info(Function.Invocations + 1), Settings.BatchSize - poller.Batch.Held) : null;
        Receive(poller, Math.Min(most, cut ?? most));
        if (poller.Batch.Held == 0)
        {
            Release(poller);
        }
        else if (cut is { } size && (size < Settings.BatchSize || Settings.Window > TimeSpan.Zero))
        {
            gathering.Remove(poller);
            Simulation.NoteFault(FaultKind.BatchCut, Function.Label, FormattableString.Invariant($"a batch is cut to {poller.Batch.Held}"));
            poller.Invoke();
        }
        else if (Settings.Window == TimeSpan.Zero || poller.Batch.Held >= Settings.BatchSize)
        {
            gathering.Remove(poller);
            poller.Invoke();
        }
        else if (gathering.Add(poller))
        {
            poller.OpenWindow();
        }

        return true;
    }

    /// <summary>Messages wait and no poller is free: there will be more of them.</summary>
    public void NoteBacklog()
    {
        if (IsBehind)
            Scale.NoteBacklog();
    }

    /// <summary>The poller's window is over.</summary>
    public void WindowEnded(Poller poller)
    {
        gathering.Remove(poller);
        poller.Invoke();
    }

    /// <summary>The poller has nothing to do any more.</summary>
    public void Release(Poller poller)
    {
        gathering.Remove(poller);
        Busy--;
        Simulation.ActiveWork--;
        idle.Enqueue(poller, poller.Number);
        Store.Dispatcher.Notify();
    }

    private Poller NextIdle()
    {
        Busy++;
        Simulation.ActiveWork++;
        Scale.NoteActivity();
        if (idle.TryDequeue(out var poller, out _))
            return poller;
        poller = new(this, pollers.Count);
        pollers.Add(poller);
        return poller;
    }

    private void Receive(Poller poller, int most)
    {
        var history = Simulation.History;
        var hidden = VisibilityTimeout;
        received.Clear();
        var room = Math.Min(Limits.SqsBatchSizeWithoutWindow, Settings.BatchSize - poller.Batch.Held);
        var countsFiltered = Simulation.Options.FilteredMessagesUseBatchSlots;
        var call = new ReceiveCall(Simulation.Options.FifoGroupsPerBatch);
        while (room > 0 && most-- > 0 && Store.Receive(hidden, ref call) is { } message)
        {
            if (history.IsTaken)
                received.Add(message.Reference);
            var isTaken = filter is null || filter.Passes(message);
            if (isTaken)
                poller.Batch.Add(new(message, message.Receives, message.VisibleAt));
            else
                Drop(message);
            if (isTaken || countsFiltered)
                room--;
        }

        if (received.Count == 0)
            return;
        var now = TimeSpan.FromTicks(Simulation.Scheduler.Now);
        history.Add(new MessagesReceived(now, Store.Queue.Label, Settings.Mapping, [.. received], now + TimeSpan.FromTicks(hidden)));
    }

    // F-2: what matches no filter is deleted for good.
    private void Drop(SqsMessage message)
    {
        Store.Delete(message, RecordFate.Filtered);
        if (!Simulation.History.IsTaken)
            return;
        Simulation.History.Add(new MessageFiltered(TimeSpan.FromTicks(Simulation.Scheduler.Now), Store.Queue.Label, Settings.Mapping, message.Reference));
    }
}
