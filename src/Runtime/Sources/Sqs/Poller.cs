using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>One poller of a mapping: gathers a batch, invokes with it, and does with the messages what the result says (sections 4.1 and 4.2).</summary>
internal sealed class Poller : IScheduled
{
    private static readonly long LongPoll = TimeSpan.FromSeconds(20).Ticks;

    private readonly List<ReceivedMessage> late = [];
    private long step;
    private long previousEnd;
    private bool isGathering;
    private TimeSpan retryDelay;

    /// <summary>Makes a poller.</summary>
    public Poller(MappingPoller mapping, int number)
    {
        Mapping = mapping;
        Number = number;
        Batch = new(this);
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
        Batch.Forget();
        if (Batch.Held > 0)
            Invoke();
        else
            Mapping.Release(this);
    }

    // S-7: the messages have been received whether or not the code ever runs.
    private void TryInvoke()
    {
        if (Mapping.Function.TryInvoke(Batch) is not { } throttled)
            return;
        var deadline = Batch.VisibleAgainAt;
        var retryAt = Math.Min(Now + retryDelay.Ticks, deadline);
        retryDelay = TimeSpan.FromTicks(Math.Min(retryDelay.Ticks * 2, Simulation.Options.MaximumThrottleRetryDelay.Ticks));
        if (Simulation.History.IsFull)
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
        if (Simulation.History.IsFull)
        {
            Simulation.History.Add(new BatchReleased(TimeSpan.FromTicks(Now), Mapping.Function.Label, Mapping.Settings.Mapping, Batch.References()));
        }

        Batch.Forget();
        if (Batch.Held > 0)
            Invoke();
        else
            Mapping.Release(this);
    }

    private void DeleteProcessed(BatchOutcome outcome)
    {
        var history = Simulation.History;
        var deleted = history.IsFull ? new List<RecordReference>() : null;
        var (failed, ignored) = (0, 0);
        var batch = Batch.Messages;
        late.Clear();
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
            if (Delete(received, wasReported))
                deleted?.Add(received.Message.Reference);
        }

        if (deleted is null)
            return;
        var now = TimeSpan.FromTicks(Now);
        if (deleted.Count > 0)
            history.Add(new MessagesDeleted(now, Mapping.Store.Queue.Label, Mapping.Settings.Mapping, deleted));
        if (late.Count > 0)
            history.Add(new LateDeleteIgnored(now, Mapping.Store.Queue.Label, [.. late.Select(received => received.Message.Reference)]));
    }

    private bool Delete(in ReceivedMessage received, bool wasReported)
    {
        var message = received.Message;
        message.WasReported = wasReported;

        // The message was received again meanwhile: SQS accepts the old handle, and may not delete.
        var isStale = message.Receives != received.Receive && !Simulation.Options.StaleReceiptHandlesDelete;
        if (!isStale && message.IsPresent && !message.WasDuplicated && Mapping.Faults.Duplicates())
        {
            message.WasDuplicated = true;
            if (Simulation.History.IsFull)
                Simulation.History.Add(new MessageDuplicated(TimeSpan.FromTicks(Now), Mapping.Store.Queue.Label, message.Reference));
            return false;
        }

        var fate = wasReported ? RecordFate.AcknowledgedAlthoughReported : RecordFate.Acknowledged;
        if (!isStale && Mapping.Store.Delete(message, fate))
            return true;
        late.Add(received);
        return false;
    }
}
