using AtLeastOnce.Runtime.Sources.Streams;

namespace AtLeastOnce.Runtime;

/// <summary>A shard of a stream: the unit within which records have an order.</summary>
public sealed class StreamShard
{
    internal StreamShard(StreamLog log, string id, IReadOnlyList<StreamShard> parents, HashRange range, long openedAt)
    {
        (Log, Id, Parents, Range, OpenedAt) = (log, id, parents, range, openedAt);
        Ordinal = log.Shards.Count;
        ParentIds = [.. parents.Select(parent => parent.Id)];
    }

    /// <summary>The id: <c>shardId-000000000000</c>.</summary>
    public string Id { get; }

    /// <summary>The shards that it follows, which are read to their end first (B-40): one after a split, two after a merge.</summary>
    public IReadOnlyList<string> ParentIds { get; }

    /// <summary>Whether it takes records. A shard that was split or merged does not.</summary>
    public bool IsOpen { get; internal set; } = true;

    /// <summary>The least hash key that belongs to it.</summary>
    public UInt128 StartingHashKey => Range.Start;

    /// <summary>The greatest hash key that belongs to it.</summary>
    public UInt128 EndingHashKey => Range.End;

    internal StreamLog Log { get; }

    /// <summary>The position among the stream's shards.</summary>
    internal int Ordinal { get; }

    internal IReadOnlyList<StreamShard> Parents { get; }

    internal HashRange Range { get; }

    internal long OpenedAt { get; }

    /// <summary>Every record that it ever took, in order.</summary>
    internal List<StreamRecord> Records { get; } = [];

    /// <summary>Where its records keep what they are made of, if that is bytes.</summary>
    internal ByteLog Bytes { get; } = new();

    /// <summary>How many of the records are past retention.</summary>
    internal int Trimmed { get; set; }

    /// <summary>For debugging.</summary>
    public override string ToString() => Id;
}

/// <summary>The hash keys of a shard, both ends included.</summary>
internal readonly record struct HashRange(UInt128 Start, UInt128 End)
{
    public static HashRange All { get; } = new(UInt128.Zero, UInt128.MaxValue);

    public bool Contains(UInt128 key) => Start <= key && key <= End;

    /// <summary>Equal parts of all hash keys.</summary>
    public static IEnumerable<HashRange> Parts(int count)
    {
        var size = UInt128.MaxValue / (UInt128)count;
        var start = UInt128.Zero;
        for (var i = 0; i < count; i++)
        {
            var end = i == count - 1 ? UInt128.MaxValue : start + size;
            yield return new(start, end);
            start = end + 1;
        }
    }
}
