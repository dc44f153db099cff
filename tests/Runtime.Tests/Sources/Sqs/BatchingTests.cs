using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime.Tests.Rules;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

public class BatchingTests
{
    private static IEnumerable<int> Sizes(EsmRun run) => run.Invocations.Select(invocation => invocation.Deliveries.Count);

    private static object[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(number => $"{number}")];

    [Fact]
    public async Task B5_without_a_window_a_poll_invokes_with_what_it_finds()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });

        Assert.Equal([10, 10, 5], Sizes(await scenario.RunAsync(Numbered(25))));
    }

    [Fact]
    public async Task B1_a_full_batch_does_not_wait_for_its_window()
    {
        await using var scenario = new Scenario(
            (SQSEvent _) => { },
            m =>
            {
                m.BatchSize = 25;
                m.BatchingWindow = Seconds(300);
            }
        );
        scenario.Queue.VisibilityTimeout = TimeSpan.FromHours(1);

        var run = await scenario.RunAsync(Numbered(25));

        Assert.Equal([25], Sizes(run));
        Assert.Equal(TimeSpan.Zero, run.Invocations[0].Start);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(10000)]
    [Rule("B-10")]
    public async Task B14_15_messages_in_two_sends_are_all_delivered_within_the_window(int batchSize)
    {
        await using var scenario = new Scenario(
            (SQSEvent _) => { },
            m =>
            {
                m.BatchSize = batchSize;
                m.BatchingWindow = Seconds(10);
            }
        );

        var run = await scenario.RunAsync([.. Numbered(10), .. Numbered(5)]);

        Assert.Equal(15, Sizes(run).Sum());
        Assert.Equal("sent 15 = acknowledged 15", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task B6_a_pollers_next_window_starts_when_its_invocation_ends()
    {
        await using var scenario = new Scenario((SQSEvent _) => { }, m => m.BatchingWindow = Seconds(10));
        await scenario.RunAsync("1");
        await scenario.Host.RunForAsync(Seconds(4));
        scenario.Queue.Send("2");

        var run = await scenario.Host.RunUntilIdleAsync();

        // The first ended at 10.1 s; the second came at 14.1 s, within the window that runs until 20.1 s.
        Assert.Equal([Seconds(10), Seconds(20.1)], run.Invocations.Select(invocation => invocation.Start));
    }

    [Fact]
    public async Task Messages_that_trickle_in_during_a_window_share_a_batch()
    {
        await using var scenario = new Scenario((SQSEvent _) => { }, m => m.BatchingWindow = Seconds(10));
        _ = scenario.Host;
        for (var i = 0; i < 4; i++)
            scenario.Queue.Send($"{i}", delay: Seconds(i * 3));

        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal([4], Sizes(run));
        Assert.Equal(Seconds(10), run.Invocations[0].Start);
        Assert.Equal([Seconds(30), Seconds(33), Seconds(36), Seconds(39)], run.Events.OfType<MessagesReceived>().Select(received => received.VisibleAgainAt));
    }

    [Fact]
    public async Task S6_each_message_of_a_batch_has_its_own_visibility_deadline()
    {
        await using var scenario = new Scenario(
            (SQSEvent input) =>
            {
                if (input.Records.All(record => Count(record) == 1))
                    throw new InvalidOperationException();
            },
            m => m.BatchingWindow = Seconds(10)
        );
        _ = scenario.Host;
        scenario.Queue.Send("1");
        scenario.Queue.Send("2", delay: Seconds(6));

        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal(Seconds(30), run.Invocations[0].VisibleAgainAt);
        Assert.Equal([Seconds(30), Seconds(36)], run.Events.OfType<MessagesReceived>().Skip(2).Select(received => received.At));
    }

    [Fact]
    [Rule("S-29")]
    public async Task B12_a_long_poll_can_hold_a_batch_longer_than_its_window_if_the_option_says_so()
    {
        await using var scenario = new Scenario((SQSEvent _) => { }, m => m.BatchingWindow = Seconds(2), new() { LongPollHoldsBatch = true });

        Assert.Equal(Seconds(20), (await scenario.RunAsync("1")).Invocations[0].Start);
    }

    [Fact]
    [Rule("B-15")]
    public async Task B16_a_window_eats_visibility_time_and_B15_gives_it_back_if_the_option_says_so()
    {
        async Task<EsmRun> RunAsync(bool effective)
        {
            await using var scenario = new Scenario(
                (SQSEvent _) => { },
                m => m.BatchingWindow = Seconds(40),
                new() { UseEffectiveVisibilityTimeout = effective }
            );
            scenario.Queue.VisibilityTimeout = Seconds(30);
            return await scenario.RunAsync("1");
        }

        var plain = await RunAsync(effective: false);
        var effective = await RunAsync(effective: true);

        // At 30 s the message is visible again, and the poller that holds it receives it once more.
        Assert.Equal((2, Seconds(60)), (plain.Ledger("orders").Records[0].ReceiveCount, plain.Invocations[0].VisibleAgainAt));
        Assert.Single(plain.Invocations[0].Deliveries);
        Assert.Equal((1, Seconds(73)), (effective.Ledger("orders").Records[0].ReceiveCount, effective.Invocations[0].VisibleAgainAt));
    }

    [Fact]
    [Rule("S-28")]
    public async Task B2_B3_ten_messages_of_1_MiB_do_not_fit_into_one_event()
    {
        await using var scenario = new Scenario((Stream input) => Assert.True(input.Length <= 6 * 1024 * 1024));
        var body = new string('x', 1024 * 1024);

        var run = await scenario.RunAsync([.. Enumerable.Repeat(body, 10)]);

        Assert.Equal([5, 5], Sizes(run));
        Assert.All(run.Invocations, invocation => Assert.InRange(invocation.RequestJson.Length, 5 * 1024 * 1024, 6 * 1024 * 1024));
        Assert.Equal("sent 10 = acknowledged 10", run.Ledger("orders").ToString());
        Assert.Equal(Seconds(0.1), run.Invocations[1].Start);
    }

    [Fact]
    public async Task B2_what_counts_is_the_length_of_the_event_as_it_is_written()
    {
        // Quotes take two bytes in the event.
        await using var scenario = new Scenario((Stream input) => Assert.True(input.Length <= 6 * 1024 * 1024));
        var body = new string('"', 1024 * 1024);

        Assert.Equal([2, 2], Sizes(await scenario.RunAsync(body, body, body, body)));
    }

    [Fact]
    public async Task B21_a_delayed_message_is_not_seen_before_its_time()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        scenario.Queue.Delay = Seconds(5);
        _ = scenario.Host;
        scenario.Queue.Send("queue's");
        scenario.Queue.Send("own", delay: Seconds(2));
        scenario.Queue.Send("none", delay: TimeSpan.Zero);

        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal([TimeSpan.Zero, Seconds(2), Seconds(5)], run.Invocations.Select(invocation => invocation.Start));
        Assert.Contains("1 message sent, visible from 00:00:05", run.Timeline, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, new[] { 10, 2 })]
    [InlineData(true, new[] { 8, 4 })]
    public async Task F18_filtered_messages_use_batch_slots_only_if_the_option_says_so(bool useSlots, int[] sizes)
    {
        await using var scenario = new Scenario(
            (SQSEvent _) => { },
            m => m.Filters = ["""{"body":{"keep":[true]}}"""],
            new() { FilteredMessagesUseBatchSlots = useSlots }
        );

        var run = await scenario.RunAsync([.. Enumerable.Range(0, 14).Select(i => new { keep = i is not (2 or 5) })]);

        Assert.Equal(sizes, Sizes(run));
        Assert.Equal("sent 14 = acknowledged 12 + filtered 2", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task B22_two_mappings_on_a_queue_share_its_messages_and_delete_what_the_others_filter_wanted()
    {
        var queue = new SqsQueue("shared");
        await using var host = new LambdaTestHost(new() { Seed = 3 })
            .Map(
                queue,
                new("red", (SQSEvent input) => Assert.All(input.Records, record => Assert.Contains("red", record.Body, StringComparison.Ordinal))),
                m => m.Filters = ["""{"body":{"color":["red"]}}"""]
            )
            .Map(
                queue,
                new("blue", (SQSEvent input) => Assert.All(input.Records, record => Assert.Contains("blue", record.Body, StringComparison.Ordinal))),
                m => m.Filters = ["""{"body":{"color":["blue"]}}"""]
            );
        queue.SendMany(Enumerable.Range(0, 40).Select(i => new { color = i % 2 == 0 ? "red" : "blue" }));

        var run = await host.RunUntilIdleAsync();

        var ledger = run.Ledger("red");
        Assert.Equal(40, ledger[RecordFate.Acknowledged] + ledger[RecordFate.Filtered]);
        Assert.InRange(ledger[RecordFate.Filtered], 1, 39);
        Assert.Contains(run.Invocations, invocation => invocation.Function == "red");
        Assert.Contains(run.Invocations, invocation => invocation.Function == "blue");
        Assert.Equal(ledger.ToString(), run.Ledger("blue").ToString());
    }
}
