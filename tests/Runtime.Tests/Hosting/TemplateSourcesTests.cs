using System.Text;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;

namespace AtLeastOnce.Runtime.Tests.Hosting;

/// <summary>Streams, tables and what invokes asynchronously, from a template.</summary>
public class TemplateSourcesTests
{
    private const string Sources = "Templates/sources.yaml";

    [Fact]
    public void The_settings_of_a_streams_mapping_are_those_of_the_template()
    {
        var host = LambdaTestHost.FromTemplate(Sources);
        var mapping = host.Mapping("Clicks");

        Assert.Equal((2, TimeSpan.FromHours(48)), (host.Stream("Clicks").Shards.Count, host.Stream("Clicks").RetentionPeriod));
        Assert.Equal(
            (10, 2, true, true),
            (mapping.BatchSize, mapping.MaximumRetryAttempts, mapping.BisectBatchOnFunctionError, mapping.ReportBatchItemFailures)
        );
        Assert.Same(host.Queue("Failures"), mapping.OnFailure);
        Assert.Equal((StartingPosition.TrimHorizon, 100), (mapping.StartingPosition, host.Mapping("Orders").BatchSize));
        Assert.Equal(("pk", StreamViewType.NewImage), (host.Table("Orders").PartitionKey, host.Table("Orders").StreamViewType));
    }

    [Fact]
    public async Task A_poison_record_of_a_stream_ends_in_the_destination_of_the_template()
    {
        var seen = new List<string>();
        await using var host = LambdaTestHost
            .FromTemplate(Sources)
            .WithSerializer(new Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer())
            .Handle(
                "ClicksFunction",
                (KinesisEvent batch) =>
                {
                    foreach (var record in batch.Records)
                    {
                        var text = Encoding.UTF8.GetString(record.Kinesis.Data.ToArray());
                        if (text == "poison")
                            throw new InvalidOperationException(text);
                        seen.Add(text);
                    }
                }
            );
        host.Stream("Clicks").PutMany("key", "a", "poison", "b");

        var run = await host.RunUntilIdleAsync();

        Assert.Contains("b", seen);
        Assert.Contains("RetryAttemptsExhausted", Assert.Single(run.Queue("Failures").Messages).Body, StringComparison.Ordinal);
        Assert.Equal("sent 3 = acknowledged 2 + discarded to a destination 1", run.Ledger("Clicks").ToString());
    }

    [Fact]
    public async Task R36_what_the_role_may_not_send_to_the_destination_is_dropped()
    {
        const string Template = """
            Resources:
              Clicks: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }
              Failures: { Type: AWS::SQS::Queue }
              ClicksFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Events:
                    Clicks:
                      Type: Kinesis
                      Properties:
                        Stream: !GetAtt Clicks.Arn
                        StartingPosition: TRIM_HORIZON
                        MaximumRetryAttempts: 0
                        DestinationConfig: { OnFailure: { Destination: !GetAtt Failures.Arn } }
            """;
        await using var host = TemplateOnDisk
            .Load(Template)
            .WithSerializer(new Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer())
            .Handle(
                "ClicksFunction",
                (KinesisEvent _) =>
                {
                    throw new InvalidOperationException("poison");
                }
            );
        host.Stream("Clicks").Put("key", "a");

        var run = await host.RunUntilIdleAsync();

        Assert.Empty(run.Queue("Failures").Messages);
        Assert.Equal("sent 1 = discarded 1", run.Ledger("Clicks").ToString());
        Assert.Null(Assert.Single(run.Events.OfType<BatchDiscarded>()).Destination);
        Assert.Contains("discarded 1, and could not tell Failures: RetryAttemptsExhausted after 1 attempt (R-36)", run.Timeline, StringComparison.Ordinal);
        var failure = Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
        Assert.Contains("because the execution role does not allow sqs:SendMessage on 'Failures' (R-36).", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_to_a_table_reach_the_function_that_its_stream_feeds()
    {
        var seen = new List<string>();
        await using var host = LambdaTestHost
            .FromTemplate(Sources)
            .WithSerializer(new Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer())
            .Handle(
                "OrdersFunction",
                (DynamoDBEvent batch) => seen.AddRange(batch.Records.Select(record => $"{record.EventName} {record.Dynamodb.Keys["pk"].S}"))
            );
        host.Table("Orders").Put(new { pk = "A", quantity = 1 });
        host.Table("Orders").Delete(new { pk = "A" });

        await host.RunUntilIdleAsync();

        Assert.Equal(["INSERT A", "REMOVE A"], seen);
    }

    [Fact]
    public async Task Buckets_topics_and_buses_tell_the_function_and_what_it_fails_goes_where_the_template_says()
    {
        var seen = new List<string>();
        await using var host = LambdaTestHost
            .FromTemplate(Sources)
            .Handle(
                "EventsFunction",
                (Stream payload) =>
                {
                    var text = new StreamReader(payload).ReadToEnd();
                    seen.Add(
                        text.Contains("aws:s3", StringComparison.Ordinal) ? "S3"
                        : text.Contains("aws:sns", StringComparison.Ordinal) ? "SNS"
                        : "bus"
                    );
                    if (text.Contains("bad news", StringComparison.Ordinal))
                        throw new InvalidOperationException("bad news");
                }
            );
        host.Bucket("Uploads").Put("orders.csv", "1;2");
        host.Bucket("Uploads").Put("readme.txt", "not told");
        host.Topic("News").Publish("bad news");
        host.Bus("default").Put("shop.payments", "paid", new { id = 1 });
        host.Bus("default").Put("shop.other", "paid", new { id = 2 });

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["S3", "SNS", "SNS", "bus"], seen.Order(StringComparer.Ordinal).OrderBy(name => name == "bus"));
        Assert.Contains("RetriesExhausted", Assert.Single(run.Queue("Letters").Messages).Body, StringComparison.Ordinal);
    }
}
