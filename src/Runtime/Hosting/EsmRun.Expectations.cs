using System.Globalization;
using System.Text;
using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Hosting;

namespace AtLeastOnce.Runtime;

public sealed partial class EsmRun
{
    private const int Told = 5;

    /// <summary>
    /// Throws if a record of a mapping is gone although nobody wanted that: acknowledged although reported as failed (R-15, R-20a), expired (S-21, B-42), or discarded
    /// without a destination (R-32); or if an asynchronous event was discarded without a trace (A-7). What the handler swallows is acknowledged, as Lambda sees it: what has become of the work,
    /// the fakes behind the handler tell.
    /// </summary>
    /// <returns>The run.</returns>
    /// <exception cref="EsmExpectationException">One is.</exception>
    public EsmRun EnsureNothingLost() => Ensure(end => end.Fate.IsLost(), "lost");

    /// <summary>
    /// Throws if a record of a mapping was not acknowledged after an invocation that succeeded for it; filtered and dead-lettered ones were not. A duplicate that a FIFO queue
    /// did not deliver (S-45) does not count.
    /// </summary>
    /// <returns>The run.</returns>
    /// <exception cref="EsmExpectationException">One was not.</exception>
    public EsmRun EnsureAllAcknowledged() => Ensure(end => end.Fate is not (RecordFate.Acknowledged or RecordFate.Deduplicated), "not acknowledged");

    /// <summary>Throws if a record of a mapping was received more than once: the handler may have done its work again.</summary>
    /// <returns>The run.</returns>
    /// <exception cref="EsmExpectationException">One was.</exception>
    public EsmRun EnsureDeliveredOnce() => Ensure(end => end.Receives > 1, "delivered more than once");

    private EsmRun Ensure(Func<RecordEnd, bool> isWrong, string wrongly)
    {
        var sources = mappings.Select(ViewOf).Distinct().Concat(eventQueues).ToArray();
        var wrong = sources.SelectMany(source => source.Ends.Where(isWrong).Select(end => (Source: source, End: end))).ToArray();
        return wrong.Length == 0 ? this : throw new EsmExpectationException(Describe(sources, wrong, wrongly), this);
    }

    private string Describe(SourceView[] sources, (SourceView Source, RecordEnd End)[] wrong, string wrongly)
    {
        var text = new StringBuilder();
        var sent = sources.Sum(source => source.Ledger.Sent);
        text.Append(
            CultureInfo.InvariantCulture,
            $"{wrong.Length:N0} of {sent:N0} record{(sent == 1 ? "" : "s")} {(wrong.Length == 1 ? "was" : "were")} {wrongly}.\n"
        );
        foreach (var (source, end) in wrong.Take(Told))
            text.Append(CultureInfo.InvariantCulture, $"  {source.Tell(end)}\n");

        if (wrong.Length > Told)
            text.Append(CultureInfo.InvariantCulture, $"  … and {wrong.Length - Told:N0} more.\n");
        text.Append('\n').Append(isFull ? Timeline : "  (no timeline: LambdaTestHostOptions.History is LedgerOnly)\n").Append('\n');
        // A template may have mappings that this test sends nothing to.
        foreach (var source in sources.Where(source => source.Ledger.Sent > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"  ledger{(sources.Length > 1 ? " of " + source.Name : "")}: {source.Ledger}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"  replay: {replay}{(UsedRealTime ? " (real time had an influence: the replay may differ)" : "")}")
            .ToString();
    }
}
