using System.Globalization;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams.DynamoDB;

/// <summary>The stream of a table: writes its records into its shards.</summary>
internal sealed class TableStream
{
    private readonly StreamLog log;

    // By position: the shard that takes records for a part of the partition keys now.
    private readonly StreamShard[] open;

    public TableStream(StreamLog log, int ordinal, int shardCount)
    {
        (this.log, Ordinal) = (log, ordinal);
        open = [.. HashRange.Parts(shardCount).Select(range => Open(range))];
    }

    /// <summary>The table's position in its host.</summary>
    public int Ordinal { get; }

    /// <summary>A change of an item is written.</summary>
    public DynamoDBRecord Append(ItemChange change)
    {
        var place = KinesisRecord.Hash(change.Keys.Members[0].Value.Text);
        var position = Array.FindIndex(open, shard => shard.Range.Contains(place));
        if (log.Simulation.Options.TableShardLifetime is { } lifetime && open[position].OpenedAt + lifetime.Ticks <= log.Simulation.CallerNow)
            Roll(position);
        var shard = open[position];

        // the time has no fraction of a second.
        var next = log.Next(shard, TimeSpan.FromSeconds(1));
        var record = new DynamoDBRecord(shard, next, change, (uint)(KinesisRecord.Hash(change.Keys.ToJson()) >> 96), SequenceNumber(next));
        log.Append(record);
        return record;
    }

    /// <summary>A child follows each shard.</summary>
    public void Roll()
    {
        for (var i = 0; i < open.Length; i++)
            Roll(i);
    }

    private void Roll(int position) => open[position] = Open(open[position].Range, open[position]);

    private StreamShard Open(HashRange range, params StreamShard[] parents)
    {
        var simulation = log.Simulation;
        var milliseconds = simulation.EpochMilliseconds(simulation.CallerNow);
        var suffix = simulation.Choices.Id(IdKind.Shard, ((long)Ordinal << 40) + log.Shards.Count).High >> 32;
        return log.Open(string.Create(CultureInfo.InvariantCulture, $"shardId-{milliseconds:D20}-{suffix:x8}"), range, parents);
    }

    private string SequenceNumber(RecordPosition position)
    {
        var step = log.Simulation.Choices.Id(IdKind.SequenceNumber, ((long)Ordinal << 40) + position.Number).Low % 1000;
        var seconds = (log.Simulation.StartTicks + position.ArrivedAt) / TimeSpan.TicksPerSecond;
        return string.Create(CultureInfo.InvariantCulture, $"{10 + Ordinal % 90}{seconds:D10}{position.Number:D13}{step:D3}");
    }
}
