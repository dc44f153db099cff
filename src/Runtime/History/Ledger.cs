using System.Globalization;

namespace AtLeastOnce.Runtime;

/// <summary>Where a record ended.</summary>
/// <param name="Record">The record.</param>
/// <param name="Fate">Where it ended, or where it is now.</param>
/// <param name="ReceiveCount">How often its queue handed it out, whether or not code ever ran with it; of a stream how often an invocation got it.</param>
public readonly record struct LedgerEntry(RecordReference Record, RecordFate Fate, int ReceiveCount);

/// <summary>Where every record of a mapping's queue ended. What several mappings of one queue did is in each of their ledgers.</summary>
public sealed class Ledger
{
    private readonly IReadOnlyDictionary<RecordFate, long> counts;
    private readonly Func<IReadOnlyList<LedgerEntry>> makeRecords;
    private readonly Func<int, IReadOnlyList<InvocationRecord>> deliveries;
    private IReadOnlyList<LedgerEntry>? records;

    internal Ledger(
        string queue,
        long sent,
        IReadOnlyDictionary<RecordFate, long> counts,
        Func<IReadOnlyList<LedgerEntry>> makeRecords,
        Func<int, IReadOnlyList<InvocationRecord>> deliveries
    )
    {
        Queue = queue;
        Sent = sent;
        this.counts = counts;
        this.makeRecords = makeRecords;
        this.deliveries = deliveries;
    }

    /// <summary>The queue's name.</summary>
    public string Queue { get; }

    /// <summary>The records that ever arrived at the queue: the sum over all fates.</summary>
    public long Sent { get; }

    /// <summary>How many records ended that way.</summary>
    public long this[RecordFate fate] => counts.GetValueOrDefault(fate);

    /// <summary>Every record, by its number.</summary>
    public IReadOnlyList<LedgerEntry> Records => records ??= makeRecords();

    /// <summary>The invocations that a record was delivered to, in order; empty where only the ledger is kept.</summary>
    /// <param name="number">The record's number, from 1.</param>
    public IReadOnlyList<InvocationRecord> Deliveries(int number) => deliveries(number);

    /// <summary>The balance: <c>sent 3 = acknowledged 2 + dead-lettered 1</c>.</summary>
    public override string ToString()
    {
        var parts = RecordFates
            .All.Where(fate => this[fate] > 0)
            .Select(fate => string.Create(CultureInfo.InvariantCulture, $"{fate.Words()} {this[fate]:N0}"))
            .ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"sent {Sent:N0} = {(parts.Length == 0 ? "0" : string.Join(" + ", parts))}");
    }
}
