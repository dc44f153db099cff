using AtLeastOnce.Runtime.Tests.Rules;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>What a destination is told, byte for byte: section 3.4.</summary>
public class StreamDestinationTests
{
    private static readonly Action Throws = () => throw new InvalidOperationException("always");

    private static async Task<(EsmRun Run, string Json)> ToQueueAsync(Delegate handler, Action<EventSourceMappingOptions> configure)
    {
        var failures = new SqsQueue("failures");
        await using var scenario = Clicks(
            handler,
            m =>
            {
                m.OnFailure = failures;
                configure(m);
            }
        );
        await scenario.Host.RunForAsync(TimeSpan.FromMilliseconds(250));
        scenario.Source.Put("k", "1");
        await scenario.Host.RunForAsync(TimeSpan.FromMilliseconds(250));
        scenario.Source.Put("k", "2");
        var run = await scenario.RunAsync();
        return (run, Assert.Single(run.Queue("failures").Messages).Body);
    }

    [Fact]
    [Rule("R-32")]
    public async Task R41_R43_R44_retries_that_are_used_up_by_function_errors()
    {
        var (run, json) = await ToQueueAsync(Throws, m => m.MaximumRetryAttempts = 1);
        var ids = run.Ledger("ship").Records.Select(record => record.Record.Id).ToArray();

        Assert.Equal(
            "{\"requestContext\":{\"requestId\":\""
                + run.Invocations[^1].AwsRequestId
                + "\",\"functionArn\":\"arn:aws:lambda:us-east-1:123456789012:function:ship\",\"condition\":\"RetryAttemptsExhausted\",\"approximateInvokeCount\":2},"
                + "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\",\"functionError\":\"Unhandled\"},\"version\":\"1.0\",\"timestamp\":\"2026-01-01T00:00:02.200Z\","
                + "\"KinesisBatchInfo\":{\"shardId\":\"shardId-000000000000\",\"startSequenceNumber\":\""
                + ids[0]
                + "\",\"endSequenceNumber\":\""
                + ids[1]
                + "\",\"approximateArrivalOfFirstRecord\":\"2026-01-01T00:00:00.250Z\",\"approximateArrivalOfLastRecord\":\"2026-01-01T00:00:00.500Z\","
                + "\"batchSize\":2,\"streamArn\":\"arn:aws:kinesis:us-east-1:123456789012:stream/clicks\"}}",
            json
        );
    }

    [Fact]
    public async Task R43_a_bad_report_is_no_function_error()
    {
        var (_, json) = await ToQueueAsync(
            () => new { batchItemFailures = new[] { new { itemIdentifier = "unknown" } } },
            m => (m.MaximumRetryAttempts, m.ReportBatchItemFailures) = (0, true)
        );

        Assert.Contains("\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\",\"functionError\":null},", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R35_R42_records_that_were_never_invoked_show_one_invocation_a_request_id_and_no_response()
    {
        var (run, json) = await ToQueueAsync(
            Nothing,
            m =>
            {
                m.MaximumRecordAge = Seconds(60);
                m.Function.ReservedConcurrency = 0;
            }
        );

        Assert.Empty(run.Invocations);
        Assert.Matches("^\\{\"requestContext\":\\{\"requestId\":\"[0-9a-f-]{36}\",", json);
        Assert.Contains("\"condition\":\"RecordAgeExceeded\",\"approximateInvokeCount\":1},\"version\":\"1.0\",", json, StringComparison.Ordinal);
        Assert.DoesNotContain("responseContext", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R40_of_a_table_the_batch_has_another_name_and_times_without_milliseconds()
    {
        var failures = new SqsQueue("failures");
        await using var scenario = Orders(Throws, m => (m.MaximumRetryAttempts, m.OnFailure) = (0, failures));
        await scenario.Host.RunForAsync(TimeSpan.FromMilliseconds(1250));

        var run = await scenario.RunAsync("a");

        var id = run.Ledger("ship").Records[0].Record.Id;
        Assert.EndsWith(
            "\"timestamp\":\"2026-01-01T00:00:01.350Z\",\"DDBStreamBatchInfo\":{\"shardId\":\""
                + scenario.Source.Shards[0].Id
                + "\",\"startSequenceNumber\":\""
                + id
                + "\",\"endSequenceNumber\":\""
                + id
                + "\",\"approximateArrivalOfFirstRecord\":\"2026-01-01T00:00:01Z\",\"approximateArrivalOfLastRecord\":\"2026-01-01T00:00:01Z\",\"batchSize\":1,"
                + "\"streamArn\":\"arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000\"}}",
            failures.Messages.Single().Body,
            StringComparison.Ordinal
        );
        Assert.Matches("^shardId-[0-9]{20}-[0-9a-f]{8}$", scenario.Source.Shards[0].Id);
    }

    [Fact]
    public async Task R48_R45_SNS_gets_the_same_text_as_SQS_without_the_data()
    {
        var (topic, queue) = (new SnsTopic("failures"), new SqsQueue("failures"));
        await using var first = Clicks(Throws, m => (m.MaximumRetryAttempts, m.OnFailure) = (0, topic));
        await using var second = Clicks(Throws, m => (m.MaximumRetryAttempts, m.OnFailure) = (0, queue));

        await first.RunAsync("secret");
        await second.RunAsync("secret");

        Assert.Equal(queue.Messages.Single().Body, topic.Messages.Single());
        Assert.DoesNotContain("payload", topic.Messages.Single(), StringComparison.Ordinal);
        Assert.Equal("arn:aws:sns:us-east-1:123456789012:failures", topic.Arn);
    }

    [Fact]
    public async Task R46_the_payload_for_S3_is_a_text_or_an_object()
    {
        var bucket = new S3Bucket("failures");
        await using var scenario = Clicks(Throws, m => (m.MaximumRetryAttempts, m.OnFailure) = (0, bucket), new() { DestinationPayloadIsObject = true });

        var run = await scenario.RunAsync("1");

        Assert.EndsWith(",\"payload\":" + run.Invocations[0].RequestJson + "}", bucket.Objects.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void R48_FIFO_destinations_are_refused()
    {
        var exception = Assert.Throws<InvalidParameterValueException>(() => Clicks(Nothing, m => m.OnFailure = new SqsQueue("failures.fifo")).Host);

        Assert.Equal(
            (
                "InvalidParameterValueException: FIFO queues and topics are not supported as OnFailure destination: arn:aws:sqs:us-east-1:123456789012:failures.fifo",
                "R-48"
            ),
            (exception.Message, exception.RuleId)
        );
    }

    [Fact]
    public async Task A_destination_queue_comes_into_the_host_and_can_feed_a_function_itself()
    {
        var failures = new SqsQueue("failures");
        List<string> seen = [];
        await using var scenario = Clicks(Throws, m => (m.MaximumRetryAttempts, m.OnFailure) = (0, failures));
        scenario.Host.Map(scenario.Host.Queue("failures"), new("repair", (Amazon.Lambda.SQSEvents.SQSEvent input) => seen.Add(input.Records[0].Body)));

        var run = await scenario.RunAsync("1");

        Assert.Contains("KinesisBatchInfo", Assert.Single(seen), StringComparison.Ordinal);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("repair").ToString());
    }
}
