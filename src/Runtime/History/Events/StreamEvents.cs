using System.Globalization;
using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime;

/// <summary>A record was put into a stream, or a table's item was written.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Stream">The name of the stream or table.</param>
/// <param name="ShardId">The shard that took it.</param>
/// <param name="Record">The record.</param>
public sealed record RecordPut(TimeSpan At, string Stream, string ShardId, RecordReference Record) : EsmEvent(At)
{
    /// <summary>What the source is: <c>stream</c>.</summary>
    internal string Kind { get; init; } = "stream";

    /// <inheritdoc/>
    internal override EventText Tell() => Tell(1);

    /// <inheritdoc/>
    internal override bool IsOneOf(EsmEvent next) => next is RecordPut put && put.At == At && put.Stream == Stream && put.Kind == Kind;

    /// <inheritdoc/>
    internal override EventText Tell(int count) => new($"{Kind} {Stream}", $"{Wording.Times(count, "record")} put");
}

/// <summary>A mapping's poller read records that passed its filters.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Stream">The name of the stream or table.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="Mapping">The mapping.</param>
/// <param name="Records">The records.</param>
public sealed record RecordsRead(TimeSpan At, string Stream, string ShardId, string Mapping, IReadOnlyList<RecordReference> Records) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"shard {ShardId}", $"read {Wording.List(Records)}  for '{Mapping}'");
}

/// <summary>Records matched no filter of the mapping, whose iterator moves past them (F-3, F-4).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Stream">The name of the stream or table.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="Mapping">The mapping.</param>
/// <param name="Records">The records.</param>
public sealed record RecordsFiltered(TimeSpan At, string Stream, string ShardId, string Mapping, IReadOnlyList<RecordReference> Records) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"shard {ShardId}", $"✖ passed over {Wording.List(Records)}: no filter of '{Mapping}' matches (F-3, F-4)");
}

/// <summary>A mapping is done with all records of a shard up to one (R-20).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Stream">The name of the stream or table.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="Mapping">The mapping.</param>
/// <param name="Past">The last record that it is done with.</param>
public sealed record CheckpointMoved(TimeSpan At, string Stream, string ShardId, string Mapping, RecordReference Past) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"shard {ShardId}", Wording.Of($"✔ checkpoint of '{Mapping}' past {Past.Number}"));
}

/// <summary>The checkpoint of a batch that succeeded was lost, so that the batch is delivered once more (B-7). Comes from <see cref="Faults"/>.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Stream">The name of the stream or table.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="Mapping">The mapping.</param>
/// <param name="Records">The batch.</param>
public sealed record CheckpointLost(TimeSpan At, string Stream, string ShardId, string Mapping, IReadOnlyList<RecordReference> Records) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"shard {ShardId}", $"⧉ {Wording.List(Records)} will be delivered once more to '{Mapping}', although done (B-7)");
}

/// <summary>A failed batch was split in two; the parts are tried one after the other (R-27).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Stream">The name of the stream or table.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="Mapping">The mapping.</param>
/// <param name="First">The part that is tried first.</param>
/// <param name="Second">The part that is tried when the first is finished.</param>
public sealed record BatchBisected(
    TimeSpan At,
    string Stream,
    string ShardId,
    string Mapping,
    IReadOnlyList<RecordReference> First,
    IReadOnlyList<RecordReference> Second
) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"shard {ShardId}", $"⑂ split into [{Wording.Numbers(First)}] and [{Wording.Numbers(Second)}] (R-27)");
}

/// <summary>Records were given up: their retries were used up, or they were too old (R-32, R-33).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Stream">The name of the stream or table.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="Mapping">The mapping.</param>
/// <param name="Records">The records.</param>
/// <param name="Condition"><c>RetryAttemptsExhausted</c> or <c>RecordAgeExceeded</c> (R-41).</param>
/// <param name="Attempts">The invocations of the batch that count (R-22).</param>
/// <param name="Destination">The destination that was told; null if there is none.</param>
public sealed record BatchDiscarded(
    TimeSpan At,
    string Stream,
    string ShardId,
    string Mapping,
    IReadOnlyList<RecordReference> Records,
    string Condition,
    int Attempts,
    string? Destination
) : EsmEvent(At)
{
    /// <summary>The destination that could not be told (R-36); null where there is none, or where it was told.</summary>
    internal string? Unreached { get; init; }

    /// <inheritdoc/>
    internal override EventText Tell()
    {
        var reason = $"{Condition} after {Wording.Times(Attempts, "attempt")}";
        return new(
            $"shard {ShardId}",
            Unreached is not null ? $"✖ discarded {Wording.List(Records)}, and could not tell {Unreached}: {reason} (R-36)"
                : Destination is null ? $"✖ discarded {Wording.List(Records)} without a destination: {reason} (R-32)"
                : $"→ discarded {Wording.List(Records)} to {Destination}: {reason} (R-32)"
        );
    }
}

/// <summary>The stream's retention was over before the mapping was done with the records: they are gone without a trace (B-42, R-37).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Stream">The name of the stream or table.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="Mapping">The mapping that was not done with them.</param>
/// <param name="Records">The records.</param>
/// <param name="Retention">The retention period.</param>
public sealed record RecordsExpired(TimeSpan At, string Stream, string ShardId, string Mapping, IReadOnlyList<RecordReference> Records, TimeSpan Retention)
    : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() =>
        new($"shard {ShardId}", $"✖ {Wording.List(Records)} expired before '{Mapping}' was done: retention {Wording.Time(Retention)} (B-42)");
}

/// <summary>A tumbling window ended, and its state is gone (W-5).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Stream">The name of the stream or table.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="Mapping">The mapping.</param>
/// <param name="Start">The window's start.</param>
/// <param name="End">The window's end, not included.</param>
/// <param name="IsTerminatedEarly">Whether its state outgrew 1 MB (W-4).</param>
/// <param name="IsAbandoned">Whether its final invocation never worked, and it was given up when the retention of its records was over (W-6).</param>
public sealed record WindowClosed(
    TimeSpan At,
    string Stream,
    string ShardId,
    string Mapping,
    DateTimeOffset Start,
    DateTimeOffset End,
    bool IsTerminatedEarly,
    bool IsAbandoned
) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell()
    {
        var how = (IsAbandoned, IsTerminatedEarly) switch
        {
            (true, _) => "✖ given up, its final invocation never worked (W-6)",
            (_, true) => "closed early, its state outgrew 1 MB (W-4)",
            _ => "closed (W-5)",
        };
        return new($"shard {ShardId}", string.Create(CultureInfo.InvariantCulture, $"window {Start:HH:mm:ss} to {End:HH:mm:ss} of '{Mapping}' {how}"));
    }
}
