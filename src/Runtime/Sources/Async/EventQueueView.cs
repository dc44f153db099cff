using System.Globalization;
using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Sources.Async;

namespace AtLeastOnce.Runtime;

/// <summary>
/// A function's queue of asynchronous events as it was at the end of a run. In its ledger, acknowledged means processed without a function error; discarded to a
/// destination includes the function's dead-letter queue; a receive is an attempt that ran code.
/// </summary>
public sealed class EventQueueView : SourceView
{
    private const int PayloadLength = 60;

    private readonly AsyncEventQueue queue;
    private readonly RecordEnd[] ends;

    internal EventQueueView(AsyncEventQueue queue, RunHistory history)
        : base(queue.Function.Label, "event queue")
    {
        this.queue = queue;
        ends = [.. queue.Events.Select(accepted => new RecordEnd(accepted.Number, accepted.Fate, accepted.Invocations))];
        var counts = RecordFates.All.ToDictionary(fate => fate, fate => (long)ends.Count(end => end.Fate == fate));
        CheckBalance(counts);
        var source = queue.Source;
        Ledger = new(
            Name,
            ends.Length,
            counts,
            () => [.. ends.Select(end => new LedgerEntry(queue.Events[end.Number - 1].Reference, end.Fate, end.Receives))],
            number =>
                [
                    .. history.Invocations.Where(invocation =>
                        invocation.Source == source && invocation.Deliveries.Any(delivery => delivery.Record.Number == number)
                    ),
                ]
        );
    }

    internal string FunctionName => queue.Function.Name;

    /// <inheritdoc/>
    internal override IEnumerable<RecordEnd> Ends => ends;

    /// <inheritdoc/>
    internal override string Tell(RecordEnd end)
    {
        var accepted = queue.Events[end.Number - 1];
        var payload = accepted.Payload.ReplaceLineEndings(" ");
        var who = string.Create(
            CultureInfo.InvariantCulture,
            $"event {accepted.Number} of {Name} ({accepted.AwsRequestId[..4]}…, {(payload.Length <= PayloadLength ? payload : payload[..(PayloadLength - 1)] + "…")})"
        );
        var invoked = end.Receives switch
        {
            0 => "was never run",
            1 => "was run once",
            2 => "was run twice",
            _ => string.Create(CultureInfo.InvariantCulture, $"was run {end.Receives:N0} times"),
        };
        var last = Ledger.Deliveries(end.Number) is [.., var invocation] ? invocation : null;
        var why = last?.Outcome is { Kind: not BatchOutcomeKind.Success } failed
            ? string.Create(CultureInfo.InvariantCulture, $":\n    its last invocation, {last.Function} #{last.Number}: {failed.Reason}.")
            : ".";
        return end.Fate switch
        {
            RecordFate.Acknowledged => $"{who} {invoked} and processed{(end.Receives > 1 ? ": the handler may have done its work each time (A-11)." : ".")}",
            RecordFate.DiscardedToDestination => $"{who} {invoked}, given up, and told to a destination or the function's dead-letter queue (A-7){why}",
            RecordFate.Discarded =>
                $"{who} {invoked} and discarded: the function has neither an OnFailure destination nor a dead-letter queue that took it (A-7){why}",
            RecordFate.InFlight => $"{who} is under way.",
            _ => $"{who} {invoked} and waits for its next attempt{why}",
        };
    }

    // The counts kept along the way and the fates one by one are two independent tellings of the same story.
    private void CheckBalance(Dictionary<RecordFate, long> counts)
    {
        foreach (var fate in RecordFates.All)
        {
            if (queue.Count(fate) != counts[fate])
                throw new EsmConsistencyException($"Events of '{Name}': {queue.Count(fate)} were counted as {fate.Words()}, but {counts[fate]} are.");
        }
    }
}
