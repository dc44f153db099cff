using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.DynamoDb;
using AWS.Lambda.Powertools.BatchProcessing.Kinesis;

namespace AtLeastOnce.Stubs.Tests.Powertools;

/// <summary>Batch processing of stream records: they go on after a failure, and are named by their sequence numbers .</summary>
public class StreamBatchProcessorTests
{
    [Fact]
    public async Task Kinesis_records_go_on_after_a_failure_and_are_named_by_sequence_number()
    {
        List<string> handled = [];
        var batch = new KinesisEvent { Records = [Record("1"), Record("2"), Record("3")] };

        var result = await KinesisEventBatchProcessor.Instance.ProcessAsync(
            batch,
            RecordHandler<KinesisEvent.KinesisEventRecord>.From(record => Handle(record.Kinesis.SequenceNumber, handled)),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["1", "2", "3"], handled);
        Assert.Equal(["2"], result.BatchItemFailuresResponse.BatchItemFailures.Select(failure => failure.ItemIdentifier));
        Assert.Same(result, KinesisEventBatchProcessor.Result);

        static KinesisEvent.KinesisEventRecord Record(string number) =>
            new()
            {
                EventId = $"shardId-0:{number}",
                Kinesis = new() { SequenceNumber = number },
            };
    }

    [Fact]
    public async Task Changes_of_a_table_go_on_after_a_failure_and_are_named_by_sequence_number()
    {
        List<string> handled = [];
        var batch = new DynamoDBEvent { Records = [Record("1"), Record("2"), Record("3")] };

        var result = await DynamoDbStreamBatchProcessor.Instance.ProcessAsync(
            batch,
            RecordHandler<DynamoDBEvent.DynamodbStreamRecord>.From(record => Handle(record.Dynamodb.SequenceNumber, handled)),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["1", "2", "3"], handled);
        Assert.Equal(["2"], result.BatchItemFailuresResponse.BatchItemFailures.Select(failure => failure.ItemIdentifier));
        Assert.Same(result, DynamoDbStreamBatchProcessor.Result);

        static DynamoDBEvent.DynamodbStreamRecord Record(string number) =>
            new()
            {
                EventID = $"c4ca{number}",
                Dynamodb = new() { SequenceNumber = number },
            };
    }

    private static void Handle(string sequenceNumber, List<string> handled)
    {
        handled.Add(sequenceNumber);
        if (sequenceNumber == "2")
            throw new InvalidOperationException("poison");
    }
}
