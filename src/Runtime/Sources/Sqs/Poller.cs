using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>One poller of a mapping: gathers a batch, invokes with it, and does with the messages what the result says (sections 4.1 and 4.2).</summary>
internal sealed class Poller : IScheduled
{
    private static readonly long LongPoll = TimeSpan.FromSeconds(20).Ticks;

    private readonly BatchDeletion deletion;
    private long step;
    private long previousEnd;
    private bool isGathering;
    private TimeSpan retryDelay;
    private int number;

    /// <summary>Makes a poller.</summary>
    public Poller(MappingPoller mapping, int number)
    {
        Mapping = mapping;
        Number = number;
        Batch = new(this);
        deletion = new(mapping);
    }

    public MappingPoller Mapping { get; }

    /// <summary>The poller's position in its mapping.</summary>
    public int Number { get; }

    /// <summary>What it holds.</summary>
    public MessageBatch Batch { get; }

    private Simulation Simulation => Mapping.Simulation;

    private long Now => Simulation.Scheduler.Now;

    /// <summary>
    /// Waits for more messages until the batching window is over. The window began when the previous invocation ended (B-6); a window that ended without a message
    /// begins again with the first one.
    /// </summary>
    public void OpenWindow()
    {
        var window = Mapping.Settings.Window.Ticks;
        var end = previousEnd + window > Now ? previousEnd + window : Now + window;
        if (Simulation.Options.LongPollHoldsBatch)
            end = Math.Max(end, Now + LongPoll);
        isGathering = true;
        Simulation.Scheduler.At(end, this, ++step);
    }

    /// <summary>The batch is complete: invokes the function.</summary>
    public void Invoke()
    {
        step++;
        isGathering = false;
        retryDelay = Simulation.Options.ThrottleRetryDelay;
        Batch.Close();
        TryInvoke();
    }

    /// <inheritdoc/>
    public void Due(long token)
    {
        if (token != step)
            return;
        if (isGathering)
            Mapping.WindowEnded(this);
        else if (Now >= Batch.VisibleAgainAt)
            LetGo();
        else
            TryInvoke();
    }

    /// <summary>The invocation is over.</summary>
    public void Completed(BatchOutcome outcome, bool isFunctionError)
    {
        if (outcome.Kind != BatchOutcomeKind.WholeBatchFailure)
            DeleteProcessed(outcome);
        Mapping.Scale.NoteResult(isFunctionError);
        previousEnd = Now;
        GoOn(isAllDone: outcome.Kind == BatchOutcomeKind.Success);
    }

    // S-7: the messages have been received whether or not the code ever runs.
    private void TryInvoke()
    {
        if (Mapping.Function.TryInvoke(Batch) is not { } throttled)
        {
            number = Mapping.Function.Invocations;
            return;
        }

        var deadline = Batch.VisibleAgainAt;
        var retryAt = Math.Min(Now + retryDelay.Ticks, deadline);
        retryDelay = TimeSpan.FromTicks(Math.Min(retryDelay.Ticks * 2, Simulation.Options.MaximumThrottleRetryDelay.Ticks));
        if (Simulation.History.IsTaken)
        {
            TimeSpan? retry = retryAt < deadline ? TimeSpan.FromTicks(retryAt) : null;
            Simulation.History.Add(
                new InvocationThrottled(TimeSpan.FromTicks(Now), Mapping.Function.Label, Mapping.Settings.Mapping, Batch.References(), throttled, retry)
            );
        }

        Simulation.Scheduler.At(retryAt, this, ++step);
    }

    private void LetGo()
    {
        step++;
        if (Simulation.History.IsTaken)
        {
            Simulation.History.Add(new BatchReleased(TimeSpan.FromTicks(Now), Mapping.Function.Label, Mapping.Settings.Mapping, Batch.References()));
        }

        GoOn(isAllDone: false);
    }

    /// <summary>Invokes with what did not fit into the last event (B-3), or is free again.</summary>
    private void GoOn(bool isAllDone)
    {
        Batch.Forget();

        // The rest of a FIFO queue's batch may be of the groups of what has failed: it comes again, behind that.
        if (Mapping.Store.Queue.IsFifo && (!isAllDone || Now >= Batch.VisibleAgainAt))
            Batch.LetGo();
        if (Batch.Held > 0)
            Invoke();
        else
            Mapping.Release(this);
    }

    /// <summary>What faults are told of an invocation of this poller.</summary>
    public InvocationInfo Info(int invocation) => new(Mapping.Function.Label, Mapping.Settings.Mapping, invocation, Batch.Deliveries(), Now);

    private void DeleteLate(List<(ReceivedMessage Message, bool)> messages)
    {
        if (messages.Count == 0)
            return;
        var until = Math.Max(Now, messages.Max(late => late.Message.VisibleAgainAt)) + TimeSpan.TicksPerMillisecond;
        BatchDeletion.Delay(Mapping, messages, until);
        Simulation.NoteFault(
            FaultKind.LateDelete,
            $"queue {Mapping.Store.Queue.Label}",
            $"{Wording.List(messages.Select(late => late.Message.Message.Reference))} will be deleted only at {Wording.Time(TimeSpan.FromTicks(until))}"
        );
    }

    private void DeleteProcessed(BatchOutcome outcome)
    {
        var (failed, ignored) = (0, 0);
        var batch = Batch.Messages;
        var late = Mapping.Faults.DelaysDeletes && Mapping.Faults.DeletesLate(Info(number)) ? new List<(ReceivedMessage, bool)>() : null;
        for (var i = 0; i < batch.Length; i++)
        {
            ref readonly var received = ref batch[i];
            if (failed < outcome.FailedIndexes.Count && outcome.FailedIndexes[failed] == i)
            {
                failed++;
                received.Message.WasReported = true;
                continue;
            }

            var wasReported = ignored < outcome.IgnoredReports.Count && outcome.IgnoredReports[ignored] == i;
            if (wasReported)
                ignored++;
            if (late is null)
                deletion.Delete(received, wasReported);
            else
                late.Add((received, wasReported));
        }

        deletion.Tell();
        if (late is not null)
            DeleteLate(late);
    }
}
