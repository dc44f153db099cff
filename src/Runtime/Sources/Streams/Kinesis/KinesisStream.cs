using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Streams;
using AtLeastOnce.Runtime.Sources.Streams.Kinesis;

namespace AtLeastOnce.Runtime;

/// <summary>A Kinesis data stream with AWS's defaults and limits. The limits of throughput of a shard are not simulated.</summary>
public sealed class KinesisStream : StreamSource
{
    /// <summary>The most bytes of a record's data with its partition key.</summary>
    private const int MaximumBytes = 1024 * 1024;

    private const int MaximumShards = 10_000;

    private readonly int shardCount;
    private TimeSpan retentionPeriod = TimeSpan.FromHours(24);
    private int ordinal;

    /// <summary>A stream.</summary>
    /// <param name="name">1 to 128 letters, digits, hyphens, underscores and dots.</param>
    /// <param name="shardCount">The shards that it begins with, 1 to 10,000, each with an equal part of the hash keys.</param>
    /// <exception cref="KinesisException">Kinesis refuses the name or the number of shards.</exception>
    public KinesisStream(string name, int shardCount = 1)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 128 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
            throw Invalid("streamName", name, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+ and have length between 1 and 128");
        if (shardCount is < 1 or > MaximumShards)
            throw Invalid("shardCount", FormattableString.Invariant($"{shardCount}"), "Member must have value between 1 and 10000");
        this.shardCount = shardCount;
    }

    /// <summary>How long records are kept, whole hours from 24 h to 365 days (B-42). Default 24 h.</summary>
    /// <exception cref="KinesisException">Kinesis refuses the value.</exception>
    public TimeSpan RetentionPeriod
    {
        get => retentionPeriod;
        set
        {
            if (value.Ticks % TimeSpan.TicksPerHour != 0 || value.TotalHours > int.MaxValue || !Limits.KinesisRetentionHours.Contains((int)value.TotalHours))
            {
                throw new KinesisException(
                    "InvalidArgumentException",
                    string.Create(CultureInfo.InvariantCulture, $"Retention period must be whole hours between 24 and 8760, but is {value.TotalHours:0.##}.")
                );
            }

            retentionPeriod = value;
            Open.Close(nameof(RetentionPeriod));
            if (IsAttached)
            {
                Guarded(log =>
                {
                    log.Wake();
                    return true;
                });
            }
        }
    }

    /// <summary>The records that the stream still has, in the order of arrival.</summary>
    public IReadOnlyList<KinesisRecord> Records => Guarded(log => log.All.Where(record => !log.IsPast(record)).Cast<KinesisRecord>().ToArray());

    /// <inheritdoc/>
    internal override string Kind => "Stream";

    /// <inheritdoc/>
    internal override string Service => "Kinesis";

    /// <inheritdoc/>
    internal override TimeSpan Retention => RetentionPeriod;

    /// <inheritdoc/>
    internal override EventSourceKind ModelKind => EventSourceKind.Kinesis;

    /// <summary>Puts a record with a text as data.</summary>
    /// <param name="partitionKey">1 to 256 characters; its MD5 hash decides on the shard.</param>
    /// <param name="data">The text, as UTF-8.</param>
    /// <param name="explicitHashKey">The hash key that decides on the shard instead.</param>
    /// <returns>The record.</returns>
    /// <exception cref="KinesisException">Kinesis refuses the record.</exception>
    /// <exception cref="InvalidOperationException">The stream belongs to no host yet.</exception>
    public KinesisRecord Put(string partitionKey, string data, UInt128? explicitHashKey = null) => Put(partitionKey, (object)data, explicitHashKey);

