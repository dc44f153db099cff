using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime.Tests.Rules;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

/// <summary>Concurrency, throttling and back-off: sections 4.2 and 5.</summary>
public class ScalingTests
{
    private static object[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(number => $"{number}")];

    private static int Running(EsmRun run, double at) =>
        run.Invocations.Count(invocation => invocation.Start <= Seconds(at) && (invocation.End is null || invocation.End > Seconds(at)));

    private static Scenario Slow(double seconds, Action<EventSourceMappingOptions>? configure = null, LambdaTestHostOptions? options = null)
    {
        var scenario = new Scenario(
            (SQSEvent _) => { },
            m =>
            {
                m.BatchSize = 1;
                configure?.Invoke(m);
            },
            options
        );
        scenario.Function.Timeout = Seconds(900);
        scenario.Queue.VisibilityTimeout = Seconds(5400);
        scenario.Function.Takes(perInvocation: Seconds(seconds));
        return scenario;
    }

    [Fact]
    [Rule("B-11")]
    public async Task C1_C2_a_mapping_starts_with_5_invocations_at_once_and_adds_300_a_minute_up_to_1250()
    {
        await using var scenario = Slow(600, options: new() { AccountConcurrency = 3000 });
        _ = scenario.Host;
        scenario.Queue.SendMany(Numbered(2000));

        var run = await scenario.Host.RunForAsync(Seconds(400));

        Assert.Equal([5, 5, 305, 305, 605, 905, 1205, 1250, 1250], new[] { 0, 59.9, 60, 119.9, 120, 180, 240, 300, 390 }.Select(at => Running(run, at)));
    }

    [Fact]
    public async Task C3_after_a_lull_a_mapping_starts_with_5_again()
    {
        await using var scenario = Slow(30);
        await scenario.RunAsync(Numbered(400));
        await scenario.Host.RunForAsync(Seconds(600));
        var start = (await scenario.Host.RunForAsync(TimeSpan.Zero)).End.TotalSeconds;
        scenario.Queue.SendMany(Numbered(50));

        var run = await scenario.Host.RunForAsync(Seconds(20));

        Assert.Equal(5, Running(run, start + 10));
    }

    [Fact]
    public async Task C3_a_mapping_that_has_grown_keeps_its_pollers_while_it_uses_them()
    {
        await using var scenario = Slow(90);
        _ = scenario.Host;
        scenario.Queue.SendMany(Numbered(200));
        scenario.Queue.Send("later", delay: Seconds(170));

        // 195 more start after a minute and end at 150 s; the next look at whether they are still needed is at 180 s.
        var run = await scenario.Host.RunForAsync(Seconds(179));
        Assert.Equal([5, 200, 1], new[] { 0.0, 65, 171 }.Select(at => Running(run, at)));
        scenario.Queue.SendMany(Numbered(100));
        run = await scenario.Host.RunForAsync(Seconds(2));

        Assert.Equal(101, Running(run, 179.5));
    }

    [Fact]
    public async Task S10_maximum_concurrency_stops_reading_so_that_no_receive_is_burnt()
    {
        await using var scenario = Slow(10, m => m.MaximumConcurrency = 2).WithMaxReceiveCount(1);
        scenario.Function.ReservedConcurrency = 2;

        var run = await scenario.RunAsync(Numbered(9));

        Assert.Equal("sent 9 = acknowledged 9", run.Ledger("orders").ToString());
        Assert.Empty(run.Events.OfType<InvocationThrottled>());
        Assert.All(run.Ledger("orders").Records, record => Assert.Equal(1, record.ReceiveCount));
        Assert.Equal([0, 0, 10, 10, 20, 20, 30, 30, 40], run.Invocations.Select(invocation => invocation.Start.TotalSeconds));
    }

    [Fact]
    public async Task S7_throttled_invocations_are_tried_again_with_growing_waits_until_the_visibility_runs_out()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        scenario.Host.Faults.Throttle(first: 5);

        var run = await scenario.RunAsync("m");

