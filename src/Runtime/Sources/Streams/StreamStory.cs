using System.Globalization;
using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>Tells in a sentence what happened to a stream's record, and in others why, and what to do.</summary>
internal static class StreamStory
{
    private const int PreviewLength = 60;

    /// <summary>The story.</summary>
    public static string Tell(StreamView view, StreamRecord record, RecordFate fate, int deliveries)
    {
        var preview = record.Preview.Length <= PreviewLength ? record.Preview : record.Preview[..(PreviewLength - 1)] + "…";
        var id = record.SequenceNumber;
        var who = string.Create(CultureInfo.InvariantCulture, $"record {record.Number} ({id[..4]}…{id[^4..]}, {preview.ReplaceLineEndings(" ")})");
        var all = view.Ledger.Deliveries(record.Number);
        var last = all.Count > 0 ? all[^1] : null;
        var (what, why) = Parts(view, fate, deliveries, last);
        return why is null ? $"{who} {what}." : $"{who} {what}:\n    {why}";
    }

    private static (string What, string? Why) Parts(StreamView view, RecordFate fate, int deliveries, InvocationRecord? last)
    {
        var delivered = deliveries switch
        {
            0 => "was never delivered",
            1 => "was delivered once",
            2 => "was delivered twice",
            _ => string.Create(CultureInfo.InvariantCulture, $"was delivered {deliveries:N0} times"),
        };
        var reason = last?.Outcome is { Kind: not BatchOutcomeKind.Success } failed
            ? $"its last invocation, {last.Function} #{last.Number}: {failed.Reason}."
            : null;
        var mapping = view.Mapping;
        return fate switch
        {
            RecordFate.AcknowledgedAlthoughReported => ($"{delivered}, reported as failed, and passed over", IgnoredReport.Reason(last)),
            RecordFate.Discarded => (
                $"{delivered} and discarded (R-32)",
                With(
                    reason,
                    mapping?.WhyDestinationFails is { } why
                        ? $"{mapping.OnFailure?.Name} was not told, because {why} (R-36)."
                        : $"Its mapping '{mapping?.Name}' has no OnFailure destination: set one, or record it in the handler before it is given up."
                )
            ),
            RecordFate.DiscardedToDestination => (
                $"{delivered} and discarded to {mapping?.OnFailure?.Name} (R-32)",
                With(
                    reason,
                    mapping?.OnFailure is S3Bucket ? null : "The destination holds its sequence number only: read the stream before its retention ends (R-45)."
                )
            ),
            RecordFate.Expired => (
                $"{delivered} and expired after {Wording.Time(view.Log.Source.Retention)} in the stream (B-42)",
                With(reason, Blocked(mapping))
            ),
            RecordFate.Filtered => ($"{delivered}, because it matches no filter (F-3, F-4)", null),
            RecordFate.BeforeStart => (
                $"{delivered}, because it is before the starting position {mapping?.StartingPosition?.ToAws()} (B-43)",
                "StartingPosition.TrimHorizon reads what is there already."
            ),
            RecordFate.Waiting => ($"{delivered} and waits in {view.Log.Source.Label}", reason),
            RecordFate.InFlight => ($"{delivered} and is in flight", reason),
            _ => ($"{delivered} and acknowledged", deliveries > 1 ? "the handler may have done its work each time (B-7, R-20)." : null),
        };
    }

    private static string? With(string? first, string? second) =>
        (first, second) switch
        {
            (null, _) => second,
            (_, null) => first,
            _ => $"{first} {second}",
        };

    private static string? Blocked(EventSourceMappingOptions? mapping) =>
        mapping is { MaximumRetryAttempts: < 0 }
            ? $"A record that always fails blocks its shard until then (R-30): set MaximumRetryAttempts, BisectBatchOnFunctionError and OnFailure of '{mapping.Name}'."
            : null;
}