    /// <summary>Puts a record.</summary>
    /// <param name="partitionKey">1 to 256 characters; its MD5 hash decides on the shard.</param>
    /// <param name="data">Bytes and texts are taken as they are, anything else is serialised by <c>System.Text.Json</c>. At most 1 MiB with the partition key.</param>
    /// <param name="explicitHashKey">The hash key that decides on the shard instead.</param>
    /// <returns>The record.</returns>
    /// <exception cref="KinesisException">Kinesis refuses the record.</exception>
    /// <exception cref="ArgumentException">The data is a list: call <see cref="PutMany(string, object[])"/>.</exception>
    /// <exception cref="InvalidOperationException">The stream belongs to no host yet.</exception>
    public KinesisRecord Put(string partitionKey, object data, UInt128? explicitHashKey = null)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(data);
        var bytes = Bytes(data);
        if (partitionKey.Length is 0 or > 256)
            throw Invalid("partitionKey", partitionKey, "Member must have length between 1 and 256");
        if (bytes.Length + Encoding.UTF8.GetByteCount(partitionKey) > MaximumBytes)
            throw Invalid("data", "java.nio.HeapByteBuffer", FormattableString.Invariant($"Member must have length less than or equal to {MaximumBytes}"));
        return Guarded(log =>
        {
            var keyHash = KinesisRecord.Hash(partitionKey);
            var place = explicitHashKey ?? keyHash;
            var shard = log.Shards.First(shard => shard.IsOpen && shard.Range.Contains(place));
            var position = log.Next(shard, TimeSpan.FromMilliseconds(1));
            var digits = KinesisSequence.Digits(log.Simulation.Choices, ordinal, position.Number);
            var record = new KinesisRecord(shard, position, partitionKey, bytes.Span, keyHash, digits);
            log.Append(record);
            return record;
        });
    }

    /// <summary>Puts a record for each piece of data, all with one partition key.</summary>
    /// <param name="partitionKey">1 to 256 characters.</param>
    /// <param name="data">Bytes and texts are taken as they are, anything else is serialised.</param>
    /// <returns>The records.</returns>
    public IReadOnlyList<KinesisRecord> PutMany(string partitionKey, params object[] data) => PutMany(partitionKey, (IEnumerable<object>)data);

    /// <summary>Puts a record for each piece of data, all with one partition key.</summary>
    /// <param name="partitionKey">1 to 256 characters.</param>
    /// <param name="data">Bytes and texts are taken as they are, anything else is serialised.</param>
    /// <returns>The records.</returns>
    public IReadOnlyList<KinesisRecord> PutMany(string partitionKey, IEnumerable<object> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return [.. data.Select(one => Put(partitionKey, one))];
    }

    /// <summary>Puts a record for each pair of partition key and data.</summary>
    /// <param name="records">Partition keys with data: bytes and texts are taken as they are, anything else is serialised.</param>
    /// <returns>The records.</returns>
    public IReadOnlyList<KinesisRecord> PutMany(params (string PartitionKey, object Data)[] records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return [.. records.Select(record => Put(record.PartitionKey, record.Data))];
    }

    /// <summary>Splits a shard in two; records go to the children from now on, and mappings read them when they are done with the parent (B-40).</summary>
    /// <param name="shardId">The shard.</param>
    /// <param name="newStartingHashKey">Where the second child begins; null for the middle.</param>
    /// <returns>The children.</returns>
    /// <exception cref="KinesisException">There is no such shard, it is closed, or the hash key is not within it.</exception>
    public (StreamShard First, StreamShard Second) SplitShard(string shardId, UInt128? newStartingHashKey = null)
    {
        ArgumentNullException.ThrowIfNull(shardId);
        return Guarded(log =>
        {
            var parent = Find(log, shardId);
            var (start, end) = (parent.Range.Start, parent.Range.End);
            var middle = newStartingHashKey ?? start + ((end - start) / 2) + 1;
            if (middle <= start || middle > end)
            {
                throw new KinesisException(
                    "InvalidArgumentException",
                    $"NewStartingHashKey {middle} used in SplitShard() on shard {shardId} in stream {Name} is not both greater than one plus the shard's StartingHashKey {start} and less than the shard's EndingHashKey {end}."
                );
            }

            return (OpenShard(log, new(start, middle - 1), parent), OpenShard(log, new(middle, end), parent));
        });
    }

    /// <summary>Merges two shards with adjacent hash keys; records go to the child from now on, and mappings read it when they are done with both parents (B-40).</summary>
    /// <param name="shardId">The one shard.</param>
    /// <param name="adjacentShardId">The other one.</param>
    /// <returns>The child.</returns>
    /// <exception cref="KinesisException">There is no such shard, one is closed, or they are not adjacent.</exception>
    public StreamShard MergeShards(string shardId, string adjacentShardId)
    {
        ArgumentNullException.ThrowIfNull(shardId);
        ArgumentNullException.ThrowIfNull(adjacentShardId);
        return Guarded(log =>
        {
            var (one, other) = (Find(log, shardId), Find(log, adjacentShardId));
            var (left, right) = one.Range.Start < other.Range.Start ? (one, other) : (other, one);
            if (left == right || left.Range.End + 1 != right.Range.Start)
            {
                throw new KinesisException(
                    "InvalidArgumentException",
                    $"Shards {shardId} and {adjacentShardId} in stream {Name} under account {log.Simulation.Options.AccountId} are not an adjacent pair of shards eligible for merging"
                );
            }

            return OpenShard(log, new(left.Range.Start, right.Range.End), left, right);
        });
    }

    /// <inheritdoc/>
    internal override void Begin(Simulation simulation, int ordinal)
    {
        this.ordinal = ordinal;
        Arn = $"arn:aws:kinesis:{simulation.Options.Region}:{simulation.Options.AccountId}:stream/{Name}";
        foreach (var range in HashRange.Parts(shardCount))
            OpenShard(Log, range);
    }

    /// <inheritdoc/>
    internal override StreamReads ReadsOf(LambdaTestHostOptions options) =>
        new(options.StreamPollInterval, options.StreamReadLatency, IsPushed: false, MostRecords: 10_000, MostBytes: 10 * 1024 * 1024);

    /// <inheritdoc/>
    internal override StreamEventWriter WriterFor(EventSourceMappingOptions mapping)
    {
        var simulation = Log.Simulation;
        var created = simulation.Options.Start.ToUnixTimeSeconds();
        return new KinesisEventWriter(simulation, mapping.Consumer is { } consumer ? FormattableString.Invariant($"{Arn}/consumer/{consumer}:{created}") : Arn);
    }

    /// <inheritdoc/>
    internal override bool Passes(FilterCriteria criteria, StreamRecord record, StreamEventWriter writer) =>
        ((KinesisEventWriter)writer).Passes(criteria, (KinesisRecord)record);

    private static StreamShard OpenShard(StreamLog log, HashRange range, params StreamShard[] parents) =>
        log.Open(FormattableString.Invariant($"shardId-{log.Shards.Count:D12}"), range, parents);

    private StreamShard Find(StreamLog log, string shardId)
    {
        var account = log.Simulation.Options.AccountId;
        var shard =
            log.Shards.FirstOrDefault(shard => shard.Id == shardId)
            ?? throw new KinesisException("ResourceNotFoundException", $"Could not find shard {shardId} in stream {Name} under account {account}.");
        return shard.IsOpen
            ? shard
            : throw new KinesisException(
                "ResourceInUseException",
                $"Shard {shardId} in stream {Name} under account {account} has already been merged or split, and thus is not eligible for merging or splitting."
            );
    }

    // The record copies them.
    private static ReadOnlyMemory<byte> Bytes(object data) =>
        data switch
        {
            string text => Encoding.UTF8.GetBytes(text),
            byte[] bytes => bytes,
            ReadOnlyMemory<byte> bytes => bytes,
            MemoryStream stream => stream.ToArray(),
            IEnumerable list and not (IDictionary or IEnumerable<KeyValuePair<string, object?>> or JsonNode) => throw new ArgumentException(
                $"Put takes the data of one record, but got a list ('{list.GetType()}'). Call PutMany(…) for a record each, or Put(key, JsonSerializer.Serialize(list)) for one record with the list in it.",
                nameof(data)
            ),
            _ => JsonSerializer.SerializeToUtf8Bytes(data, data.GetType()),
        };

    private static KinesisException Invalid(string member, string value, string constraint) =>
        new("ValidationException", $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");
}
