using System.Globalization;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>Tells in a sentence what happened to a record, and in another one why.</summary>
internal static class RecordStory
{
    private const int BodyLength = 60;

    /// <summary>The story.</summary>
    public static string Tell(QueueView queue, SqsMessage message, RecordFate fate, int receives)
    {
        var body = message.Body.Length <= BodyLength ? message.Body : message.Body[..(BodyLength - 1)] + "…";
        var who = string.Create(CultureInfo.InvariantCulture, $"message {message.Number} ({message.MessageId[..4]}…, {body.ReplaceLineEndings(" ")})");
        var deliveries = queue.Ledger.Deliveries(message.Number);
        var last = deliveries.Count > 0 ? deliveries[^1] : null;
        var (what, why) = Parts(queue, message, fate, receives, last);
        return why is null ? $"{who} {what}." : $"{who} {what}:\n    {why}";
    }

    private static (string What, string? Why) Parts(QueueView queue, SqsMessage message, RecordFate fate, int receives, InvocationRecord? last)
    {
        var received = receives switch
        {
            0 => "was never received",
            1 => "was received once",
            2 => "was received twice",
            _ => string.Create(CultureInfo.InvariantCulture, $"was received {receives:N0} times"),
        };
        var store = queue.Store;
        var lastResult = last?.Outcome is { Kind: not BatchOutcomeKind.Success } failed
            ? $"its last invocation, {last.Function} #{last.Number}: {failed.Reason}."
            : null;
        return fate switch
        {
            RecordFate.AcknowledgedAlthoughReported => ($"{received}, reported as failed, and deleted", IgnoredReport.Reason(last)),
            RecordFate.Expired => (
                $"{received} and expired after {Period(store.Queue.MessageRetentionPeriod)} in the queue (S-21)",
                NeverRan(queue, receives, last) ?? lastResult
            ),
            RecordFate.DeadLettered => ($"{received} and moved to {store.Queue.DeadLetter?.Queue.Label} (S-23)", NeverRan(queue, receives, last) ?? lastResult),
            RecordFate.Filtered => ($"{received} and deleted, because it matches no filter (F-2)", null),
            RecordFate.Deduplicated => ("was accepted and never delivered", DuplicateOf(message)),
            RecordFate.DeletedByHandler => ($"{received} and deleted by code (S-5)", null),
            RecordFate.Waiting => ($"{received} and waits in {queue.Name}", lastResult),
            RecordFate.InFlight => ($"{received} and is in flight", lastResult),
            _ => ($"{received} and acknowledged", receives > 1 ? "the handler may have done its work each time (B-7)." : null),
        };
    }

    private static string? DuplicateOf(SqsMessage message) =>
        message.DuplicateOf is { } first
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"its deduplication id '{message.DeduplicationId}' was sent with message {first.Number} less than 5 minutes before (S-45)."
            )
            : null;

    // S-8: receives are used up by throttling.
    private static string? NeverRan(QueueView queue, int receives, InvocationRecord? last) =>
        queue.KnowsDeliveries && receives > 0 && last is null ? "no invocation ever got it: every receive was used up by throttling (S-7, S-8)." : null;

    private static string Period(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerDay == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} day{(time.TotalDays == 1 ? "" : "s")}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
