using AtLeastOnce.Runtime.Sources.Streams.DynamoDB;

namespace AtLeastOnce.Runtime;

/// <summary>A record of a table's stream: one change of one item (E-20).</summary>
public sealed class DynamoDBRecord : StreamRecord
{
    internal DynamoDBRecord(StreamShard shard, RecordPosition position, ItemChange change, uint orderHash, string sequenceNumber)
        : base(shard, position)
    {
        (Change, OrderHash) = (change, orderHash);
        SequenceNumber = sequenceNumber;
    }

    /// <inheritdoc/>
    public override string SequenceNumber { get; }

    /// <summary><c>INSERT</c>, <c>MODIFY</c> or <c>REMOVE</c>.</summary>
    public string EventName =>
        (Change.Old, Change.New) switch
        {
            (null, _) => "INSERT",
            (_, null) => "REMOVE",
            _ => "MODIFY",
        };

    /// <summary>The item's key.</summary>
    public DynamoDBItem Keys => new(Change.Keys);

    /// <summary>The item after the change; null if there is none, or the stream's view type leaves it out.</summary>
    public DynamoDBItem? NewImage => ShownNew is { } image ? new(image) : null;

    /// <summary>The item before the change; null if there was none, or the stream's view type leaves it out.</summary>
    public DynamoDBItem? OldImage => ShownOld is { } image ? new(image) : null;

    /// <summary>Whether DynamoDB's time to live removed the item, and no request (E-22).</summary>
    public bool IsExpiry => Change.IsExpiry;

    internal ItemChange Change { get; }

    internal AttributeMap? ShownNew => Change.View is StreamViewType.NewImage or StreamViewType.NewAndOldImages ? Change.New : null;

    internal AttributeMap? ShownOld => Change.View is StreamViewType.OldImage or StreamViewType.NewAndOldImages ? Change.Old : null;

    /// <summary>The size as the event tells it.</summary>
    internal long SizeBytes => Change.Keys.Size + (ShownNew?.Size ?? 0) + (ShownOld?.Size ?? 0);

    /// <inheritdoc/>
    internal override uint OrderHash { get; }

    /// <inheritdoc/>
    internal override long ReadSize => SizeBytes;

    /// <inheritdoc/>
    internal override string Preview => $"{EventName} {Keys.Json}";
}
