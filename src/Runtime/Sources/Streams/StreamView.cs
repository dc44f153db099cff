using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Sources.Streams;

namespace AtLeastOnce.Runtime;

/// <summary>
/// A stream, or a table's stream, as it was at the end of a run. Its ledger is that of the mapping that reads it; where none or several do, it only tells what the
/// stream still has, and <see cref="EsmRun.Ledger(string)"/> tells of each mapping.
/// </summary>
public sealed class StreamView : SourceView
{
    private readonly StreamLog log;
    private readonly StreamReading? reading;
    private readonly RunHistory history;
    private readonly (RecordFate Fate, int Deliveries)[] ends;

    internal StreamView(StreamSource source, EventSourceMappingOptions? mapping, RunHistory history)
        : base(NameOf(source, mapping), source.Kind.ToLowerInvariant())
    {
        log = source.Log;
        Mapping = mapping;
        this.history = history;
        reading = mapping is null ? null : log.Readings.FirstOrDefault(reading => reading.Mapping == mapping);
        var past = log.Shards.Sum(shard => shard.Trimmed);
        Records = [.. log.All.Where(record => !log.IsPast(record))];
        ends = [.. log.All.Select(EndOf)];
        var counts = RecordFates.All.ToDictionary(fate => fate, _ => 0L);
        foreach (var (fate, _) in ends)
            counts[fate]++;
        if (reading is not null)
            LedgerBalance.Check(reading, Name, counts);
        else if (log.Readings.Count > 0 && counts[RecordFate.Expired] != past)
            throw new EsmConsistencyException($"{source.Kind} '{Name}': {counts[RecordFate.Expired]} records are past retention, but {past} were counted.");
        Ledger = new(
            Name,
            ends.Length,
            counts,
            () => [.. ends.Select((end, i) => new LedgerEntry(log.All[i].Reference, end.Fate, end.Deliveries))],
            number =>
                [
                    .. history.Invocations.Where(invocation =>
                        invocation.Source == source.Label
                        && (mapping is null || invocation.Mapping == mapping.Name)
                        && invocation.Deliveries.Any(delivery => delivery.Record.Number == number)
                    ),
                ]
        );
    }

    /// <summary>The records that the stream still had, whether or not a mapping was done with them, in the order of arrival.</summary>
    public IReadOnlyList<StreamRecord> Records { get; }

    internal EventSourceMappingOptions? Mapping { get; }

    internal StreamLog Log => log;

    internal bool KnowsDeliveries => history.IsFull;

    /// <inheritdoc/>
    internal override IEnumerable<RecordEnd> Ends => ends.Select((end, i) => new RecordEnd(i + 1, end.Fate, end.Deliveries));

    /// <inheritdoc/>
    internal override string Tell(RecordEnd end) => StreamStory.Tell(this, log.All[end.Number - 1], end.Fate, end.Receives);

    private static string NameOf(StreamSource source, EventSourceMappingOptions? mapping) =>
        mapping is null || source.Log.Readings.Count <= 1 ? source.Label : $"{source.Label} for '{mapping.Name}'";

    private (RecordFate, int) EndOf(StreamRecord record)
    {
        if (reading is not null)
            return (reading.Ledger.FateOf(record), reading.Ledger.DeliveriesOf(record));
        return (log.IsPast(record) ? RecordFate.Expired : RecordFate.Waiting, 0);
    }
}
