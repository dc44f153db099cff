using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime.Tests.Rules;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

/// <summary>What someone sees who maps a queue for the first time: batch size 3, batching window 12 s, function timeout 20 s, the queue's defaults.</summary>
public class FirstTimerTests
{
    private static Scenario Story(TimeSpan window)
    {
        var scenario = new Scenario(
            (SQSEvent _) => { },
            m =>
            {
                m.BatchSize = 3;
                m.BatchingWindow = window;
            }
        );
        scenario.Function.Timeout = Seconds(20);
        return scenario;
    }

    [Fact]
    public async Task Four_messages_are_a_batch_of_three_at_once_and_the_fourth_when_the_window_ends()
    {
        await using var scenario = Story(Seconds(12));

        var run = await scenario.RunAsync("1", "2", "3", "4");

        Assert.Equal(
            """
              00:00:00.000  queue orders     4 messages sent
              00:00:00.000  orders #1        ▶ batch of 3 [1 2 3]  visibility until 00:00:30
              00:00:00.000  queue orders     received 4  visibility until 00:00:30  for 'orders'
              00:00:00.100  orders #1        ■ returned
              00:00:00.100  queue orders     ✖ deleted 1, 2, 3
              00:00:12.000  orders #2        ▶ batch of 1 [4]  visibility until 00:00:30
              00:00:12.100  orders #2        ■ returned
              00:00:12.100  queue orders     ✖ deleted 4

            """,
            run.Timeline
        );
    }

    [Fact]
    public async Task Without_a_window_throttled_invocations_burn_receives_until_a_message_is_dead_that_never_ran()
    {
        await using var scenario = Story(TimeSpan.Zero).WithMaxReceiveCount(1);
        scenario.Function.ReservedConcurrency = 1;
        scenario.Function.Takes(perRecord: Seconds(6));
        scenario.Host.Faults.Throttle(on => on.Deliveries.Any(delivery => delivery.Record.Number == 4));

        var run = await scenario.RunAsync("1", "2", "3", "4");

        Assert.Equal("4", Assert.Single(run.Queue("orders-dlq").Messages).Body);
        Assert.Empty(run.Ledger("orders").Deliveries(4));
        Assert.Equal(1, run.Ledger("orders").Records[3].ReceiveCount);
        Assert.Equal("sent 4 = acknowledged 3 + dead-lettered 1", run.Ledger("orders").ToString());
        var released = Assert.Single(run.Events.OfType<BatchReleased>());
        Assert.Equal((Seconds(30), 4), (released.At, released.Records[0].Number));
    }

    [Fact]
    [Rule("S-8")]
    public async Task Reserved_concurrency_alone_kills_messages_that_never_ran()
    {
        await using var scenario = Story(TimeSpan.Zero).WithMaxReceiveCount(1);
        scenario.Function.ReservedConcurrency = 1;
        scenario.Function.Takes(perRecord: Seconds(6));

        // The first batch ends after 18 s. The pollers of the others have tried at 1, 3, 7 and 15 s and would try again at 31 s: a second too late.
        var run = await scenario.RunAsync("1", "2", "3", "4", "5", "6", "7", "8", "9");

        Assert.Equal(["4", "5", "6", "7", "8", "9"], run.Queue("orders-dlq").Messages.Select(message => message.Body));
        Assert.Single(run.Invocations);
        Assert.Equal(
            [0, 1, 3, 7, 15],
            run.Events.OfType<InvocationThrottled>().Where(throttled => throttled.Records[0].Number == 4).Select(throttled => throttled.At.TotalSeconds)
        );
        Assert.StartsWith(
            $"""
            6 of 9 records were not acknowledged.
              message 4 ({run.Queue("orders-dlq").Messages[0].MessageId[..4]}…, 4) was received once and moved to orders-dlq (S-23):
                no invocation ever got it: every receive was used up by throttling (S-7, S-8).

            """,
            Assert.Throws<EsmExpectationException>(run.EnsureAllAcknowledged).Message,
            StringComparison.Ordinal
        );
    }
}
