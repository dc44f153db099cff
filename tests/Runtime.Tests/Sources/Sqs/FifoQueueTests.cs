using System.Globalization;
using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime.Sources.Sqs;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

/// <summary>What a FIFO queue accepts, and what it takes for a duplicate: S-45, S-46.</summary>
public class FifoQueueTests
{
    private static SqsQueue Alone(string name = "alone.fifo")
    {
        var queue = new SqsQueue(name);
        new LambdaTestHost().Add(queue);
        return queue;
    }

    private static void Refused(string expected, Action action) => Assert.Equal(expected, Assert.Throws<SqsException>(action).Message);

    [Fact]
    public void The_name_makes_the_type()
    {
        Assert.True(new SqsQueue("orders.fifo").IsFifo);
        Assert.False(new SqsQueue("orders-fifo").IsFifo);
        foreach (var name in new[] { ".fifo", "a b.fifo", new string('x', 76) + ".fifo" })
        {
            Refused(
                "InvalidParameterValue: The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length",
                () => _ = new SqsQueue(name)
            );
        }

        _ = new SqsQueue(new string('x', 75) + ".fifo");
    }

    [Fact]
    public void Sends_are_refused_as_SQS_refuses_them()
    {
        var queue = Alone();
        Refused("MissingParameter: The request must contain the parameter MessageGroupId.", () => queue.Send("m"));
        Refused("MissingParameter: The request must contain the parameter MessageGroupId.", () => queue.SendMany("1", "2"));
        Refused(
            "InvalidParameterValue: The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
            () => queue.Send("m", messageGroupId: "A")
        );
        Refused(
            "InvalidParameterValue: Value 5 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
            () => queue.Send("m", delay: Seconds(5), messageGroupId: "A", deduplicationId: "1")
        );
        Refused(
            "InvalidParameterValue: Value no blanks for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
            () => queue.Send("m", messageGroupId: "no blanks", deduplicationId: "1")
        );
        Refused(
            "InvalidParameterValue: Value  for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
            () => queue.Send("m", messageGroupId: "A", deduplicationId: "")
        );
        Refused(
            "InvalidParameterValue: Value d for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.",
            () => Alone("standard").Send("m", deduplicationId: "d")
        );
        Assert.Empty(queue.Messages);
    }

    [Fact]
    public void Settings_of_FIFO_queues_are_refused_on_standard_queues()
    {
        Refused("InvalidAttributeName: Unknown Attribute ContentBasedDeduplication.", () => new SqsQueue("q").ContentBasedDeduplication = true);
        Refused("InvalidAttributeName: Unknown Attribute DeduplicationScope.", () => new SqsQueue("q").DeduplicationScope = DeduplicationScope.MessageGroup);
    }

    [Theory]
    [InlineData("q", "dlq.fifo")]
    [InlineData("q.fifo", "dlq")]
    public void S25_the_dead_letter_queue_must_be_of_the_same_type(string name, string deadLetterName) =>
        Refused(
            $"InvalidParameterValue: Value {{\"deadLetterTargetArn\":\"{deadLetterName}\",\"maxReceiveCount\":3}} for parameter RedrivePolicy is invalid. Reason: Dead-letter queue must be same type of queue as the source.",
            () => new SqsQueue(name).DeadLetter = new(new(deadLetterName), 3)
        );

    [Fact]
    public async Task S45_a_second_send_within_5_minutes_is_accepted_counted_and_not_delivered()
    {
        await using var scenario = new FifoScenario((SQSEvent _) => { });
        var queue = scenario.Host.Queue("orders.fifo");
        var first = queue.Send("1", messageGroupId: "A", deduplicationId: "d");
        await scenario.Host.RunForAsync(Seconds(299));

        var duplicate = queue.Send("other body", messageGroupId: "B", deduplicationId: "d");
        var run = await scenario.Host.RunForAsync(Seconds(1));

        Assert.Same(first, duplicate.DuplicateOf);
        Assert.Equal((first.MessageId, first.SequenceNumber, 2), (duplicate.MessageId, duplicate.SequenceNumber, duplicate.Number));
        Assert.Equal("sent 2 = acknowledged 1 + deduplicated 1", run.Ledger("orders").ToString());
        Assert.Single(run.Invocations);
        Assert.Equal((Seconds(299), 2, 1), Facts(Assert.Single(run.Events.OfType<MessageDeduplicated>())));
        Assert.Contains(
            "00:04:59.000  queue orders.fifo     ≡ 2 sent, but not delivered: its deduplication id is that of 1 (S-45)\n",
            run.Timeline,
            StringComparison.Ordinal
        );
        run.EnsureAllAcknowledged().EnsureNothingLost().EnsureDeliveredOnce();

        // The interval counts from the first send, whatever was sent since.
        Assert.Null(queue.Send("3", messageGroupId: "A", deduplicationId: "d").DuplicateOf);
        Assert.NotNull(queue.Send("4", messageGroupId: "A", deduplicationId: "d").DuplicateOf);
        Assert.Equal("sent 4 = acknowledged 2 + deduplicated 2", (await scenario.RunAsync()).Ledger("orders").ToString());

        static (TimeSpan, int, int) Facts(MessageDeduplicated happened) => (happened.At, happened.Record.Number, happened.First.Number);
    }

