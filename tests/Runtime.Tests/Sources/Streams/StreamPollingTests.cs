using Amazon.Lambda.KinesisEvents;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>When a batch is invoked and what is in it: sections 2.1 and 2.3.</summary>
public class StreamPollingTests
{
    private static async Task PutAtAsync(StreamScenario<KinesisStream> scenario, params double[] times)
    {
        var now = 0.0;
        foreach (var time in times)
        {
            await scenario.Host.RunForAsync(TimeSpan.FromMilliseconds(Math.Round((time - now) * 1000)));
            scenario.Source.Put("k", $"at {time}");
            now = time;
        }
    }

    [Fact]
    public async Task B30_a_kinesis_shard_is_polled_every_second_and_a_table_four_times_a_second()
    {
        await using var clicks = Clicks(Nothing);
        await PutAtAsync(clicks, 0.5, 0.7, 1.0, 3.2);
        Assert.Equal([1, 2, 4], (await clicks.RunAsync()).Starts());

        await using var orders = Orders(Nothing);
        await orders.Host.RunForAsync(Seconds(0.3));
        Assert.Equal([0.5], (await orders.RunAsync("a")).Starts());
    }

    [Fact]
    public async Task B30_poll_intervals_and_latency_are_options()
    {
        await using var slow = Clicks(Nothing, options: new() { StreamPollInterval = Seconds(10) });
        await PutAtAsync(slow, 3, 12);
        Assert.Equal([10, 20], (await slow.RunAsync()).Starts());

        await using var late = Clicks(Nothing, options: new() { StreamReadLatency = Seconds(1.5) });
        Assert.Equal([2], (await late.RunAsync("a")).Starts());
    }

    [Fact]
    public async Task B30_a_consumer_with_enhanced_fan_out_is_pushed_to()
    {
        await using var scenario = Clicks(Nothing, m => m.Consumer = "fast");
        await PutAtAsync(scenario, 0.5, 3.2);

        var run = await scenario.RunAsync();

        Assert.Equal([0.57, 3.27], run.Starts());
        Assert.Contains(
            "\"eventSourceARN\":\"arn:aws:kinesis:us-east-1:123456789012:stream/clicks/consumer/fast:1767225600\"",
            run.Invocations[0].RequestJson,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task B31_an_invocation_holds_records_of_one_shard()
    {
        await using var scenario = Clicks(Nothing, shards: 2);
        _ = scenario.Host;
        scenario.Source.PutMany(("a", "1"), ("b", "2"), ("a", "3"), ("b", "4"));

        var run = await scenario.RunAsync();

        Assert.Equal(["1 3", "2 4"], run.Batches());
        Assert.Equal([0, 0], run.Starts());
        Assert.Equal(["shardId-000000000000", "shardId-000000000001"], run.Invocations.Select(invocation => invocation.ShardId));
    }

    [Fact]
    public async Task B5_P4_without_a_window_a_poll_makes_a_batch_of_whatever_it_gives_and_100_is_the_default_size()
    {
        await using var scenario = Clicks(Nothing);

        var run = await scenario.RunAsync(Numbers(250));

        Assert.Equal([100, 100, 50], run.Invocations.Select(invocation => invocation.Deliveries.Count));
        Assert.Equal(100, scenario.Host.Mapping("ship").BatchSize);
    }

    [Fact]
    public async Task B5_batches_of_any_size_can_be_drawn()
    {
        await using var scenario = Clicks(Nothing, m => m.BatchSize = 10, new() { Seed = 3, StreamBatchSizes = StreamBatchSizes.Drawn });

        var run = await scenario.RunAsync(Numbers(100));

        var sizes = run.Invocations.Select(invocation => invocation.Deliveries.Count).ToArray();
        Assert.True(sizes.Distinct().Count() > 5);
        Assert.All(sizes, size => Assert.InRange(size, 1, 10));
        Assert.Equal(Enumerable.Range(1, 100), run.Invocations.SelectMany(invocation => invocation.Deliveries).Select(delivery => delivery.Record.Number));
    }

    [Fact]
    public async Task B1_B6_a_batching_window_ends_with_its_time_or_a_full_batch_and_begins_when_the_previous_invocation_ends()
    {
        await using var scenario = Clicks(Nothing, m => (m.BatchingWindow, m.BatchSize) = (Seconds(10), 3));
        await PutAtAsync(scenario, 0, 4, 11, 12.5, 13.5);

        var run = await scenario.RunAsync();

        // The first window lasts to 10 s. Its invocation ends at 10.1 s, where the second begins; that is full with the poll at 14 s.
        Assert.Equal(["1 2", "3 4 5"], run.Batches());
        Assert.Equal([10, 14], run.Starts());
    }

    [Fact]
    public async Task B2_B4_a_batch_is_cut_at_6_MB_of_event_and_the_window_with_it()
    {
        await using var scenario = Clicks(Nothing, m => m.BatchingWindow = Seconds(60));
        var data = new byte[1_000_000];

        var run = await scenario.RunAsync(data, data, data, data, data, data);

        // Base64 makes a third more of it: four records are 5.3 MB, five would be 6.7 MB.
        Assert.Equal([4, 2], run.Invocations.Select(invocation => invocation.Deliveries.Count));
        Assert.Equal([0, 60.1], run.Starts());
        Assert.All(run.Invocations, invocation => Assert.InRange(invocation.RequestJson.Length, 1, 6 * 1024 * 1024));
    }

    [Fact]
    public async Task B2_what_counts_is_the_length_of_the_event_as_it_is_written()
    {
        // 6 × 1024 × 1024 bytes of event with 6 records: data that just fits, and one byte more.
        foreach (var (bytes, sizes) in new[] { (785_500, new[] { 6 }), (786_900, new[] { 5, 1 }) })
        {
            await using var scenario = Clicks(Nothing);
            var run = await scenario.RunAsync([.. Enumerable.Repeat<object>(new byte[bytes], 6)]);
            Assert.Equal(sizes, run.Invocations.Select(invocation => invocation.Deliveries.Count));
        }
    }

    [Fact]
    public async Task B35_a_poll_gives_at_most_10_MB_of_a_kinesis_shard()
    {
        await using var scenario = Clicks(Nothing, m => m.BatchSize = 3);
        var run = await scenario.RunAsync([.. Enumerable.Repeat<object>(new byte[1_000_000], 12)]);

        Assert.Equal([10, 2], run.Events.OfType<RecordsRead>().Select(read => read.Records.Count));
        Assert.Equal([Seconds(0), Seconds(1)], run.Events.OfType<RecordsRead>().Select(read => read.At));
    }

    [Fact]
    public async Task B35_a_poll_gives_at_most_10000_records_of_a_kinesis_shard_and_1000_of_a_table()
    {
        await using var clicks = Clicks(Nothing, m => m.BatchSize = 10_000);
        Assert.Equal([10_000, 500], (await clicks.RunAsync(Numbers(10_500))).Invocations.Select(invocation => invocation.Deliveries.Count));

        await using var orders = Orders(Nothing, m => m.BatchSize = 2000);
        Assert.Equal(
            [1000, 200],
            (await orders.RunAsync([.. Enumerable.Range(1, 1200).Select(number => $"{number}")])).Invocations.Select(invocation => invocation.Deliveries.Count)
        );

        // A window gives the poller the time for several reads.
        await using var windowed = Orders(Nothing, m => (m.BatchSize, m.BatchingWindow) = (2000, Seconds(1)));
        Assert.Equal(1200, (await windowed.RunAsync([.. Enumerable.Range(1, 1200).Select(number => $"{number}")])).Invocations.Single().Deliveries.Count);
    }

    [Fact]
    public async Task B43_latest_begins_after_what_was_there_when_the_mapping_was_made()
    {
        var stream = new KinesisStream("clicks");
        await using var host = new LambdaTestHost().Add(stream);
        stream.PutMany("k", "1", "2");
        host.Map(stream, new("ship", Nothing), m => m.StartingPosition = StartingPosition.Latest);
        stream.PutMany("k", "3", "4");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["3 4"], run.Batches());
        Assert.Equal("sent 4 = acknowledged 2 + before the starting position 2", run.Ledger("ship").ToString());
    }

    [Fact]
    public async Task B43_latest_can_miss_records_while_the_mapping_is_made()
    {
        await using var scenario = Clicks(Nothing, m => m.StartingPosition = StartingPosition.Latest, new() { StartingPositionDelay = Seconds(30) });
        await PutAtAsync(scenario, 10, 29, 30);

        var run = await scenario.RunAsync();

        Assert.Equal(["3"], run.Batches());
        Assert.Equal(2, run.Ledger("ship")[RecordFate.BeforeStart]);
    }

    [Fact]
    public async Task P14_at_timestamp_begins_with_the_first_record_from_then_on()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using var before = Clicks(Nothing, m => (m.StartingPosition, m.StartingPositionTimestamp) = (StartingPosition.AtTimestamp, start));
        Assert.Equal(["1 2"], (await before.RunAsync("1", "2")).Batches());

        var exception = Assert.Throws<InvalidParameterValueException>(() =>
            Clicks(Nothing, m => (m.StartingPosition, m.StartingPositionTimestamp) = (StartingPosition.AtTimestamp, start + Seconds(1))).Host
        );
        Assert.Equal("InvalidParameterValueException: StartingPositionTimestamp cannot be in the future.", exception.Message);
    }

