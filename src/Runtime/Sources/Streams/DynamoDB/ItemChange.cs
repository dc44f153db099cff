namespace AtLeastOnce.Runtime.Sources.Streams.DynamoDB;

/// <summary>A change of an item.</summary>
/// <param name="Keys">The item's key.</param>
/// <param name="Old">The item before; null if there was none.</param>
/// <param name="New">The item after; null if there is none.</param>
/// <param name="View">What the stream shows of it.</param>
/// <param name="IsExpiry">Whether DynamoDB's time to live made it.</param>
internal sealed record ItemChange(AttributeMap Keys, AttributeMap? Old, AttributeMap? New, StreamViewType View, bool IsExpiry);
