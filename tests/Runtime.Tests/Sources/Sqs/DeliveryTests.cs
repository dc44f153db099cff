using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Tests.Rules;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

/// <summary>Visibility, redrive, retention, late deletes: sections 4.1 and 4.3.</summary>
public class DeliveryTests
{
    [Fact]
    public async Task S1_a_failed_batch_comes_back_when_its_visibility_timeout_is_over_and_not_before()
    {
        await using var scenario = new Scenario(
            (SQSEvent input) =>
            {
                if (Count(input.Records[0]) < 3)
                    throw new InvalidOperationException();
            }
        );
        scenario.Queue.VisibilityTimeout = Seconds(90);

        var run = await scenario.RunAsync("1", "2");

        Assert.Equal([TimeSpan.Zero, Seconds(90), Seconds(180)], run.Invocations.Select(invocation => invocation.Start));
        Assert.All(run.Invocations, invocation => Assert.Equal(2, invocation.Deliveries.Count));
    }

    [Fact]
    public async Task S3_only_the_reported_messages_come_back()
    {
        await using var scenario = new Scenario(
            (SQSEvent input) => Report(input, body => body == "2" && Count(input.Records.Single(record => record.Body == "2")) < 3),
            m => m.ReportBatchItemFailures = true
        );

        var run = await scenario.RunAsync("1", "2", "3");

        Assert.Equal(
            ["1 2 3", "2", "2"],
            run.Invocations.Select(invocation => string.Join(' ', invocation.Deliveries.Select(delivery => delivery.Record.Number)))
        );
        Assert.Equal(["R-11", "R-19", "R-5"], run.Invocations.Select(invocation => invocation.Outcome!.Rule));
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("orders").ToString());
    }

    [Fact]
    [Rule("S-60")]
    public async Task R20a_without_the_setting_reported_messages_are_deleted()
    {
        await using var scenario = new Scenario((SQSEvent input) => Report(input, body => body == "2"));

        var run = await scenario.RunAsync("1", "2", "3");

        Assert.Single(run.Invocations);
        Assert.Equal(
            [RecordFate.Acknowledged, RecordFate.AcknowledgedAlthoughReported, RecordFate.Acknowledged],
            run.Ledger("orders").Records.Select(record => record.Fate)
        );
        Assert.Equal("sent 3 = acknowledged 2 + acknowledged although reported as failed 1", run.Ledger("orders").ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task S23_the_code_sees_a_message_at_most_maxReceiveCount_times(int maxReceiveCount)
    {
        await using var scenario = new Scenario(void (SQSEvent _) => throw new InvalidOperationException()).WithMaxReceiveCount(maxReceiveCount);

        var run = await scenario.RunAsync("m");

        Assert.Equal(maxReceiveCount, run.Invocations.Count);
        var dead = Assert.Single(run.Events.OfType<MessageDeadLettered>());
        Assert.Equal((maxReceiveCount, Seconds(30 * maxReceiveCount)), (dead.ReceiveCount, dead.At));
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task S21_without_a_dead_letter_queue_a_poison_message_is_tried_for_its_whole_retention_period()
    {
        await using var scenario = new Scenario(void (SQSEvent _) => throw new InvalidOperationException());

        var run = await scenario.RunAsync("poison");

        Assert.Equal(4 * 24 * 60 * 2, run.Invocations.Count);
        Assert.Equal((TimeSpan.FromDays(4), 11_520), (run.End, run.Ledger("orders").Records[0].ReceiveCount));
        Assert.Equal("sent 1 = expired 1", run.Ledger("orders").ToString());
        Assert.EndsWith("  96:00:00.000  queue orders      ✖ 1 expired after 11,520 receives (S-21)\n", run.Timeline, StringComparison.Ordinal);
        Assert.Equal(61, run.Timeline.Count(character => character == '\n'));
        Assert.Contains("  … 22,982 more lines …\n", run.Timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S26_a_standard_dead_letter_queue_counts_retention_from_the_first_send()
    {
        await using var scenario = new Scenario(void (SQSEvent _) => throw new InvalidOperationException()).WithMaxReceiveCount(2);
        scenario.DeadLetterQueue.MessageRetentionPeriod = Seconds(120);

        var run = await scenario.RunAsync("m");
        Assert.Single(run.Queue("orders-dlq").Messages);
        var before = await scenario.Host.RunForAsync(Seconds(59));
        var after = await scenario.Host.RunForAsync(Seconds(1));

        Assert.Single(before.Queue("orders-dlq").Messages);
        Assert.Equal(("sent 1 = expired 1", Seconds(120)), (after.Queue("orders-dlq").Ledger.ToString(), after.End));
    }

    [Fact]
    public async Task S64_a_dead_letter_queue_with_too_short_a_retention_loses_the_message_as_it_arrives()
    {
        await using var scenario = new Scenario(void (SQSEvent _) => throw new InvalidOperationException()).WithMaxReceiveCount(3);
        scenario.DeadLetterQueue.MessageRetentionPeriod = Seconds(60);

        await scenario.RunAsync("m");
        var run = await scenario.Host.RunForAsync(TimeSpan.Zero);

        Assert.Equal("sent 1 = expired 1", run.Queue("orders-dlq").Ledger.ToString());
        Assert.Equal(Seconds(90), run.Events.OfType<MessageExpired>().Single().At);
    }

    [Fact]
    public async Task S63_a_delay_longer_than_the_retention_loses_the_message_unseen()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        scenario.Queue.MessageRetentionPeriod = Seconds(60);
        _ = scenario.Host;
        scenario.Queue.Send("m", delay: Seconds(61));

        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Empty(run.Invocations);
        Assert.Equal("sent 1 = expired 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task A_message_that_expires_while_it_is_worked_on_counts_as_acknowledged_if_the_work_succeeds()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        scenario.Queue.MessageRetentionPeriod = Seconds(60);
        scenario.Function.Timeout = Seconds(20);
        scenario.Function.Takes(perInvocation: Seconds(15));
        _ = scenario.Host;
        scenario.Queue.Send("m", delay: Seconds(50));

        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal(Seconds(60), run.Events.OfType<MessageExpired>().Single().At);
        Assert.Equal(Seconds(65), run.Invocations[0].End);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task A_message_whose_visibility_runs_out_during_the_work_is_delivered_twice_at_once_and_the_late_delete_is_harmless()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        scenario.Function.Timeout = Seconds(60);
        scenario.Queue.VisibilityTimeout = Seconds(60);
        scenario.Function.Takes(perInvocation: Seconds(50));
        _ = scenario.Host;
        scenario.Queue.VisibilityTimeout = Seconds(30);

        var run = await scenario.RunAsync("m");

        Assert.Equal(
            """
              00:00:00.000  queue orders     1 message sent
              00:00:00.000  orders #1        ▶ batch of 1 [1]  visibility until 00:00:30
              00:00:30.000  orders #2        ▶ batch of 1 [1]  receive 2  visibility until 00:01:00
              00:00:50.000  orders #1        ■ returned
              00:00:50.000  queue orders     late delete of 1 ignored: received again meanwhile, or gone (S-5)
              00:01:00.000  orders #3        ▶ batch of 1 [1]  receive 3  visibility until 00:01:30
              00:01:20.000  orders #2        ■ returned
              00:01:20.000  queue orders     late delete of 1 ignored: received again meanwhile, or gone (S-5)
            """,
            string.Join("\n", TimelineWriter.Write([.. run.Events.Where(happened => happened.At < Seconds(85))]).Split("\n").Take(8))
        );
        Assert.Equal([1, 2, 1], run.Invocations.Take(3).Select(invocation => invocation.ExecutionEnvironment));

        // No delete ever came in time; the message's retention ended during the last of its many deliveries.
        Assert.Equal((11_520, "sent 1 = acknowledged 1"), (run.Invocations.Count, run.Ledger("orders").ToString()));
    }

    [Fact]
    public async Task A_stale_receipt_handle_deletes_if_the_option_says_so()
    {
        await using var scenario = new Scenario((SQSEvent _) => { }, options: new() { StaleReceiptHandlesDelete = true });
        scenario.Function.Timeout = Seconds(60);
        scenario.Queue.VisibilityTimeout = Seconds(60);
        scenario.Function.Takes(perInvocation: Seconds(50));
        _ = scenario.Host;
        scenario.Queue.VisibilityTimeout = Seconds(30);

        var run = await scenario.RunAsync("m");

        Assert.Equal(2, run.Invocations.Count);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
        Assert.Equal(Seconds(50), run.Events.OfType<MessagesDeleted>().Single().At);
    }

    [Fact]
    public async Task A_function_timeout_while_the_visibility_runs_out_overlaps_with_the_second_delivery()
    {
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(
            async (SQSEvent input) =>
            {
                if (Count(input.Records[0]) == 1)
                    await Task.Delay(Seconds(100), host!.TimeProvider);
            }
        );
        scenario.Function.Timeout = Seconds(60);
        scenario.Queue.VisibilityTimeout = Seconds(60);
        host = scenario.Host;
        scenario.Queue.VisibilityTimeout = Seconds(30);

        var run = await scenario.RunAsync("m");

        Assert.Equal([(0.0, 60.0), (30.0, 30.1)], run.Invocations.Select(invocation => (invocation.Start.TotalSeconds, invocation.End!.Value.TotalSeconds)));
        Assert.Equal(["Sandbox.Timedout", null], run.Invocations.Select(invocation => invocation.Error?.Type));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task Messages_of_queues_that_nobody_reads_do_not_keep_a_run_going()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        _ = scenario.Host;
        scenario.DeadLetterQueue.Send("left");

        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal(TimeSpan.Zero, run.End);
        Assert.Single(run.Queue("orders-dlq").Messages);
    }

    [Fact]
    public async Task A_disabled_mapping_leaves_its_messages_waiting()
    {
        await using var scenario = new Scenario((SQSEvent _) => { }, m => m.Enabled = false);

        Assert.Equal("sent 1 = waiting 1", (await scenario.RunAsync("m")).Ledger("orders").ToString());
    }

    [Fact]
    public async Task A_shuffled_queue_hands_out_its_messages_in_another_order_each_seed_and_none_twice()
    {
        async Task<string> OrderAsync(int seed)
        {
            await using var scenario = new Scenario((SQSEvent _) => { }, m => m.BatchSize = 3, new() { Seed = seed, ReceiveOrder = ReceiveOrder.Shuffled });
            var run = await scenario.RunAsync([.. Enumerable.Range(1, 12).Select(number => $"{number}")]);
            Assert.Equal("sent 12 = acknowledged 12", run.Ledger("orders").ToString());
            return string.Join(' ', run.Invocations.SelectMany(invocation => invocation.Deliveries).Select(delivery => delivery.Record.Number));
        }

        var first = await OrderAsync(1);
        Assert.Equal(first, await OrderAsync(1));
        Assert.NotEqual(first, await OrderAsync(2));
        Assert.NotEqual("1 2 3 4 5 6 7 8 9 10 11 12", first);
        Assert.Equal(12, first.Split(' ').Distinct().Count());
    }
}
