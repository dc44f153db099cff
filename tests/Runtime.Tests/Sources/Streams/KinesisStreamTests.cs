using System.Globalization;
using System.Numerics;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

public class KinesisStreamTests
{
    private static (LambdaTestHost Host, KinesisStream Stream) New(int shards = 1)
    {
        var stream = new KinesisStream("clicks", shards);
        return (new LambdaTestHost().Add(stream), stream);
    }

    [Fact]
    public void B38_sequence_numbers_have_56_digits_and_grow_as_integers()
    {
        var (_, stream) = New();
        var numbers = stream.PutMany("k", Numbers(50)).Select(record => record.SequenceNumber).ToArray();

        Assert.All(numbers, number => Assert.Matches("^49[0-9]{54}$", number));
        var integers = numbers.Select(number => BigInteger.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(integers.Order(), integers);
        Assert.Equal(50, integers.Distinct().Count());
    }

    [Fact]
    public void The_MD5_hash_of_the_partition_key_decides_on_the_shard_and_an_explicit_hash_key_overrides_it()
    {
        var (_, stream) = New(shards: 4);

        // MD5 of "a" begins with 0c, of "b" with 92, of "c" with 4a, of "f" with 8f, of "1" with c4.
        Assert.Equal([0, 2, 1, 2, 3], new[] { "a", "b", "c", "f", "1" }.Select(key => Shard(stream.Put(key, "x"))));
        Assert.Equal(3, Shard(stream.Put("a", "x", UInt128.MaxValue)));
        Assert.Equal(0, Shard(stream.Put("1", "x", UInt128.Zero)));
        Assert.Equal(["shardId-000000000000", "shardId-000000000001", "shardId-000000000002", "shardId-000000000003"], stream.Shards.Select(shard => shard.Id));
        Assert.Equal(UInt128.Zero, stream.Shards[0].StartingHashKey);
        Assert.Equal(UInt128.MaxValue, stream.Shards[3].EndingHashKey);
        for (var i = 1; i < 4; i++)
            Assert.Equal(stream.Shards[i - 1].EndingHashKey + 1, stream.Shards[i].StartingHashKey);

        static int Shard(KinesisRecord record) => record.ShardId[^1] - '0';
    }

    [Fact]
    public void Data_is_bytes_a_text_or_an_object_as_JSON()
    {
        var (_, stream) = New();

        Assert.Equal([1, 255], stream.Put("k", new byte[] { 1, 255 }).Data.ToArray());
        Assert.Equal("ä", stream.Put("k", "ä").Text);
        var record = stream.Put("k", new { Id = 1 });
        Assert.Equal("""{"Id":1}""", record.Text);
        Assert.Equal(1, record.Json<Dictionary<string, int>>()["Id"]);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), record.ApproximateArrival);
        Assert.Equal(
            ["k", "k", "k", "a", "b"],
            stream.Records.Select(put => put.PartitionKey).Concat(stream.PutMany(("a", "1"), ("b", "2")).Select(put => put.PartitionKey))
        );
    }

    [Fact]
    public void What_Kinesis_refuses_is_refused()
    {
        var (host, stream) = New();
        (Action Call, string Message)[] refused =
        [
            (
                () => stream.Put("", "x"),
                "ValidationException: 1 validation error detected: Value '' at 'partitionKey' failed to satisfy constraint: Member must have length between 1 and 256"
            ),
            (
                () => stream.Put("k", new byte[1024 * 1024]),
                "ValidationException: 1 validation error detected: Value 'java.nio.HeapByteBuffer' at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576"
            ),
            (
                () => stream.RetentionPeriod = TimeSpan.FromHours(23),
                "InvalidArgumentException: Retention period must be whole hours between 24 and 8760, but is 23."
            ),
            (
                () => stream.RetentionPeriod = TimeSpan.FromDays(366),
                "InvalidArgumentException: Retention period must be whole hours between 24 and 8760, but is 8784."
            ),
            (
                () => _ = new KinesisStream("a b"),
                "ValidationException: 1 validation error detected: Value 'a b' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+ and have length between 1 and 128"
            ),
            (
                () => _ = new KinesisStream("a", 0),
                "ValidationException: 1 validation error detected: Value '0' at 'shardCount' failed to satisfy constraint: Member must have value between 1 and 10000"
            ),
            (() => stream.SplitShard("shardId-9"), "ResourceNotFoundException: Could not find shard shardId-9 in stream clicks under account 123456789012."),
            (
                () => stream.SplitShard("shardId-000000000000", UInt128.Zero),
                "InvalidArgumentException: NewStartingHashKey 0 used in SplitShard() on shard shardId-000000000000 in stream clicks is not both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey 340282366920938463463374607431768211455."
            ),
            (
                () => stream.MergeShards("shardId-000000000000", "shardId-000000000000"),
                "InvalidArgumentException: Shards shardId-000000000000 and shardId-000000000000 in stream clicks under account 123456789012 are not an adjacent pair of shards eligible for merging"
            ),
        ];

        Assert.All(refused, pair => Assert.Equal(pair.Message, Assert.Throws<KinesisException>(pair.Call).Message));
        stream.RetentionPeriod = TimeSpan.FromDays(365);
        stream.Put("k", new byte[(1024 * 1024) - 1]);
        stream.SplitShard("shardId-000000000000");
        Assert.Equal(
            "ResourceInUseException: Shard shardId-000000000000 in stream clicks under account 123456789012 has already been merged or split, and thus is not eligible for merging or splitting.",
            Assert.Throws<KinesisException>(() => stream.SplitShard("shardId-000000000000")).Message
        );
        Assert.StartsWith(
            "Put takes the data of one record, but got a list ('System.Collections.Generic.List`1[System.Int32]'). Call PutMany(…) for a record each",
            Assert.Throws<ArgumentException>(() => stream.Put("k", new List<int> { 1 })).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "The stream 'alone' belongs to no host yet. Call host.Map(stream, function) or host.Add(stream) first.",
            Assert.Throws<InvalidOperationException>(() => new KinesisStream("alone").Put("k", "x")).Message
        );
        Assert.Equal(
            "The stream 'clicks' belongs to another host. Make one for each host.",
            Assert.Throws<InvalidOperationException>(() => new LambdaTestHost().Add(stream)).Message
        );
        Assert.StartsWith(
            "No stream 'click' in this host; it has clicks. Did you mean \"clicks\"?",
            Assert.Throws<ArgumentException>(() => host.Stream("click")).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "No table 'orders' in this host; it has none.",
            Assert.Throws<ArgumentException>(() => host.Table("orders")).Message,
            StringComparison.Ordinal
        );
        Assert.Same(stream, host.Stream("clicks"));
    }

    [Fact]
    public void A_split_shard_and_its_children_cover_the_same_hash_keys_and_a_merge_joins_them_again()
    {
        var (_, stream) = New();

        var (first, second) = stream.SplitShard("shardId-000000000000");

        Assert.False(stream.Shards[0].IsOpen);
        Assert.Equal(["shardId-000000000000"], first.ParentIds);
        Assert.Equal((UInt128.Zero, UInt128.MaxValue), (first.StartingHashKey, second.EndingHashKey));
        Assert.Equal(first.EndingHashKey + 1, second.StartingHashKey);
        Assert.Equal(first.Id, stream.Put("a", "x").ShardId);
        Assert.Equal(second.Id, stream.Put("b", "x").ShardId);
        var merged = stream.MergeShards(second.Id, first.Id);
        Assert.Equal([first.Id, second.Id], merged.ParentIds);
        Assert.Equal((UInt128.Zero, UInt128.MaxValue), (merged.StartingHashKey, merged.EndingHashKey));
        Assert.Equal(merged.Id, stream.Put("b", "x").ShardId);
        var (_, third) = stream.SplitShard(merged.Id, 7);
        Assert.Equal((UInt128)7, third.StartingHashKey);
    }

    [Fact]
    public async Task B42_retention_takes_records_away_whether_or_not_they_are_read()
    {
        var (host, stream) = New();
        stream.Put("k", "x");

        await host.RunForAsync(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Single(stream.Records);
        var run = await host.RunForAsync(TimeSpan.FromMilliseconds(1));

        Assert.Empty(stream.Records);
        Assert.Empty(run.Stream("clicks").Records);
        Assert.Equal("sent 1 = expired 1", run.Stream("clicks").Ledger.ToString());
    }

    [Fact]
    public async Task A_handler_can_put_into_a_stream()
    {
        var other = new KinesisStream("other");
        List<string> seen = [];
        await using var scenario = Clicks((Amazon.Lambda.KinesisEvents.KinesisEvent input) => other.Put("k", "from " + Texts(input).Single()));
        scenario.Host.Map(
            other,
            new("second", (Amazon.Lambda.KinesisEvents.KinesisEvent input) => seen.AddRange(Texts(input))),
            m => m.StartingPosition = StartingPosition.Latest
        );

        var run = await scenario.RunAsync("a");

        Assert.Equal(["from a"], seen);
        Assert.Equal([0, 0], run.Starts());
    }
}
