using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;
using FsCheck;
using FsCheck.Fluent;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>ParallelizationFactor: B-32 to B-34, R-31, C-8.</summary>
public class ParallelizationTests
{
    private sealed record Weather(
        int Seed,
        int Records,
        int Keys,
        int Factor,
        int BatchSize,
        bool Bisects,
        bool Reports,
        int Retries,
        double Fail,
        double Throttle
    );

    private static Gen<Weather> Weathers =>
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from records in Gen.Choose(1, 60)
        from keys in Gen.Choose(1, 8)
        from factor in Gen.Choose(1, 10)
        from batchSize in Gen.Choose(1, 12)
        from bisects in Gen.Elements(true, false)
        from reports in Gen.Elements(true, false)
        from retries in Gen.Choose(0, 4)
        from fail in Gen.Choose(0, 6)
        from throttle in Gen.Choose(0, 6)
        select new Weather(seed, records, keys, factor, batchSize, bisects, reports, retries, fail / 10.0, throttle / 10.0);

    [Fact]
    public async Task C8_B32_a_shard_has_as_many_batches_at_once_as_the_factor_says()
    {
        await using var scenario = Clicks(Nothing, m => (m.ParallelizationFactor, m.BatchSize) = (10, 1));
        scenario.Function.Takes(perInvocation: Seconds(1));
        _ = scenario.Host;
        scenario.Source.PutMany([.. Enumerable.Range(1, 400).Select(number => ($"key {number}", (object)"x"))]);

        var run = await scenario.RunAsync();

        Assert.Equal(10, Most(run));
        Assert.Equal("sent 400 = acknowledged 400", run.Ledger("ship").ToString());
    }

    [Fact]
    public async Task B33_one_key_is_worked_on_one_batch_after_the_other_whatever_the_factor()
    {
        await using var scenario = Clicks(Nothing, m => (m.ParallelizationFactor, m.BatchSize) = (10, 1));
        scenario.Function.Takes(perInvocation: Seconds(1));

        Assert.Equal([0, 1, 2, 3], (await scenario.RunAsync(Numbers(4))).Starts());
    }

    [Fact]
    public async Task B33_of_a_table_the_order_is_kept_for_each_item()
    {
        List<(string Id, int N)> seen = [];
        await using var scenario = Orders(
            (DynamoDBEvent input) =>
                seen.AddRange(
                    input.Records.Select(record =>
                        (record.Dynamodb.Keys["id"].S, int.Parse(record.Dynamodb.NewImage["n"].N, System.Globalization.CultureInfo.InvariantCulture))
                    )
                ),
            m => (m.ParallelizationFactor, m.BatchSize) = (4, 3)
        );
        _ = scenario.Host;
        for (var n = 0; n < 20; n++)
            scenario.Source.PutMany(new { id = "a", n }, new { id = "b", n }, new { id = "c", n });

        await scenario.RunAsync();

        Assert.All(seen.GroupBy(entry => entry.Id), item => Assert.Equal(Enumerable.Range(0, 20), item.Select(entry => entry.N)));
    }

    [Fact]
    public async Task R31_B34_a_failing_batch_blocks_only_its_own_keys_and_the_checkpoint()
    {
        await using var scenario = Clicks(
            (KinesisEvent input) =>
            {
                if (Texts(input).Contains("poison"))
                    throw new InvalidOperationException();
            },
            m => (m.ParallelizationFactor, m.MaximumRetryAttempts) = (2, 3)
        );
        _ = scenario.Host;
        var other = Enumerable.Range(0, 100).Select(i => $"{i}").First(key => KinesisRecord.Hash(key) >> 96 != KinesisRecord.Hash("k") >> 96 && IsOther(key));
        scenario.Source.PutMany(("k", "poison"), (other, "a"), ("k", "behind"), (other, "b"));

        var early = await scenario.Host.RunForAsync(Seconds(0.2));
        Assert.Equal([RecordFate.Waiting, RecordFate.Acknowledged, RecordFate.Waiting, RecordFate.Acknowledged], Fates(early));
        Assert.Empty(early.Events.OfType<CheckpointMoved>());
        var run = await scenario.RunAsync();

        Assert.Equal(4, Assert.Single(run.Events.OfType<CheckpointMoved>()).Past.Number);
        Assert.Equal([RecordFate.Discarded, RecordFate.Acknowledged, RecordFate.Discarded, RecordFate.Acknowledged], Fates(run));

        static bool IsOther(string key) => (uint)(KinesisRecord.Hash(key) >> 96) % 2 != (uint)(KinesisRecord.Hash("k") >> 96) % 2;
        static IEnumerable<RecordFate> Fates(EsmRun run) => run.Ledger("ship").Records.Select(record => record.Fate);
    }

