namespace AtLeastOnce.Runtime.Sources.Destinations;

/// <summary>What a destination is given: the record of an invocation, a dead letter, or a notification.</summary>
/// <param name="At">The virtual time.</param>
/// <param name="Json">The text as SQS, SNS and functions get it; of a stream's record without the payload .</param>
/// <param name="JsonWithPayload">The record as S3 gets it .</param>
/// <param name="ObjectKeyPrefix">What the object's key begins with: <c>aws/lambda/…/</c>; date, time and a random id follow.</param>
internal sealed record DestinationRecord(long At, string Json, string JsonWithPayload, string ObjectKeyPrefix)
{
    /// <summary>Something that looks the same wherever it goes.</summary>
    public DestinationRecord(long at, string json)
        : this(at, json, json, "") { }

    /// <summary>Message attributes, for SQS and SNS.</summary>
    public IReadOnlyDictionary<string, SqsAttributeValue>? Attributes { get; init; }

    /// <summary>The subject, for SNS.</summary>
    public string? Subject { get; init; }

    /// <summary>Who sends it, for the history: <c>topic orders</c>.</summary>
    public string? From { get; init; }

    /// <summary>The function's ARN with its version, if it is the record of an invocation; for EventBridge.</summary>
    public string? FunctionArn { get; init; }

    /// <summary>Whether it is the record of an invocation that succeeded.</summary>
    public bool IsSuccess { get; init; }
}
