using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime.Sources.Sqs;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

/// <summary>Ramps, scale-in and provisioned pollers: C-2, C-3, C-6.</summary>
public class ScalingPlanTests
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
    public async Task C2_until_2023_a_mapping_added_60_a_minute_up_to_1000()
    {
        await using var scenario = Slow(890, options: new() { AccountConcurrency = 3000, SqsScaling = SqsScaling.Since2019 });
        _ = scenario.Host;
        scenario.Queue.SendMany(Numbered(800));
        var run = await scenario.Host.RunForAsync(Seconds(200));

        Assert.Equal([5, 65, 125, 185], new[] { 59.9, 60, 120, 180 }.Select(at => Running(run, at)));
    }

    [Fact]
    public void C2_C4_C7_the_plans()
    {
        var (today, before) = (new LambdaTestHostOptions(), new LambdaTestHostOptions { SqsScaling = SqsScaling.Since2019, LowTrafficConcurrency = 2 });

        Assert.Equal(new(5, 300, 1250, 5), Plan(null, null, today));
        Assert.Equal(new(5, 60, 1000, 2), Plan(null, null, before));
        Assert.Equal(new(3, 300, 3, 3), Plan(3, null, today));
        Assert.Equal(new(3, 60, 3, 3), Plan(3, null, before));
        Assert.Equal(new(20, 1000, 2000, 20), Plan(null, (2, 200), before));
        Assert.Equal(new(2000, 1000, 20_000, 2000), Plan(null, (200, 10_000), today));
        Assert.Equal(new(int.MaxValue, 0, int.MaxValue, int.MaxValue), Plan(null, null, today, isFifo: true));
        Assert.Equal(new(3, 0, 3, 3), Plan(3, null, today, isFifo: true));
        Assert.Equal(new(20, 1000, 2000, 20), Plan(null, (2, 200), today, isFifo: true));

        static ScalingPlan Plan(int? concurrency, (int, int)? pollers, LambdaTestHostOptions options, bool isFifo = false) =>
            ScalingPlan.Of(concurrency, pollers, options, isFifo);
    }

    [Fact]
    public async Task C3_low_traffic_can_scale_a_mapping_in_to_2_and_a_backlog_brings_it_back()
    {
        await using var scenario = Slow(30, options: new() { LowTrafficConcurrency = 2 });
        _ = scenario.Host;
        scenario.Queue.SendMany(Numbered(5));
        await scenario.Host.RunForAsync(Seconds(100));
        scenario.Queue.SendMany(Numbered(300));

        var run = await scenario.Host.RunForAsync(Seconds(125));

        // 2 at 100 and at 130 s, 5 at 160 and at 190 s, and then all the rest.
        Assert.Equal([5, 2, 2, 5, 5, 286], new[] { 1, 101, 159.9, 161, 191, 221 }.Select(at => Running(run, at)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost(new() { LowTrafficConcurrency = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost(new() { LowTrafficConcurrency = 6 }));
    }

    [Fact]
    public async Task C3_with_maximum_concurrency_a_mapping_is_not_scaled_in()
    {
        await using var scenario = Slow(30, m => m.MaximumConcurrency = 4, new() { LowTrafficConcurrency = 2 });
        _ = scenario.Host;
        scenario.Queue.Send("first");
        await scenario.Host.RunForAsync(Seconds(100));
        scenario.Queue.SendMany(Numbered(10));

        Assert.Equal(4, Running(await scenario.Host.RunForAsync(Seconds(10)), 101));
    }

    [Fact]
    public async Task C6_provisioned_pollers_make_10_invocations_each_and_grow_by_1000_a_minute_up_to_their_number()
    {
        await using var scenario = Slow(
            600,
            m =>
            {
                m.MinimumPollers = 3;
                m.MaximumPollers = 150;
            },
            new() { AccountConcurrency = 5000 }
        );
        _ = scenario.Host;
        scenario.Queue.SendMany(Numbered(2000));

        var run = await scenario.Host.RunForAsync(Seconds(200));

        Assert.Equal([30, 30, 1030, 1500, 1500], new[] { 0, 59.9, 60, 120, 190 }.Select(at => Running(run, at)));
    }

    [Fact]
    public async Task C6_one_number_of_pollers_turns_provisioned_mode_on_and_the_other_has_its_default()
    {
        await using var least = Slow(600, m => m.MinimumPollers = 2);
        await using var most = Slow(600, m => m.MaximumPollers = 2);
        foreach (var scenario in new[] { least, most })
        {
            _ = scenario.Host;
            scenario.Queue.SendMany(Numbered(100));
        }

        Assert.Equal(20, Running(await least.Host.RunForAsync(Seconds(50)), 50));
        Assert.Equal(20, Running(await most.Host.RunForAsync(Seconds(500)), 500));
    }

    [Theory]
    [InlineData(
        1,
        null,
        null,
        "P-10",
        "1 validation error detected: Value '1' at 'provisionedPollerConfig.minimumPollers' failed to satisfy constraint: Member must have value greater than or equal to 2"
    )]
    [InlineData(
        null,
        10_001,
        null,
        "P-11",
        "1 validation error detected: Value '10001' at 'provisionedPollerConfig.maximumPollers' failed to satisfy constraint: Member must have value less than or equal to 10000"
    )]
    [InlineData(2, null, 5, "P-46", "ScalingConfig and ProvisionedPollerConfig cannot be used together.")]
    [InlineData(20, 10, null, "P-11", "MinimumPollers must be less than or equal to MaximumPollers.")]
    public void P10_P11_P46_provisioned_pollers_out_of_range_or_with_maximum_concurrency_are_refused(
        int? least,
        int? most,
        int? concurrency,
        string rule,
        string message
    )
    {
        var exception = Assert.ThrowsAny<AwsRefusalException>(() =>
            new LambdaTestHost().Map(
                new SqsQueue("orders"),
                new("orders", (SQSEvent _) => { }),
                m => (m.MinimumPollers, m.MaximumPollers, m.MaximumConcurrency) = (least, most, concurrency)
            )
        );

        Assert.Equal((rule, message), (exception.RuleId, exception.Message.Split(": ", 2)[1]));
    }
}
