using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime.Tests.Rules;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

public class SqsQueueTests
{
    private static (LambdaTestHost Host, SqsQueue Queue) Alone()
    {
        var queue = new SqsQueue("alone");
        return (new LambdaTestHost().Add(queue), queue);
    }

    private static void Refused(string expected, Action action) => Assert.Equal(expected, Assert.Throws<SqsException>(action).Message);

    [Theory]
    [InlineData("")]
    [InlineData("no spaces")]
    [InlineData("a.b")]
    public void Names_are_checked(string name) =>
        Refused("InvalidParameterValue: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length", () => _ = new SqsQueue(name));

    [Fact]
    [Rule("S-20", "S-22")]
    public void Settings_out_of_range_are_refused()
    {
        var queue = new SqsQueue("q");
        Refused(
            "InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout.",
            () => queue.VisibilityTimeout = TimeSpan.FromHours(12) + Seconds(1)
        );
        Refused("InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout.", () => queue.VisibilityTimeout = Seconds(-1));
        Refused("InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout.", () => queue.VisibilityTimeout = Seconds(1.5));
        Refused("InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout.", () => queue.VisibilityTimeout = TimeSpan.MaxValue);
        Refused("InvalidAttributeValue: Invalid value for the parameter MessageRetentionPeriod.", () => queue.MessageRetentionPeriod = Seconds(59));
        Refused("InvalidAttributeValue: Invalid value for the parameter MessageRetentionPeriod.", () => queue.MessageRetentionPeriod = TimeSpan.FromDays(15));
        Refused("InvalidAttributeValue: Invalid value for the parameter DelaySeconds.", () => queue.Delay = Seconds(901));
        Refused(
            "InvalidParameterValue: Value {\"deadLetterTargetArn\":\"dlq\",\"maxReceiveCount\":0} for parameter RedrivePolicy is invalid. Reason: Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.",
            () => queue.DeadLetter = new(new("dlq"), 0)
        );
        Refused(
            "InvalidParameterValue: Value {\"deadLetterTargetArn\":\"q\",\"maxReceiveCount\":3} for parameter RedrivePolicy is invalid. Reason: Dead letter target owns this queue.",
            () => queue.DeadLetter = new(queue, 3)
        );
        Assert.Equal((Seconds(30), TimeSpan.FromDays(4), TimeSpan.Zero), (queue.VisibilityTimeout, queue.MessageRetentionPeriod, queue.Delay));
    }

    [Fact]
    public void Messages_are_refused_as_SQS_refuses_them()
    {
        var (_, queue) = Alone();
        Refused("MissingParameter: The request must contain the parameter MessageBody.", () => queue.Send(""));
        Refused(
            "InvalidParameterValue: Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
            () => queue.Send("m", delay: Seconds(901))
        );
        Refused(
            "InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.",
            () => queue.Send(new string('x', 1024 * 1024 + 1))
        );
        Refused(
            "InvalidMessageContents: Invalid binary character '#x1' was found in the message body, the set of allowed characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
            () => queue.Send("a\u0001")
        );
        Refused(
            "InvalidParameterValue: Number of message attributes [11] exceeds the allowed maximum [10].",
            () => queue.Send("m", Enumerable.Range(0, 11).ToDictionary(i => $"a{i}", i => (SqsAttributeValue)i))
        );
        Refused(
            "InvalidParameterValue: Message (user) attribute value of type 'String' must not be empty.",
            () => queue.Send("m", new Dictionary<string, SqsAttributeValue> { ["a"] = "" })
        );
        Assert.Empty(queue.Messages);
        queue.Send(new string('x', 1024 * 1024));
    }

    [Fact]
    public void A_list_is_refused_with_a_hint_at_SendMany()
    {
        var (_, queue) = Alone();

        var exception = Assert.Throws<ArgumentException>(() => queue.Send(new List<int> { 1, 2 }));
        Assert.StartsWith(
            "Send takes one message, but got a list ('System.Collections.Generic.List`1[System.Int32]'). Call SendMany(…) for a message each, "
                + "or Send(JsonSerializer.Serialize(list)) for one message with the list in it.",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => queue.Send(new byte[] { 1 }));
        queue.Send(new Dictionary<string, object?> { ["a"] = 1 });
        queue.Send(new System.Text.Json.Nodes.JsonArray(1, 2));
        Assert.Equal(["{\"a\":1}", "[1,2]"], queue.Messages.Select(message => message.Body));
    }

