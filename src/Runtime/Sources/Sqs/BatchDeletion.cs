using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>Deletes the messages of a batch that count as processed, one after the other, and then tells of them (S-2 to S-5, S-49).</summary>
internal sealed class BatchDeletion(MappingPoller mapping)
{
    private readonly List<RecordReference> deleted = [];
    private readonly List<RecordReference> ignored = [];
    private readonly List<RecordReference> refused = [];

    private readonly bool isFifo = mapping.Store.Queue.IsFifo;
    private readonly bool isTold = mapping.Simulation.History.IsTaken;
    private readonly Faults faults = mapping.Faults;
    private readonly MessageStore store = mapping.Store;

    private Simulation Simulation => mapping.Simulation;

    /// <summary>Deletes a message, as far as its receipt handle still does.</summary>
    public void Delete(in ReceivedMessage received, bool wasReported)
    {
        var message = received.Message;
        message.WasReported = wasReported;
        var list = TryDelete(received, wasReported ? RecordFate.AcknowledgedAlthoughReported : RecordFate.Acknowledged);
        if (isTold)
            list?.Add(message.Reference);
    }

    /// <summary>Tells of the deletes since the last time.</summary>
    public void Tell()
    {
        if (!isTold)
            return;
        var history = Simulation.History;
        var (now, queue) = (TimeSpan.FromTicks(Simulation.Scheduler.Now), mapping.Store.Queue.Label);
        if (deleted.Count > 0)
            history.Add(new MessagesDeleted(now, queue, mapping.Settings.Mapping, deleted.ToArray()));
        if (ignored.Count > 0)
            history.Add(new LateDeleteIgnored(now, queue, ignored.ToArray()));
        if (refused.Count > 0)
            history.Add(new LateDeleteRefused(now, queue, refused.ToArray()));
        deleted.Clear();
        ignored.Clear();
        refused.Clear();
    }

    /// <summary>Deletes the messages at another time.</summary>
    public static void Delay(MappingPoller mapping, IReadOnlyList<(ReceivedMessage Message, bool WasReported)> messages, long until) =>
        mapping.Simulation.Scheduler.At(until, new Delayed(mapping, messages), 0);

    private List<RecordReference>? TryDelete(in ReceivedMessage received, RecordFate fate)
    {
        var message = received.Message;
        if (isFifo)
        {
            if (message.IsPresent && !store.IsHeldBy(message, received.Receive))
                return refused;
        }
        else
        {
            // The message was received again meanwhile: SQS accepts the old handle, and may not delete.
            if (message.Receives != received.Receive && !Simulation.Options.StaleReceiptHandlesDelete)
                return ignored;
            if (
                faults.DuplicatesMessages
                && message is { IsPresent: true, WasDuplicated: false }
                && faults.Duplicates(new(message.Reference, received.Receive))
            )
            {
                message.WasDuplicated = true;
                if (isTold)
                    Simulation.History.Add(new MessageDuplicated(TimeSpan.FromTicks(Simulation.Scheduler.Now), mapping.Store.Queue.Label, message.Reference));
                return null;
            }
        }

        return store.Delete(message, fate) ? deleted : ignored;
    }

    private sealed class Delayed(MappingPoller mapping, IReadOnlyList<(ReceivedMessage Message, bool WasReported)> messages) : IScheduled
    {
        public void Due(long token)
        {
            var deletion = new BatchDeletion(mapping);
            foreach (var (message, wasReported) in messages)
                deletion.Delete(message, wasReported);
            deletion.Tell();
        }
    }
}