        Assert.Equal([0, 1, 3, 7, 15], run.Events.OfType<InvocationThrottled>().Select(throttled => throttled.At.TotalSeconds));
        Assert.Equal([Seconds(1), Seconds(3), Seconds(7), Seconds(15), null], run.Events.OfType<InvocationThrottled>().Select(throttled => throttled.RetryAt));
        Assert.Equal(Seconds(30), Assert.Single(run.Events.OfType<BatchReleased>()).At);
        Assert.Equal((Seconds(30), 2), (run.Invocations[0].Start, run.Invocations[0].Deliveries[0].ReceiveCount));
        Assert.Equal(
            """
              00:00:00.000  queue orders     1 message sent
              00:00:00.000  orders           ◌ throttled with [1]: throttled by a fault; tries again at 00:00:01
            """,
            string.Join('\n', run.Timeline.Split('\n').Take(2))
        );
        Assert.Contains(
            "00:00:15.000  orders           ◌ throttled with [1]: throttled by a fault; no time is left before the messages are visible again\n",
            run.Timeline,
            StringComparison.Ordinal
        );
        Assert.Contains("00:00:30.000  orders           ✖ let go of [1]: received, but never run (S-7)\n", run.Timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S7_the_waits_between_tries_are_options()
    {
        await using var scenario = new Scenario(
            (SQSEvent _) => { },
            options: new() { ThrottleRetryDelay = Seconds(2), MaximumThrottleRetryDelay = Seconds(5) }
        );
        scenario.Host.Faults.Throttle(first: 5);

        var run = await scenario.RunAsync("m");

        Assert.Equal([0, 2, 6, 11, 16], run.Events.OfType<InvocationThrottled>().Select(throttled => throttled.At.TotalSeconds));
        Assert.Equal((Seconds(21), 1), (run.Invocations[0].Start, run.Invocations[0].Deliveries[0].ReceiveCount));
    }

    [Fact]
    public async Task C13_reserved_concurrency_is_never_exceeded()
    {
        await using var scenario = Slow(10);
        scenario.Function.ReservedConcurrency = 3;

        var run = await scenario.RunAsync(Numbered(20));

        Assert.Equal("sent 20 = acknowledged 20", run.Ledger("orders").ToString());
        Assert.Equal(3, run.Invocations.Max(invocation => Running(run, invocation.Start.TotalSeconds)));
        Assert.All(run.Events.OfType<InvocationThrottled>(), throttled => Assert.Equal("reserved concurrency 3 is in use", throttled.Reason));
    }

    [Fact]
    public async Task C13_the_accounts_concurrency_is_shared_by_the_functions_that_reserve_none()
    {
        var (left, right) = (new SqsQueue("left"), new SqsQueue("right"));
        var (first, second) = (new LambdaFunction("first", () => { }) { ReservedConcurrency = 4 }, new LambdaFunction("second", () => { }));
        first.Takes(Seconds(2));
        second.Takes(Seconds(2));
        await using var host = new LambdaTestHost(new() { AccountConcurrency = 7 })
            .Map(left, first, m => m.BatchSize = 1)
            .Map(right, second, m => m.BatchSize = 1);
        left.SendMany(Numbered(5));
        right.SendMany(Numbered(5));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(4, run.Invocations.Count(invocation => invocation.Function == "first" && invocation.Start == TimeSpan.Zero));
        Assert.Equal(3, run.Invocations.Count(invocation => invocation.Function == "second" && invocation.Start == TimeSpan.Zero));
        Assert.Equal(
            "the account's concurrency 3 is in use",
            run.Events.OfType<InvocationThrottled>().First(throttled => throttled.Function == "second").Reason
        );
    }

    [Theory]
    [InlineData(false, true, 1)]
    [InlineData(true, true, 5)]
    [InlineData(false, false, 5)]
    public async Task S9_function_errors_slow_the_pollers_down_unless_failures_are_reported(bool reports, bool backsOff, int afterFailures)
    {
        var isBroken = true;
        await using var scenario = new Scenario(
            (SQSEvent _) =>
            {
                if (isBroken)
                    throw new InvalidOperationException();
            },
            m =>
            {
                m.BatchSize = 1;
                m.ReportBatchItemFailures = reports;
            },
            new() { BackOffAfterFunctionErrors = backsOff }
        );
        await scenario.RunForAsync(Numbered(5), Seconds(29));

        var run = await scenario.Host.RunForAsync(Seconds(1.05));
        Assert.Equal(afterFailures, run.Invocations.Count(invocation => invocation.Start == Seconds(30)));
        isBroken = false;
        run = await scenario.Host.RunUntilIdleAsync();
        Assert.Equal("sent 5 = acknowledged 5", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task Reserved_concurrency_of_zero_stops_the_function()
    {
        await using var scenario = new Scenario((SQSEvent _) => { }).WithMaxReceiveCount(2);
        scenario.Function.ReservedConcurrency = 0;

        var run = await scenario.RunAsync("m");

        Assert.Empty(run.Invocations);
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("orders").ToString());
    }
}
