using System.Globalization;
using System.Text;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>Why records are given up.</summary>
/// <param name="Condition">AWS's name .</param>
internal abstract record DiscardReason(string Condition);

/// <summary>MaximumRetryAttempts was reached .</summary>
/// <param name="IsFunctionError">Whether the last invocation ended in a function error; else its response reported failures, or was wrong .</param>
internal sealed record RetriesExhausted(bool IsFunctionError) : DiscardReason("RetryAttemptsExhausted");

/// <summary>MaximumRecordAge was reached .</summary>
internal sealed record TooOld() : DiscardReason("RecordAgeExceeded");

/// <summary>Gives records of a mapping up, and tells its destination (section 3.4).</summary>
internal sealed class Discards(StreamReading reading, string mappingId)
{
    private const string Milliseconds = ArrivalFormats.WithMilliseconds;

    private readonly EventBuffer document = new();
    private readonly EventBuffer payload = new();
    private long count;

    private Simulation Simulation => reading.Simulation;

    /// <summary>Gives records up; the checkpoint then moves past them .</summary>
    public void Add(ShardLane lane, IReadOnlyList<StreamRecord> records, DiscardReason reason)
    {
        // what cannot be sent to the destination is dropped all the same.
        var destination = reading.Settings.WhyDestinationFails is null ? reading.Settings.OnFailure : null;
        var fate = destination is null ? RecordFate.Discarded : RecordFate.DiscardedToDestination;
        foreach (var record in records)
            reading.Ledger.SetFate(record, fate);
        if (Simulation.History.IsTaken)
        {
            RecordReference[] references = [.. records.Select(record => record.Reference)];
            Simulation.History.Add(
                new BatchDiscarded(
                    reading.Time,
                    reading.Log.Source.Label,
                    lane.Shard.Id,
                    reading.Settings.Mapping,
                    references,
                    reason.Condition,
                    lane.Current!.Attempts,
                    destination?.Name
                )
                {
                    Unreached = destination is null ? reading.Settings.OnFailure?.Name : null,
                }
            );
        }

        count++;
        destination?.Accept(Describe(lane, records, reason));
    }

    private DestinationRecord Describe(ShardLane lane, IReadOnlyList<StreamRecord> records, DiscardReason reason)
    {
        document.Clear();
        WriteContexts(lane.Current!, reason);
        WriteBatchInfo(lane.Shard.Id, records);
        var json = Encoding.UTF8.GetString(document.Written);
        payload.Clear();
        reading.Writer.Write(payload, records, lane.Frame);
        document.Write(",\"payload\":"u8);
        if (reading.Options.DestinationPayloadIsObject)
            document.Write(payload.Written);
        else
            document.WriteString(payload.Written);
        document.Write("}"u8);
        var whole = Encoding.UTF8.GetString(document.Written);
        return new(Simulation.Scheduler.Now, json + "}", whole, $"aws/lambda/{mappingId}/{lane.Shard.Id}/");
    }

    private void WriteContexts(PendingBatch batch, DiscardReason reason)
    {
        // a record that no invocation ever got has a request id, and a count of 1, all the same.
        var choices = Simulation.Choices;
        var request = batch.Request > 0 ? choices.GuidText(IdKind.Request, batch.Request) : choices.GuidText(IdKind.Discard, NeverInvoked);
        Text("{\"requestContext\":{\"requestId\":"u8, request);
        Text(",\"functionArn\":"u8, reading.Function.Arn);
        Text(",\"condition\":"u8, reason.Condition);
        document.Write(",\"approximateInvokeCount\":"u8);
        document.Write(Math.Max(1, batch.Attempts));
        document.Write("}"u8);
        if (reason is RetriesExhausted exhausted)
        {
            document.Write(",\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\",\"functionError\":"u8);
            document.Write(exhausted.IsFunctionError ? "\"Unhandled\"}"u8 : "null}"u8);
        }

        Text(",\"version\":\"1.0\",\"timestamp\":"u8, Time(Simulation.Scheduler.Now, Milliseconds));
    }

    // Unique among the discards of all mappings.
    private long NeverInvoked => ((long)reading.Mapping.Ordinal << 40) + count;

    private void WriteBatchInfo(string shardId, IReadOnlyList<StreamRecord> records)
    {
        var (first, last) = (records[0], records[^1]);
        Text(",\""u8, reading.Writer.BatchInfoName, isName: true);
        Text("{\"shardId\":"u8, shardId);
        Text(",\"startSequenceNumber\":"u8, first.SequenceNumber);
        Text(",\"endSequenceNumber\":"u8, last.SequenceNumber);
        Text(",\"approximateArrivalOfFirstRecord\":"u8, Time(first.Stamp, reading.Writer.ArrivalFormat));
        Text(",\"approximateArrivalOfLastRecord\":"u8, Time(last.Stamp, reading.Writer.ArrivalFormat));
        document.Write(",\"batchSize\":"u8);
        document.Write(records.Count);
        Text(",\"streamArn\":"u8, reading.Log.Source.Arn);
        document.Write("}"u8);
    }

    private void Text(ReadOnlySpan<byte> before, string text, bool isName = false)
    {
        document.Write(before);
        if (!isName)
        {
            document.WriteString(text);
            return;
        }

        document.Write(Encoding.UTF8.GetBytes(text));
        document.Write("\":"u8);
    }

    private string Time(long at, string format) =>
        (Simulation.Options.Start + TimeSpan.FromTicks(at)).UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>The forms of times in a destination's record .</summary>
internal static class ArrivalFormats
{
    public const string WithMilliseconds = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public const string WithoutMilliseconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";
}
