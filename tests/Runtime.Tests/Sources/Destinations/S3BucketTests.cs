using System.Text.Json;
using Amazon.Lambda.S3Events;

namespace AtLeastOnce.Runtime.Tests.Sources.Destinations;

/// <summary>A bucket's notifications (N-5 to N-7).</summary>
public class S3BucketTests
{
    private static LambdaFunction Index(List<S3Event.S3EventNotificationRecord> seen, string name = "index") =>
        new(name, (S3Event input) => seen.AddRange(input.Records));

    [Fact]
    public async Task N5_a_put_object_invokes_a_function_with_its_url_encoded_key()
    {
        List<S3Event.S3EventNotificationRecord> seen = [];
        var bucket = new S3Bucket("images").Notify(Index(seen));
        await using var host = new LambdaTestHost().Add(bucket);

        bucket.Put("in/red flower+ü.jpg", "hello");
        var run = await host.RunUntilIdleAsync();

        var record = Assert.Single(seen);
        Assert.Equal(("2.1", "aws:s3", "us-east-1", "ObjectCreated:Put"), (record.EventVersion, record.EventSource, record.AwsRegion, record.EventName));
        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), record.EventTime.ToUniversalTime());
        Assert.Equal(("images", "arn:aws:s3:::images", "1.0"), (record.S3.Bucket.Name, record.S3.Bucket.Arn, record.S3.S3SchemaVersion));
        var about = record.S3.Object;
        Assert.Equal(("in/red+flower%2B%C3%BC.jpg", "in/red flower+ü.jpg"), (about.Key, about.KeyDecoded));
        Assert.Equal((5, "5d41402abc4b2a76b9719d911017c592"), (about.Size, about.ETag));
        Assert.Equal("in/red flower+ü.jpg", Assert.Single(bucket.Objects).Key);
        Assert.Equal("bucket images", Assert.Single(run.Events.OfType<EventAccepted>()).From);
        Assert.Contains("bucket images       ObjectCreated:Put in/red flower+ü.jpg", run.Timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task N5_only_the_wanted_events_prefixes_and_suffixes_are_told()
    {
        List<S3Event.S3EventNotificationRecord> created = [];
        List<S3Event.S3EventNotificationRecord> removed = [];
        var bucket = new S3Bucket("images").Notify(Index(created), prefix: "in/", suffix: ".jpg").Notify(Index(removed, "remove"), ["s3:ObjectRemoved:Delete"]);
        await using var host = new LambdaTestHost().Add(bucket);

        bucket.Put("in/a.jpg", "1");
        bucket.Put("in/a.png", "2");
        bucket.Put("out/a.jpg", "3");
        Assert.True(bucket.Delete("out/a.jpg"));
        await host.RunUntilIdleAsync();

        Assert.Equal(["in/a.jpg"], created.Select(record => record.S3.Object.Key));
        var deleted = Assert.Single(removed);
        Assert.Equal(("ObjectRemoved:Delete", "out/a.jpg"), (deleted.EventName, deleted.S3.Object.Key));
        Assert.Equal((0, null), (deleted.S3.Object.Size, deleted.S3.Object.ETag));
        Assert.Equal(["in/a.jpg", "in/a.png"], bucket.Objects.Select(existing => existing.Key));
    }

    [Fact]
    public async Task N5_the_sequencers_of_a_key_grow_and_a_put_replaces()
    {
        List<S3Event.S3EventNotificationRecord> seen = [];
        var bucket = new S3Bucket("images").Notify(Index(seen), ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]);
        await using var host = new LambdaTestHost().Add(bucket);

        bucket.Put("a", "1");
        bucket.Put("a", "2");
        Assert.Equal("2", Assert.Single(bucket.Objects).Text);
        bucket.Delete("a");
        await host.RunUntilIdleAsync();

        var sequencers = seen.Select(record => record.S3.Object.Sequencer).ToArray();
        Assert.Equal(3, sequencers.Distinct().Count());
        Assert.Equal(sequencers.Order(StringComparer.Ordinal), sequencers);
    }

    [Fact]
    public async Task N7_deleting_what_is_not_there_tells_nobody()
    {
        var bucket = new S3Bucket("images").Notify(Index([]), ["s3:ObjectRemoved:*"]);
        await using var host = new LambdaTestHost().Add(bucket);

        Assert.False(bucket.Delete("a"));

        Assert.Empty((await host.RunUntilIdleAsync()).Events);
    }

    [Fact]
    public async Task N5_queues_and_topics_get_the_event_as_text()
    {
        var (direct, through) = (new SqsQueue("direct"), new SqsQueue("through"));
        var topic = new SnsTopic("uploads").Subscribe(through);
        var bucket = new S3Bucket("images").Notify(direct, prefix: "a").Notify(topic, prefix: "b");
        await using var host = new LambdaTestHost().Add(bucket);

        bucket.Put("a", "1");
        bucket.Put("b", "2");

        static string? Key(JsonElement json) => json.GetProperty("Records")[0].GetProperty("s3").GetProperty("object").GetProperty("key").GetString();
        Assert.Equal("a", Key(Assert.Single(direct.Messages).Json<JsonElement>()));
        var envelope = Assert.Single(through.Messages).Json<JsonElement>();
        Assert.Equal("Amazon S3 Notification", envelope.GetProperty("Subject").GetString());
        Assert.Equal("b", Key(JsonDocument.Parse(envelope.GetProperty("Message").GetString()!).RootElement));
    }

    [Fact]
    public async Task N5_a_record_that_Lambda_puts_is_told_too()
    {
        List<S3Event.S3EventNotificationRecord> seen = [];
        var bucket = new S3Bucket("failures").Notify(Index(seen));
        await using var host = new LambdaTestHost();
        var function = new LambdaFunction("orders", () => throw new InvalidOperationException());
        function.EventInvokeConfig.OnFailure = bucket;

        host.InvokeEvent(function);
        await host.RunUntilIdleAsync();

        Assert.Equal(Assert.Single(host.Bucket("failures").Objects).Key, Assert.Single(seen).S3.Object.Key);
    }

    [Fact]
    public void N6_overlapping_notifications_and_unknown_events_are_refused()
    {
        var bucket = new S3Bucket("images").Notify(Index([]), prefix: "in/", suffix: ".jpg");

        var refused = Assert.Throws<AwsErrorException>(() => bucket.Notify(Index([]), ["s3:ObjectCreated:Put"], "in/new/", "g"));
        Assert.Equal(
            "InvalidArgument: Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.",
            refused.Message
        );
        bucket.Notify(Index([]), prefix: "in/", suffix: ".png").Notify(Index([]), ["s3:ObjectRemoved:*"]);
        Assert.StartsWith(
            "InvalidArgument: The event is not supported for notifications: 's3:ObjectMade:*'.",
            Assert.Throws<AwsErrorException>(() => bucket.Notify(Index([]), ["s3:ObjectMade:*"])).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<AwsErrorException>(() => bucket.Put("", "x"));
        Assert.Throws<AwsErrorException>(() => bucket.Put(new string('x', 1025), "x"));
    }
}