    [Fact]
    public void S45_the_hash_of_the_body_is_the_id_where_none_is_given()
    {
        var queue = Alone();
        queue.ContentBasedDeduplication = true;
        queue.Send("same", messageGroupId: "A");

        Assert.NotNull(queue.Send("same", new Dictionary<string, SqsAttributeValue> { ["n"] = 1 }, messageGroupId: "B").DuplicateOf);
        Assert.Null(queue.Send("same", messageGroupId: "A", deduplicationId: "own").DuplicateOf);
        Assert.Null(queue.Send("other", messageGroupId: "A").DuplicateOf);
        Assert.NotNull(Assert.Single(queue.SendToGroup("A", "other")).DuplicateOf);
        Assert.Equal(3, queue.Messages.Count);
    }

    [Fact]
    public void S46_the_scope_can_be_the_group()
    {
        var queue = Alone();
        queue.DeduplicationScope = DeduplicationScope.MessageGroup;
        queue.Send("1", messageGroupId: "A", deduplicationId: "d");

        Assert.Null(queue.Send("2", messageGroupId: "B", deduplicationId: "d").DuplicateOf);
        Assert.NotNull(queue.Send("3", messageGroupId: "A", deduplicationId: "d").DuplicateOf);
    }

    [Fact]
    public void SendToGroup_makes_an_id_for_each_message_where_the_queue_makes_none()
    {
        var queue = Alone();
        queue.SendToGroup("A", "same", "same");
        queue.SendToGroup("A", new List<object> { new { Id = 1 } });

        Assert.Equal(["same", "same", "{\"Id\":1}"], queue.Messages.Select(message => message.Body));
        Assert.Equal(3, queue.Messages.Select(message => message.DeduplicationId).Distinct().Count());
        Assert.Equal(["18849496460467696128", "18849496460467696384", "18849496460467696640"], queue.Messages.Select(message => message.SequenceNumber));
        var standard = Alone("standard");
        Assert.Null(Assert.Single(standard.SendToGroup("A", "m")).DeduplicationId);
        Assert.Equal(("A", null), (standard.Messages[0].MessageGroupId, standard.Messages[0].SequenceNumber));
    }

    [Fact]
    public async Task S66_the_story_of_a_duplicate_names_the_message_that_it_repeats()
    {
        await using var scenario = new FifoScenario(void (SQSEvent _) => throw new InvalidOperationException()).WithMaxReceiveCount(1);
        scenario.Send("A", "1");
        scenario.Queue.Send("2", messageGroupId: "A", deduplicationId: "d");
        scenario.Queue.Send("3", messageGroupId: "A", deduplicationId: "d");

        var run = await scenario.RunAsync();

        Assert.Equal(
            $"message 3 ({scenario.Queue.Store.All[2].MessageId[..4]}…, 3) was accepted and never delivered:\n"
                + "    its deduplication id 'd' was sent with message 2 less than 5 minutes before (S-45).",
            run.Queue("orders.fifo").Tell(new(3, RecordFate.Deduplicated, 0))
        );
    }

    [Fact]
    public void A_FIFO_mapping_takes_no_window_and_no_large_batch()
    {
        Assert.Equal("InvalidParameterValueException: Batching window is not supported for FIFO queues", Mapped(m => m.BatchingWindow = Seconds(1)).Message);
        Assert.Equal("P-21", Mapped(m => (m.BatchingWindow, m.BatchSize) = (Seconds(5), 100)).RuleId);
        var large = Mapped(m => m.BatchSize = 11);
        Assert.Equal(
            ("P-22", "InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10"),
            (large.RuleId, large.Message)
        );

        static InvalidParameterValueException Mapped(Action<EventSourceMappingOptions> configure) =>
            Assert.Throws<InvalidParameterValueException>(() =>
                new LambdaTestHost().Map(new SqsQueue("orders.fifo"), new("orders", (SQSEvent _) => { }), configure)
            );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1_000)]
    [InlineData(37_235_562)]
    [InlineData(37_235_563)]
    [InlineData(int.MaxValue)]
    public void Sequence_numbers_grow_past_any_carry(int sequence)
    {
        var grouping = new MessageGrouping("A", "1") { Sequence = sequence };

        Assert.Equal(
            (UInt128.Parse("18849496460467696128", CultureInfo.InvariantCulture) + ((UInt128)(sequence - 1) * 256)).ToString(CultureInfo.InvariantCulture),
            grouping.SequenceNumber
        );
    }
}
