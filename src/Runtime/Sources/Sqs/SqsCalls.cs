namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>What code can do with a queue beside sending, under the gate.</summary>
internal static class SqsCalls
{
    public static IReadOnlyList<SqsReceipt> Receive(MessageStore store, int most, TimeSpan hidden)
    {
        var simulation = store.Simulation;
        List<SqsReceipt> receipts = [];
        var call = new ReceiveCall(mostGroups: most);
        while (receipts.Count < most && store.Receive(hidden.Ticks, ref call) is { } message)
        {
            receipts.Add(new(message, new ReceiptHandle(store.Ordinal, message.Number, message.Receives).ToText(simulation.Choices)));
            if (hidden == TimeSpan.Zero)
                break;
        }

        if (simulation.History.IsTaken && receipts.Count > 0)
        {
            var now = TimeSpan.FromTicks(simulation.Scheduler.Now);
            simulation.History.Add(
                new MessagesReceived(now, store.Queue.Label, null, [.. receipts.Select(receipt => receipt.Message.Reference)], now + hidden)
            );
        }

        return receipts;
    }

    public static bool Delete(MessageStore store, string receiptHandle)
    {
        var (message, handle) = Find(store, receiptHandle);
        var simulation = store.Simulation;
        if (store.Queue.IsFifo && message.IsPresent && !store.IsHeldBy(message, handle.Receive))
        {
            throw new SqsException(
                "InvalidParameterValue",
                $"Value {receiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."
            );
        }

        var isCurrent = handle.Receive == message.Receives || simulation.Options.StaleReceiptHandlesDelete;
        var isDeleted = isCurrent && store.Delete(message, RecordFate.DeletedByHandler);
        if (simulation.History.IsTaken)
        {
            var now = TimeSpan.FromTicks(simulation.CallerNow);
            RecordReference[] records = [message.Reference];
            simulation.History.Add(
                isDeleted ? new MessagesDeleted(now, store.Queue.Label, null, records) : new LateDeleteIgnored(now, store.Queue.Label, records)
            );
        }

        return isDeleted;
    }

    public static void ChangeVisibility(MessageStore store, string receiptHandle, TimeSpan hidden)
    {
        var (message, handle) = Find(store, receiptHandle);
        var simulation = store.Simulation;
        if (message.Fate != RecordFate.InFlight || handle.Receive != message.Receives)
        {
            throw new SqsException(
                "InvalidParameterValue",
                $"Value {receiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change."
            );
        }

        var visibleAt = simulation.CallerNow + hidden.Ticks;
        store.ChangeVisibility(message, visibleAt);
        if (simulation.History.IsTaken)
        {
            simulation.History.Add(
                new VisibilityChanged(TimeSpan.FromTicks(simulation.CallerNow), store.Queue.Label, message.Reference, TimeSpan.FromTicks(visibleAt))
            );
        }
    }

    private static (SqsMessage Message, ReceiptHandle Handle) Find(MessageStore store, string receiptHandle)
    {
        if (ReceiptHandle.Parse(receiptHandle, store.Simulation.Choices) is not { } handle || handle.Queue != store.Ordinal)
        {
            throw new SqsException("ReceiptHandleIsInvalid", $"The input receipt handle \"{receiptHandle}\" is not a valid receipt handle.");
        }

        return (store.All[handle.Message - 1], handle);
    }
}
