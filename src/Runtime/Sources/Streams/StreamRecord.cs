using AtLeastOnce.Runtime.Sources.Streams;

namespace AtLeastOnce.Runtime;

/// <summary>A record of a stream.</summary>
public abstract class StreamRecord
{
    private protected StreamRecord(StreamShard shard, RecordPosition position) => (Shard, Position) = (shard, position);

    /// <summary>Its number in its stream, from 1 in the order of arrival: what a timeline calls it.</summary>
    public int Number => Position.Number;

    /// <summary>The sequence number: what a response's <c>itemIdentifier</c> names. Compare as integers of arbitrary size (B-38).</summary>
    public abstract string SequenceNumber { get; }

    /// <summary>The shard that it is in.</summary>
    public string ShardId => Shard.Id;

    /// <summary>When it arrived, as events show it: a DynamoDB record's time has no fraction of a second .</summary>
    public DateTimeOffset ApproximateArrival => Shard.Log.Simulation.Options.Start + TimeSpan.FromTicks(Stamp);

    internal StreamShard Shard { get; }

    internal RecordPosition Position { get; }

    /// <summary>The position in its shard, from 0.</summary>
    internal int Index => Position.Index;

    /// <summary>When it can be read.</summary>
    internal long ArrivedAt => Position.ArrivedAt;

    /// <summary>When it arrived as events show it; its age counts from then .</summary>
    internal long Stamp => Position.Stamp;

    /// <summary>When it arrived, in whole milliseconds since 1970.</summary>
    internal long ArrivedMilliseconds => (Shard.Log.Simulation.StartTicks + ArrivedAt) / TimeSpan.TicksPerMillisecond;

    internal RecordReference Reference => new(Number, SequenceNumber);

    /// <summary>A hash of what the order is kept for within a shard: the partition key, or the item (B-33).</summary>
    internal abstract uint OrderHash { get; }

    /// <summary>Bytes as a read counts them (B-35).</summary>
    internal abstract long ReadSize { get; }

    /// <summary>The content in a few words.</summary>
    internal abstract string Preview { get; }

    /// <summary>For debugging.</summary>
    public override string ToString() => FormattableString.Invariant($"record {Number} ({SequenceNumber}, {Preview})");
}

/// <summary>Where in its stream a record is, and since when.</summary>
internal readonly record struct RecordPosition(int Number, int Index, long ArrivedAt, long Stamp);
