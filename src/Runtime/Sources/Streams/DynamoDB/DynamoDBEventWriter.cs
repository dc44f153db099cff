using System.Text;
using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Aws.Json;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams.DynamoDB;

/// <summary>Writes the events of a table's stream (section 6.3).</summary>
internal sealed class DynamoDBEventWriter(Simulation simulation, string sourceArn, int table) : StreamEventWriter(simulation, sourceArn)
{
    private readonly byte[] region = Encoding.UTF8.GetBytes(
        $"\",\"eventVersion\":\"1.1\",\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"{simulation.Options.Region}\",\"dynamodb\":{{\"ApproximateCreationDateTime\":"
    );

    private readonly byte[] end = Encoding.UTF8.GetBytes($"\"}},\"eventSourceARN\":\"{sourceArn}\"");

    /// <inheritdoc/>
    public override string BatchInfoName => "DDBStreamBatchInfo";

    /// <inheritdoc/>
    public override string ArrivalFormat => ArrivalFormats.WithoutMilliseconds;

    /// <summary>Whether a record passes (F-4): a filter sees the whole record.</summary>
    public bool Passes(FilterCriteria criteria, StreamRecord record) =>
        criteria.Matches(JsonReader.ReadOrNull(RecordJson(record)) ?? throw new EsmConsistencyException("An event's record is no JSON."));

    /// <inheritdoc/>
    protected override void WriteRecord(EventBuffer target, StreamRecord record)
    {
        var change = (DynamoDBRecord)record;
        target.Write("{\"eventID\":\""u8);
        WritePlain(target, Simulation.Choices.Guid(IdKind.StreamRecord, ((long)table << 40) + change.Number).ToString("N"));
        target.Write("\",\"eventName\":\""u8);
        WritePlain(target, change.EventName);
        target.Write(region);
        WriteSeconds(target, change.Stamp);
        WriteImage(target, ",\"Keys\":"u8, change.Change.Keys);
        WriteImage(target, ",\"NewImage\":"u8, change.ShownNew);
        WriteImage(target, ",\"OldImage\":"u8, change.ShownOld);
        target.Write(",\"SequenceNumber\":\""u8);
        WritePlain(target, change.SequenceNumber);
        target.Write("\",\"SizeBytes\":"u8);
        target.Write(change.SizeBytes);
        target.Write(",\"StreamViewType\":\""u8);
        WritePlain(target, change.Change.View.ToAws());
        target.Write(end);
        if (change.IsExpiry)
            target.Write(",\"userIdentity\":{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}"u8);
        target.Write("}"u8);
    }

    /// <inheritdoc/>
    // Types, quotes and escapes take more than the values themselves, most of all for the shortest ones.
    protected override long MaximumLength(StreamRecord record) => 1024 + region.Length + end.Length + (32 * record.ReadSize);

    private static void WriteImage(EventBuffer target, ReadOnlySpan<byte> name, AttributeMap? image)
    {
        if (image is null)
            return;
        target.Write(name);
        image.Write(target);
    }
}
