using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Sources.Sqs;

namespace AtLeastOnce.Runtime;

/// <summary>A queue as it was at the end of a run.</summary>
public sealed class QueueView : SourceView
{
    private readonly MessageStore store;
    private readonly RunHistory history;
    private readonly (RecordFate Fate, int Receives)[] ends;

    internal QueueView(string name, MessageStore store, RunHistory history)
        : base(name, "queue")
    {
        this.history = history;
        this.store = store;
        Messages = [.. store.Present];
        ends = new (RecordFate, int)[store.All.Count];
        var count = new long[RecordFates.All.Count];
        for (var i = 0; i < ends.Length; i++)
        {
            var message = store.All[i];
            ends[i] = (message.Fate, message.Receives);
            count[(int)message.Fate]++;
        }

        var counts = RecordFates.All.ToDictionary(fate => fate, fate => count[(int)fate]);
        CheckBalance(counts);
        var queue = store.Queue.Label;
        Ledger = new(
            name,
            ends.Length,
            counts,
            () => [.. ends.Select((end, i) => new LedgerEntry(store.All[i].Reference, end.Fate, end.Receives))],
            number =>
                [
                    .. history.Invocations.Where(invocation =>
                        invocation.Source == queue && invocation.Deliveries.Any(delivery => delivery.Record.Number == number)
                    ),
                ]
        );
    }

    /// <summary>The messages that were in it, visible or not, by the time they were sent.</summary>
    public IReadOnlyList<SqsMessage> Messages { get; }

    internal MessageStore Store => store;

    internal bool KnowsDeliveries => history.IsFull;

    internal SqsMessage Message(int number) => store.All[number - 1];

    /// <inheritdoc/>
    internal override IEnumerable<RecordEnd> Ends => ends.Select((end, i) => new RecordEnd(i + 1, end.Fate, end.Receives));

    /// <inheritdoc/>
    internal override string Tell(RecordEnd end) => RecordStory.Tell(this, Message(end.Number), end.Fate, end.Receives);

    // The counts kept along the way, the messages still there and the fates one by one are three independent tellings of the same story.
    private void CheckBalance(Dictionary<RecordFate, long> counts)
    {
        foreach (var fate in RecordFates.All)
        {
            if (store.Count(fate) != counts[fate])
                throw new EsmConsistencyException($"Queue '{Name}': {store.Count(fate)} messages were counted as {fate.Words()}, but {counts[fate]} are.");
        }

        var present = counts[RecordFate.Waiting] + counts[RecordFate.InFlight];
        if (present != Messages.Count)
            throw new EsmConsistencyException($"Queue '{Name}': {present} messages wait or are in flight, but {Messages.Count} are in the queue.");
    }
}