    [Fact]
    public void Objects_are_serialised_and_strings_are_not()
    {
        var (_, queue) = Alone();
        queue.SendMany("raw", new { OrderId = 1 }, 5);
        queue.SendMany(new List<string> { "a", "b" });
        queue.SendMany(new[] { "c" });

        Assert.Equal(["raw", "{\"OrderId\":1}", "5", "a", "b", "c"], queue.Messages.Select(message => message.Body));
        Assert.Equal([1, 2, 3, 4, 5, 6], queue.Messages.Select(message => message.Number));
        Assert.Equal(6, queue.Messages.Select(message => message.MessageId).Distinct().Count());
        Assert.All(queue.Messages, message => Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", message.MessageId));
    }

    [Fact]
    public void A_queue_without_a_host_takes_no_message() =>
        Assert.Equal(
            "The queue 'lonely' belongs to no host yet. Call host.Map(queue, function) or host.Add(queue) first, or make it the dead-letter queue of one that is in a host.",
            Assert.Throws<InvalidOperationException>(() => new SqsQueue("lonely").Send("m")).Message
        );

    [Fact]
    public void Code_can_receive_delete_and_change_visibility_itself()
    {
        var (_, queue) = Alone();
        queue.SendMany("1", "2", "3");

        var received = queue.Receive(2);
        Assert.Equal(["1", "2"], received.Select(receipt => receipt.Message.Body));
        Assert.True(queue.Delete(received[0].ReceiptHandle));
        Assert.False(queue.Delete(received[0].ReceiptHandle));
        Assert.Equal("3", Assert.Single(queue.Receive(10)).Message.Body);
        queue.ChangeVisibility(received[1].ReceiptHandle, TimeSpan.Zero);
        var again = Assert.Single(queue.Receive(10));
        Assert.Equal(("2", 2), (again.Message.Body, again.Message.ApproximateReceiveCount));
        Assert.NotEqual(received[1].ReceiptHandle, again.ReceiptHandle);
        Refused(
            $"InvalidParameterValue: Value {received[1].ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.",
            () => queue.ChangeVisibility(received[1].ReceiptHandle, Seconds(5))
        );
        Assert.False(queue.Delete(received[1].ReceiptHandle));
        Assert.Equal(["2", "3"], queue.Messages.Select(message => message.Body));
    }

    [Fact]
    [Rule("S-30")]
    public void Receives_and_handles_are_checked()
    {
        var (host, queue) = Alone();
        var other = new SqsQueue("other");
        host.Add(other);
        other.Send("m");
        Refused(
            "InvalidParameterValue: Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
            () => queue.Receive(11)
        );
        Refused("ReceiptHandleIsInvalid: The input receipt handle \"nonsense\" is not a valid receipt handle.", () => queue.Delete("nonsense"));
        Assert.Throws<SqsException>(() => queue.Delete(other.Receive()[0].ReceiptHandle));
    }

    [Fact]
    [Rule("S-67")]
    public async Task S5_a_message_that_the_handler_deletes_is_not_redelivered_when_the_batch_fails()
    {
        SqsQueue? queue = null;
        await using var scenario = new Scenario(
            (SQSEvent input) =>
            {
                queue!.Delete(input.Records[0].ReceiptHandle);
                if (Count(input.Records[0]) == 1 && input.Records.Count == 2)
                    throw new InvalidOperationException();
            }
        );
        queue = scenario.Queue;

        var run = await scenario.RunAsync("1", "2");

        Assert.Equal(["1 2", "2"], run.Invocations.Select(invocation => string.Join(' ', invocation.Deliveries.Select(delivery => delivery.Record.Number))));
        Assert.Equal("sent 2 = deleted by the handler 2", run.Ledger("orders").ToString());
        Assert.Equal(2, Assert.Single(run.Events.OfType<LateDeleteIgnored>()).Records[0].Number);
    }

    [Fact]
    public async Task S5_a_handler_can_shorten_the_time_until_the_retry()
    {
        SqsQueue? queue = null;
        await using var scenario = new Scenario(
            (SQSEvent input) =>
            {
                if (Count(input.Records[0]) > 1)
                    return;
                queue!.ChangeVisibility(input.Records[0].ReceiptHandle, Seconds(5));
                throw new InvalidOperationException();
            }
        );
        queue = scenario.Queue;

        var run = await scenario.RunAsync("m");

        Assert.Equal([TimeSpan.Zero, Seconds(5)], run.Invocations.Select(invocation => invocation.Start));
        Assert.Contains("1 visible again at 00:00:05, set by code (S-5)", run.Timeline, StringComparison.Ordinal);
    }

    [Fact]
    public void S27_at_120000_messages_in_flight_a_receive_gives_nothing()
    {
        const int Most = 120_000;
        var queue = new SqsQueue("orders");
        var host = new LambdaTestHost(new() { History = HistoryDetail.LedgerOnly }).Add(queue);
        queue.SendMany([.. Enumerable.Range(0, Most + 1).Select(number => (object)$"{number}")]);
        var last = queue.Receive(10);
        for (var received = last.Count; received < Most; received += last.Count)
            last = queue.Receive(10);

        Assert.Equal(10, last.Count);
        Assert.Empty(queue.Receive(10));
        queue.Delete(last[0].ReceiptHandle);
        Assert.Single(queue.Receive(10));
        Assert.Same(queue, host.Queue("orders"));
    }
}
