using System.Text.Json;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>What AWS was recorded to do: section 9.3, the rows about streams.</summary>
public class StreamVectorTests
{
    private static Func<Stream> Answer(string json) => () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));

    private static JsonElement Only(SqsQueue queue) => JsonDocument.Parse(Assert.Single(queue.Messages).Body).RootElement;

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"batchItemFailures":[]}""")]
    [InlineData("""{"batchItemFailures":null}""")]
    public async Task V10_success_shapes_are_invoked_once(string response)
    {
        await using var scenario = Clicks(Answer(response), m => m.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("a");

        Assert.Single(run.Invocations);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("ship").ToString());
    }

    public static TheoryData<string> BadShapes =>
        [
            """{"batchItemFailures":[{"itemIdentifier":123}]}""",
            """{"batchItemFailures":[{"itemIdentifier":""}]}""",
            """{"batchItemFailures":[{"itemIdentifier":null}]}""",
            """{"batchItemFailures":[{"foo":123}]}""",
            """{"batchItemFailures":[{"foo":null}]}""",
            "throw",
        ];

    [Theory]
    [MemberData(nameof(BadShapes))]
    public async Task V11_bad_shapes_and_exceptions_use_up_the_retries_of_a_kinesis_batch(string response)
    {
        var failures = new SqsQueue("failures");
        await using var scenario = Clicks(
            response == "throw" ? void () => throw new InvalidOperationException("always") : Answer(response),
            m => (m.ReportBatchItemFailures, m.MaximumRetryAttempts, m.OnFailure) = (true, 2, failures)
        );

        var run = await scenario.RunAsync("a");

        Assert.Equal(3, run.Invocations.Count);
        var told = Only(failures);
        Assert.Equal(3, told.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        var error = told.GetProperty("responseContext").GetProperty("functionError");
        Assert.Equal(response == "throw" ? "Unhandled" : null, error.GetString());
        Assert.Equal("sent 1 = discarded to a destination 1", run.Ledger("ship").ToString());
    }

    [Theory]
    [MemberData(nameof(BadShapes))]
    public async Task V12_bad_shapes_and_exceptions_use_up_the_retries_of_a_table_batch(string response)
    {
        var failures = new SqsQueue("failures");
        await using var scenario = Orders(
            response == "throw" ? void () => throw new InvalidOperationException("always") : Answer(response),
            m => (m.ReportBatchItemFailures, m.MaximumRetryAttempts, m.OnFailure) = (true, 3, failures)
        );

        var run = await scenario.RunAsync("a");

        Assert.Equal(4, run.Invocations.Count);
        Assert.Equal(4, Only(failures).GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
    }

    [Fact]
    public async Task V13_R24_an_invocation_that_moves_the_checkpoint_of_kinesis_uses_up_no_retry()
    {
        var failures = new SqsQueue("failures");
        await using var scenario = Clicks(
            (KinesisEvent input) => Report(input, text => text == "6"),
            m => (m.BatchSize, m.ReportBatchItemFailures, m.MaximumRetryAttempts, m.OnFailure) = (3, true, 3, failures)
        );

        var run = await scenario.RunAsync(Numbers(6));

        Assert.Equal(["1 2 3", "4 5 6", "6", "6", "6", "6"], run.Batches());
        Assert.Equal([1, 1, 1, 1, 1, 5], run.Ledger("ship").Records.Select(record => record.ReceiveCount));
        var told = Only(failures);
        Assert.Equal(4, told.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal(1, told.GetProperty("KinesisBatchInfo").GetProperty("batchSize").GetInt32());
    }

    [Fact]
    public async Task V13_R24_an_invocation_that_moves_the_checkpoint_of_a_table_uses_up_no_retry()
    {
        var failures = new SqsQueue("failures");
        await using var scenario = Orders(
            (DynamoDBEvent input) => Report(input, id => id == "6"),
            m => (m.BatchSize, m.ReportBatchItemFailures, m.MaximumRetryAttempts, m.OnFailure) = (3, true, 3, failures)
        );

        var run = await scenario.RunAsync("1", "2", "3", "4", "5", "6");

        Assert.Equal([1, 1, 1, 1, 1, 5], run.Ledger("ship").Records.Select(record => record.ReceiveCount));
        var told = Only(failures);
        Assert.Equal(4, told.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal(1, told.GetProperty("DDBStreamBatchInfo").GetProperty("batchSize").GetInt32());
    }

    [Fact]
    public async Task V14_records_that_are_too_old_are_cut_off_the_front_and_told_of_as_one_invocation()
    {
        var failures = new SqsQueue("failures");
        List<string> seen = [];
        var stream = new KinesisStream("clicks");
        await using var host = new LambdaTestHost().Add(stream);
        stream.Put("k", "old");
        await host.RunForAsync(TimeSpan.FromSeconds(65));
        Assert.Equal(
            "The host has been run: mappings are made before the first run.",
            Assert.Throws<InvalidOperationException>(() => host.Map(stream, new("ship", Nothing))).Message
        );

        // The first poll comes late, so that it meets an old record and five fresh ones.
        await using var scenario = Clicks(
            (KinesisEvent input) => seen.AddRange(Texts(input)),
            m => (m.MaximumRecordAge, m.MaximumRetryAttempts, m.OnFailure) = (Seconds(60), 0, failures),
            new() { StreamPollInterval = Seconds(70) }
        );
        await scenario.Host.RunForAsync(Seconds(1));
        scenario.Source.Put("k", "old");
        await scenario.Host.RunForAsync(Seconds(64));
        scenario.Source.PutMany("k", Numbers(5));
        var run = await scenario.RunAsync();

        Assert.Equal(["1", "2", "3", "4", "5"], seen);
        var told = Only(failures);
        Assert.Equal("RecordAgeExceeded", told.GetProperty("requestContext").GetProperty("condition").GetString());
        Assert.Equal(1, told.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal(1, told.GetProperty("KinesisBatchInfo").GetProperty("batchSize").GetInt32());
        Assert.False(told.TryGetProperty("responseContext", out _));
        Assert.Equal("sent 6 = acknowledged 5 + discarded to a destination 1", run.Ledger("ship").ToString());
    }

    [Fact]
    public async Task V15_R42_a_record_that_gets_too_old_while_it_is_tried_again_is_discarded_without_a_response()
    {
        var failures = new SqsQueue("failures");
        await using var scenario = Clicks(void () => throw new InvalidOperationException(), m => (m.MaximumRecordAge, m.OnFailure) = (Seconds(60), failures));

        var run = await scenario.RunAsync("a");

        var told = Only(failures);
        Assert.Equal("RecordAgeExceeded", told.GetProperty("requestContext").GetProperty("condition").GetString());
        Assert.Equal(run.Invocations.Count, told.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal(run.Invocations[^1].AwsRequestId, told.GetProperty("requestContext").GetProperty("requestId").GetString());
        Assert.False(told.TryGetProperty("responseContext", out _));
        Assert.True(run.Invocations.Count > 2);
    }

    [Fact]
    public async Task V16_R20c_an_empty_response_is_success()
    {
        await using var scenario = Clicks(Answer(""));

        Assert.Equal("sent 1 = acknowledged 1", (await scenario.RunAsync("a")).Ledger("ship").ToString());
    }

    [Fact]
    public async Task V17_B37_trim_horizon_reads_what_was_there_before_the_mapping()
    {
        var stream = new KinesisStream("clicks");
        await using var host = new LambdaTestHost().Add(stream);
        stream.PutMany("k", Numbers(20));
        host.Map(stream, new("ship", Nothing), m => (m.StartingPosition, m.BatchSize) = (StartingPosition.TrimHorizon, 10));
        stream.PutMany("k", Numbers(10));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal([10, 10, 10], run.Invocations.Select(invocation => invocation.Deliveries.Count));
    }

    [Fact]
    public async Task V18_B36_the_batches_of_a_shard_follow_each_other()
    {
        await using var scenario = Clicks(Nothing, m => m.BatchSize = 10);
        scenario.Function.Timeout = Seconds(10);
        scenario.Function.Takes(perInvocation: Seconds(5));
        _ = scenario.Host;
        scenario.Source.PutMany("a", Numbers(10));
        scenario.Source.PutMany("b", Numbers(10));

        var run = await scenario.RunAsync();

        Assert.Equal([0, 5], run.Starts());
        Assert.Equal([10, 10], run.Invocations.Select(invocation => invocation.Deliveries.Count));
    }

    [Theory]
    [InlineData("""{"eventName":["INSERT"],"eventSource":["aws:dynamodb"]}""", "1 2 3")]
    [InlineData("""{"eventName":["MODIFY"]}""", "4")]
    [InlineData("""{"dynamodb":{"NewImage":{"n":{"N":[{"numeric":[">",100]}]}}}}""", "")]
    [InlineData("""{"dynamodb":{"NewImage":{"n":{"N":["101"]}}}}""", "1")]
    [InlineData("""{"dynamodb":{"NewImage":{"n":{"N":[{"anything-but":["101"]}]}}}}""", "2 3 4")]
    [InlineData("""{"dynamodb":{"NewImage":{"present":[{"exists":true}]}}}""", "")]
    [InlineData("""{"dynamodb":{"NewImage":{"present":[{"exists":false}]}}}""", "1 2 3 4")]
    [InlineData("""{"dynamodb":{"NewImage":{"present":{"S":[{"exists":false}]}}}}""", "1 3")]
    [InlineData("""{"dynamodb":{"Keys":{"id":{"S":[{"prefix":"or"}]}}}}""", "1 2 4")]
    [InlineData("""{"dynamodb":{"ApproximateCreationDateTime":[{"numeric":[">",1]}]}}""", "1 2 3 4")]
    public async Task V19_F1c_F4_F15_F16_filters_of_a_table(string pattern, string passing)
    {
        await using var scenario = Orders(Nothing, m => m.Filters = [pattern]);
        _ = scenario.Host;
        scenario.Source.Put(new { id = "or1", n = 101 });
        scenario.Source.Put(
            new
            {
                id = "or2",
                n = 5,
                present = "yes",
            }
        );
        scenario.Source.Put(new { id = "x3", n = 7 });
        scenario.Source.Put(
            new
            {
                id = "or2",
                n = 6,
                present = "yes",
            }
        );

        var run = await scenario.RunAsync();

        Assert.Equal(passing, string.Join(" ", run.Batches()));
        Assert.Equal(4 - run.Ledger("ship")[RecordFate.Acknowledged], run.Ledger("ship")[RecordFate.Filtered]);
    }

    [Fact]
    public async Task V20_R46_R47_an_S3_destination_gets_an_object_with_the_event()
    {
        var bucket = new S3Bucket("failures");
        await using var scenario = Clicks(
            void () => throw new InvalidOperationException(),
            m => (m.BatchSize, m.MaximumRetryAttempts, m.OnFailure) = (1, 1, bucket)
        );

        var run = await scenario.RunAsync("a");

        var put = Assert.Single(bucket.Objects);
        Assert.Matches(
            "^aws/lambda/[0-9a-f-]{36}/shardId-000000000000/2026/01/01/2026-01-01T00\\.00\\.01-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
            put.Key
        );
        var told = JsonDocument.Parse(put.Text).RootElement;
        Assert.Equal(2, told.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal("Unhandled", told.GetProperty("responseContext").GetProperty("functionError").GetString());
        Assert.Equal(run.Invocations[0].RequestJson, told.GetProperty("payload").GetString());
    }
}