    [Fact]
    public async Task P36_every_mapping_of_a_stream_reads_all_of_it_on_its_own()
    {
        await using var scenario = Clicks(Nothing);
        scenario.Host.Map(
            scenario.Source,
            new("bill", void (KinesisEvent _) => throw new InvalidOperationException()),
            m => (m.StartingPosition, m.MaximumRetryAttempts) = (StartingPosition.TrimHorizon, 0)
        );

        var run = await scenario.RunAsync("1", "2");

        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("ship").ToString());
        Assert.Equal("sent 2 = discarded 2", run.Ledger("bill").ToString());
        Assert.Equal("sent 2 = waiting 2", run.Stream("clicks").Ledger.ToString());
        Assert.Equal(2, run.Stream("clicks").Records.Count);
        Assert.Single(run.Ledger("bill").Deliveries(1));
    }

    [Fact]
    public async Task A_disabled_mapping_reads_nothing()
    {
        await using var scenario = Clicks(Nothing, m => m.Enabled = false);

        var run = await scenario.RunAsync("1");

        Assert.Empty(run.Invocations);
        Assert.Equal("sent 1 = waiting 1", run.Ledger("ship").ToString());
    }

    [Fact]
    public async Task Runs_are_cumulative_and_can_stop_in_the_middle()
    {
        await using var scenario = Clicks(void () => throw new InvalidOperationException(), m => m.MaximumRetryAttempts = 1);
        scenario.Function.Takes(perInvocation: Seconds(2));
        _ = scenario.Host;
        scenario.Source.Put("k", "1");

        Assert.Equal("sent 1 = in flight 1", (await scenario.Host.RunForAsync(Seconds(1))).Ledger("ship").ToString());
        Assert.Equal("sent 1 = waiting 1", (await scenario.Host.RunForAsync(Seconds(1.5))).Ledger("ship").ToString());
        Assert.Equal("sent 1 = discarded 1", (await scenario.RunAsync()).Ledger("ship").ToString());
    }
}
