using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime;

/// <summary>A message was published to a topic.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Topic">The topic's name.</param>
/// <param name="MessageId">The message's id.</param>
/// <param name="Number">Its number in the topic, from 1.</param>
/// <param name="From">Who published it, if it was AWS.</param>
public sealed record MessagePublished(TimeSpan At, string Topic, string MessageId, int Number, string? From) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"topic {Topic}", Wording.Of($"message {Number} published{(From is null ? "" : $" by {From}")}"));
}

/// <summary>An object was put into a bucket or deleted from it.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="EventName">What happened: <c>ObjectCreated:Put</c>.</param>
/// <param name="Key">The object's key.</param>
public sealed record ObjectChanged(TimeSpan At, string Bucket, string EventName, string Key) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"bucket {Bucket}", $"{EventName} {Wording.Short(Key)}");
}

/// <summary>An event was put on a bus.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Bus">The bus's name.</param>
/// <param name="Number">Its number on the bus, from 1.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="DetailType">What it is about.</param>
public sealed record BusEventPut(TimeSpan At, string Bus, int Number, string Source, string DetailType) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new($"bus {Bus}", Wording.Of($"event {Number} put: {Source}, {DetailType}"));
}

/// <summary>Somebody who was to be told of something refused it, so that it is lost to them (N-4).</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Publisher">Who told it: <c>topic orders</c>.</param>
/// <param name="Target">Who refused it.</param>
/// <param name="Reason">Why.</param>
public sealed record NotificationRefused(TimeSpan At, string Publisher, string Target, string Reason) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new(Publisher, $"✖ refused by {Target}: {Wording.FirstLine(Reason)} (N-4)");
}
