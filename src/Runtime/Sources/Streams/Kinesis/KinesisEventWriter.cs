using System.Text;
using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Aws.Json;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams.Kinesis;

/// <summary>Writes Kinesis events (section 6.2).</summary>
internal sealed class KinesisEventWriter(Simulation simulation, string sourceArn) : StreamEventWriter(simulation, sourceArn)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] end = Encoding.UTF8.GetBytes(
        $"\",\"eventName\":\"aws:kinesis:record\",\"invokeIdentityArn\":\"arn:aws:iam::{simulation.Options.AccountId}:role/lambda-role\","
            + $"\"awsRegion\":\"{simulation.Options.Region}\",\"eventSourceARN\":\"{sourceArn}\"}}"
    );

    /// <inheritdoc/>
    public override string BatchInfoName => "KinesisBatchInfo";

    /// <inheritdoc/>
    public override string ArrivalFormat => ArrivalFormats.WithMilliseconds;

    /// <summary>Whether a record passes (F-3): a filter sees the data decoded, and beside it the record's other fields.</summary>
    public bool Passes(FilterCriteria criteria, KinesisRecord record)
    {
        var json = JsonReader.ReadOrNull(RecordJson(record)) ?? throw new EsmConsistencyException("An event's record is no JSON.");
        JsonMember[] fields = [.. json["kinesis"]!.Members.Where(member => member.Name != "data"), .. json.Members.Where(member => member.Name != "kinesis")];
        return criteria.MatchesKinesis(Decoded(record), JsonValue.Object(fields));
    }

    /// <inheritdoc/>
    protected override void WriteRecord(EventBuffer target, StreamRecord record)
    {
        var put = (KinesisRecord)record;
        target.Write("{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":"u8);
        target.WriteString(put.KeyBytes);
        target.Write(",\"sequenceNumber\":\""u8);
        Span<byte> sequenceNumber = stackalloc byte[KinesisSequence.Length];
        put.WriteSequenceNumber(sequenceNumber);
        target.Write(sequenceNumber);
        target.Write("\",\"data\":\""u8);
        target.WriteBase64(put.Data.Span);
        target.Write("\",\"approximateArrivalTimestamp\":"u8);
        WriteSeconds(target, put.Stamp);
        target.Write("},\"eventSource\":\"aws:kinesis\",\"eventVersion\":\"1.0\",\"eventID\":\""u8);
        WritePlain(target, put.ShardId);
        target.Write(":"u8);
        target.Write(sequenceNumber);
        target.Write(end);
    }

    /// <inheritdoc/>
    protected override long MaximumLength(StreamRecord record)
    {
        // B-4: base64 makes the data 4/3 as long.
        var put = (KinesisRecord)record;
        return 512 + end.Length + (6 * put.KeyBytes.Length) + ((put.Data.Length + 2) / 3 * 4L);
    }

    private static string? Decoded(KinesisRecord record)
    {
        try
        {
            return Strict.GetString(record.Data.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
