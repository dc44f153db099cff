using System.Text.Json;
using Amazon.Lambda.SNSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Destinations;

/// <summary>A topic tells functions and queues (N-1 to N-4).</summary>
public class SnsTopicTests
{
    private static readonly Dictionary<string, SqsAttributeValue> Attributes = new() { ["kind"] = "order", ["seal"] = new byte[] { 1, 2 } };

    [Fact]
    public async Task N1_a_message_invokes_a_subscribed_function_with_an_event_of_one_record()
    {
        List<SNSEvent.SNSRecord> seen = [];
        var topic = new SnsTopic("orders").Subscribe(new LambdaFunction("ship", (SNSEvent input) => seen.AddRange(input.Records)));
        await using var host = new LambdaTestHost().Add(topic);

        var message = topic.Publish("""{"id":1}""", "New order", Attributes);
        topic.Publish(new { id = 2 });
        var run = await host.RunUntilIdleAsync();

        Assert.Equal(2, seen.Count);
        var (record, sns) = (seen[0], seen[0].Sns);
        Assert.Equal(("aws:sns", "1.0"), (record.EventSource, record.EventVersion));
        Assert.StartsWith("arn:aws:sns:us-east-1:123456789012:orders:", record.EventSubscriptionArn, StringComparison.Ordinal);
        Assert.Equal((message.MessageId, """{"id":1}""", "New order"), (sns.MessageId, sns.Message, sns.Subject));
        Assert.Equal(("arn:aws:sns:us-east-1:123456789012:orders", "Notification"), (sns.TopicArn, sns.Type));
        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), sns.Timestamp.ToUniversalTime());
        Assert.Equal(("String", "order"), (sns.MessageAttributes["kind"].Type, sns.MessageAttributes["kind"].Value));
        Assert.Equal(("Binary", "AQI="), (sns.MessageAttributes["seal"].Type, sns.MessageAttributes["seal"].Value));
        Assert.All([sns.Signature, sns.SigningCertUrl, sns.UnsubscribeUrl], Assert.NotEmpty);
        Assert.Equal(("""{"id":2}""", null), (seen[1].Sns.Message, seen[1].Sns.Subject));
        Assert.NotEqual(seen[1].Sns.MessageId, sns.MessageId);
        Assert.Equal(record.EventSubscriptionArn, seen[1].EventSubscriptionArn);
        Assert.Equal("topic orders", run.Events.OfType<EventAccepted>().First().From);
    }

    [Fact]
    public async Task N1_a_failing_subscriber_is_retried_as_every_asynchronous_invocation()
    {
        var dead = new SqsQueue("dead");
        var topic = new SnsTopic("orders").Subscribe(
            new LambdaFunction("ship", void (SNSEvent _) => throw new InvalidOperationException()) { DeadLetterQueue = dead }
        );
        await using var host = new LambdaTestHost().Add(topic);

        topic.Publish("x");
        var run = await host.RunUntilIdleAsync();

        Assert.Equal([0, 60.1, 180.2], run.Invocations.Select(invocation => invocation.Start.TotalSeconds));
        Assert.Equal("aws:sns", run.Queue("dead").Messages[0].Json<JsonElement>().GetProperty("Records")[0].GetProperty("EventSource").GetString());
    }

    [Fact]
    public async Task N2_a_queue_gets_the_envelope_and_a_raw_one_the_message_with_its_attributes()
    {
        var (plain, raw) = (new SqsQueue("plain"), new SqsQueue("raw"));
        await using var host = new LambdaTestHost().Add(new SnsTopic("orders").Subscribe(plain).Subscribe(raw, rawMessageDelivery: true));

        var published = host.Topic("orders").Publish("say \"hi\"\n", "Greeting", Attributes);
        host.Topic("orders").Publish("bye");

        var envelope = plain.Messages[0].Body;
        Assert.StartsWith(
            $$"""
            {
              "Type" : "Notification",
              "MessageId" : "{{published.MessageId}}",
              "TopicArn" : "arn:aws:sns:us-east-1:123456789012:orders",
              "Subject" : "Greeting",
              "Message" : "say \"hi\"\n",
              "Timestamp" : "2026-01-01T00:00:00.000Z",
              "SignatureVersion" : "1",
            """,
            envelope,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            """
              "MessageAttributes" : {
                "kind" : {"Type":"String","Value":"order"},
                "seal" : {"Type":"Binary","Value":"AQI="}
              }
            }
            """,
            envelope,
            StringComparison.Ordinal
        );
        Assert.Empty(plain.Messages[0].Attributes);
        var names = plain.Messages[1].Json<JsonElement>().EnumerateObject().Select(member => member.Name);
        Assert.Equal(["Type", "MessageId", "TopicArn", "Message", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL", "UnsubscribeURL"], names);

        Assert.Equal(["say \"hi\"\n", "bye"], raw.Messages.Select(message => message.Body));
        Assert.Equal(["kind", "seal"], raw.Messages[0].Attributes.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task N4_what_a_queue_refuses_is_lost_to_it_alone()
    {
        var (plain, raw) = (new SqsQueue("plain"), new SqsQueue("raw"));
        var topic = new SnsTopic("orders").Subscribe(raw, rawMessageDelivery: true).Subscribe(plain);
        await using var host = new LambdaTestHost().Add(topic);

        topic.Publish("x", attributes: Enumerable.Range(0, 11).ToDictionary(i => $"a{i}", i => (SqsAttributeValue)i));

        Assert.Empty(raw.Messages);
        Assert.Single(plain.Messages);
        var refused = Assert.Single((await host.RunUntilIdleAsync()).Events.OfType<NotificationRefused>());
        Assert.Equal(("topic orders", "raw"), (refused.Publisher, refused.Target));
    }

    [Theory]
    [InlineData("", null, "Empty message")]
    [InlineData("x", "", "Subject")]
    [InlineData("x", "two\nlines", "Subject")]
    [InlineData("x", "Grüße", "Subject")]
    public async Task N3_what_SNS_refuses_is_refused(string message, string? subject, string what)
    {
        var topic = new SnsTopic("orders");
        await using var host = new LambdaTestHost().Add(topic);

        Assert.Equal($"InvalidParameter: Invalid parameter: {what}", Assert.Throws<AwsErrorException>(() => topic.Publish(message, subject)).Message);
        Assert.Throws<AwsErrorException>(() => topic.Publish(new string('x', (256 * 1024) + 1)));
        Assert.Throws<AwsErrorException>(() => topic.Publish("x", new string('x', 101)));
        Assert.Empty(topic.Messages);
        topic.Publish(new string('x', 256 * 1024), new string('x', 100));
    }

    [Fact]
    public async Task A_handler_publishes_in_its_own_time()
    {
        var topic = new SnsTopic("orders").Subscribe(new LambdaFunction("ship", (SNSEvent _) => { }));
        await using var host = new LambdaTestHost().Add(topic);
        host.InvokeEvent(
            new LambdaFunction(
                "place",
                async () =>
                {
                    await Task.Delay(Seconds(1), host.TimeProvider);
                    topic.Publish("x");
                }
            )
        );

        var run = await host.RunUntilIdleAsync();

        Assert.Equal([("place", 0), ("ship", 1)], run.Invocations.Select(invocation => (invocation.Function, invocation.Start.TotalSeconds)));
        Assert.Contains("  00:00:01.000  topic orders        message 1 published\n", run.Timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_no_host_or_in_another_one_or_there_already_is_refused()
    {
        var topic = new SnsTopic("orders");
        Assert.Equal(
            "The topic orders belongs to no host yet. Call host.Add(topic) first, or make it the destination of a function that is in a host.",
            Assert.Throws<InvalidOperationException>(() => topic.Publish("x")).Message
        );
        await using var host = new LambdaTestHost().Add(topic).Add(topic);
        await using var other = new LambdaTestHost();

        Assert.Equal(
            "The topic orders belongs to another host. Make a topic for each host.",
            Assert.Throws<InvalidOperationException>(() => other.Add(topic)).Message
        );
        Assert.StartsWith(
            "There is a topic orders already.",
            Assert.Throws<ArgumentException>(() => host.Add(new SnsTopic("orders"))).Message,
            StringComparison.Ordinal
        );
        var queue = new SqsQueue("queue");
        topic.Subscribe(queue);
        Assert.Throws<ArgumentException>(() => topic.Subscribe(queue));
        Assert.Same(queue, host.Queue("queue"));
        Assert.StartsWith(
            "No topic 'order' in this host; it has orders. Did you mean \"orders\"?",
            Assert.Throws<ArgumentException>(() => host.Topic("order")).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "No bucket 'order' in this host; it has none.",
            Assert.Throws<ArgumentException>(() => host.Bucket("order")).Message,
            StringComparison.Ordinal
        );
    }
}
