using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>Shards that end, and those that follow them: B-40.</summary>
public class ReshardingTests
{
    [Fact]
    public async Task B40_a_split_shard_is_read_to_its_end_before_its_children()
    {
        await using var scenario = Clicks(Nothing, m => m.BatchSize = 2);
        scenario.Function.Takes(perInvocation: Seconds(2));
        _ = scenario.Host;
        scenario.Source.PutMany(("a", "1"), ("b", "2"), ("a", "3"), ("b", "4"));
        scenario.Source.SplitShard("shardId-000000000000");
        scenario.Source.PutMany(("a", "5"), ("b", "6"), ("a", "7"));

        var run = await scenario.RunAsync();

        Assert.Equal(["1 2", "3 4", "5 7", "6"], run.Batches());
        Assert.Equal([0, 2, 4, 4], run.Starts());
    }

    [Fact]
    public async Task B40_a_merged_shard_waits_for_both_parents_and_a_poison_record_in_one_holds_it_up()
    {
        await using var scenario = Clicks(
            (Amazon.Lambda.KinesisEvents.KinesisEvent input) =>
            {
                if (Texts(input).Contains("poison"))
                    throw new InvalidOperationException();
            },
            m => m.MaximumRetryAttempts = 2,
            shards: 2
        );
        _ = scenario.Host;
        scenario.Source.PutMany(("a", "poison"), ("b", "2"));
        scenario.Source.MergeShards("shardId-000000000000", "shardId-000000000001");
        scenario.Source.PutMany(("a", "3"), ("b", "4"));

        var run = await scenario.RunAsync();

        Assert.Equal(["1", "2", "1", "1", "3 4"], run.Batches());

        // Two retries after 1 and 2 s; the child's first poll is the next one of the second.
        Assert.Equal([0, 0, 1.1, 3.2, 4], run.Starts());
        Assert.Equal("shardId-000000000002", run.Invocations[^1].ShardId);
    }

    [Fact]
    public async Task B40_shards_can_be_split_and_merged_while_mappings_read()
    {
        await using var scenario = Clicks(Nothing, m => (m.BatchSize, m.ParallelizationFactor) = (3, 3));
        scenario.Host.Faults.Throttle(probability: 0.3);
        var random = new Random(5);
        for (var round = 0; round < 12; round++)
        {
            foreach (var number in Enumerable.Range(0, 20))
                scenario.Source.Put($"key {number}", $"{round}");
            await scenario.Host.RunForAsync(Seconds(0.5));
            var open = scenario.Source.Shards.Where(shard => shard.IsOpen).OrderBy(shard => shard.StartingHashKey).ToArray();
            if (open.Length > 3)
                scenario.Source.MergeShards(open[1].Id, open[0].Id);
            else
                scenario.Source.SplitShard(open[random.Next(open.Length)].Id);
        }

        var run = await scenario.RunAsync();

        Assert.Equal("sent 240 = acknowledged 240", run.Ledger("ship").ToString());
        var delivered = run.Invocations.SelectMany(invocation => invocation.Deliveries).Select(delivery => delivery.Record.Number).ToArray();
        var keys = run.Stream("clicks").Records.Cast<KinesisRecord>().ToLookup(record => record.PartitionKey, record => record.Number);
        Assert.All(keys, key => Assert.Equal(key, delivered.Where(key.Contains)));
    }

    [Fact]
    public async Task B40_an_empty_closed_shard_holds_nothing_up_and_latest_reads_children_from_their_beginning()
    {
        var stream = new KinesisStream("clicks");
        await using var host = new LambdaTestHost().Add(stream);
        stream.Put("a", "before");
        host.Map(stream, new("ship", Nothing), m => m.StartingPosition = StartingPosition.Latest);
        stream.SplitShard("shardId-000000000000");
        stream.Put("a", "after");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["2"], run.Batches());
        Assert.Equal("sent 2 = acknowledged 1 + before the starting position 1", run.Ledger("ship").ToString());
    }

    [Fact]
    public async Task B40_the_shards_of_a_table_are_rolled_by_hand_or_by_age()
    {
        await using var scenario = Orders(Nothing, options: new() { TableShardLifetime = TimeSpan.FromHours(4) });
        _ = scenario.Host;
        scenario.Source.Put(new { id = "a", n = 1 });
        scenario.Source.RollShards();
        scenario.Source.Put(new { id = "a", n = 2 });
        await scenario.Host.RunForAsync(TimeSpan.FromHours(4));
        scenario.Source.Put(new { id = "a", n = 3 });

        var run = await scenario.RunAsync();

        Assert.Equal(["1", "2", "3"], run.Batches());
        Assert.Equal(3, run.Invocations.Select(invocation => invocation.ShardId).Distinct().Count());
        var shards = scenario.Source.Shards;
        Assert.Equal(
            [
                [],
                [shards[0].Id],
                [shards[1].Id],
            ],
            shards.Select(shard => shard.ParentIds)
        );
        Assert.Equal([false, false, true], shards.Select(shard => shard.IsOpen));
    }

    [Fact]
    public async Task Items_of_a_table_with_several_shards_stay_in_theirs()
    {
        var table = new DynamoDBTable("orders", "id", "line", shardCount: 4);
        await using var scenario = new StreamScenario<DynamoDBTable>(table, () => Nothing);
        _ = scenario.Host;
        foreach (var line in Enumerable.Range(0, 3))
            table.PutMany([.. Enumerable.Range(0, 20).Select(id => (object)new { id, line })]);

        var run = await scenario.RunAsync();

        Assert.Equal(4, run.Invocations.Select(invocation => invocation.ShardId).Distinct().Count());
        Assert.All(
            table.Records.GroupBy(record => record.Keys.As<Dictionary<string, int>>()["id"]),
            item => Assert.Single(item.Select(record => record.ShardId).Distinct())
        );
    }
}