    [Fact]
    public void B33_the_order_of_every_key_is_kept_in_any_weather() =>
        Prop.ForAll(Weathers.ToArbitrary(), weather => CheckAsync(weather).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_261_101, 31));

    private static async Task CheckAsync(Weather weather)
    {
        var random = new Random(weather.Seed);
        LambdaTestHost? host = null;
        await using var scenario = new StreamScenario<KinesisStream>(
            new("clicks"),
            () =>
                async (KinesisEvent input) =>
                {
                    await Task.Delay(Seconds(random.Next(1, 20) / 10.0), host!.TimeProvider);
                    if (random.NextDouble() < weather.Fail / 2)
                        throw new InvalidOperationException();
                    return Report(input, _ => random.NextDouble() < weather.Fail);
                },
            m =>
            {
                m.ParallelizationFactor = weather.Factor;
                m.BatchSize = weather.BatchSize;
                m.BisectBatchOnFunctionError = weather.Bisects;
                m.ReportBatchItemFailures = weather.Reports;
                m.MaximumRetryAttempts = weather.Retries;
            },
            new() { Seed = weather.Seed, StreamBatchSizes = (StreamBatchSizes)(weather.Seed % 2) }
        );
        host = scenario.Host;
        host.Faults.Throttle(weather.Throttle);
        host.Faults.Duplicate(weather.Throttle / 2);
        foreach (var number in Enumerable.Range(0, weather.Records))
            scenario.Source.Put($"key {random.Next(weather.Keys)}", $"{number}");

        var run = await scenario.RunAsync();

        Assert.InRange(Most(run), 1, weather.Factor);
        foreach (var key in scenario.Source.Records.GroupBy(record => record.PartitionKey, record => record.Number))
            CheckOrder(run, [.. key]);
        Assert.False(run.UsedRealTime);
    }

    /// <summary>The deliveries of one key: one batch at a time, in order, without gaps, and never back before what was begun with.</summary>
    private static void CheckOrder(EsmRun run, int[] numbers)
    {
        var (reached, first, end) = (0, 0, TimeSpan.Zero);
        foreach (var invocation in run.Invocations)
        {
            int[] positions = [.. invocation.Deliveries.Select(delivery => Array.IndexOf(numbers, delivery.Record.Number)).Where(position => position >= 0)];
            if (positions.Length == 0)
                continue;
            Assert.Equal(Enumerable.Range(positions[0], positions.Length), positions);
            Assert.InRange(positions[0], first, reached);
            Assert.True(invocation.Start >= end);
            (first, reached, end) = (positions[0], Math.Max(reached, positions[^1] + 1), invocation.End!.Value);
        }

        Assert.Equal(numbers.Length, reached);
    }

    /// <summary>The most invocations at once.</summary>
    private static int Most(EsmRun run)
    {
        var edges = run.Invocations.SelectMany(invocation => new[] { (At: invocation.Start, Change: 1), (At: invocation.End!.Value, Change: -1) });
        var (now, most) = (0, 0);
        foreach (var (_, change) in edges.OrderBy(edge => edge.At).ThenBy(edge => edge.Change))
            most = Math.Max(most, now += change);
        return most;
    }
}
