namespace AtLeastOnce.Runtime.Sources.Destinations;

/// <summary>What Lambda tells a destination of an invocation.</summary>
/// <param name="At">The virtual time.</param>
/// <param name="Json">The record as SQS and SNS get it: without the payload for streams .</param>
/// <param name="JsonWithPayload">The record as S3 gets it .</param>
/// <param name="ObjectKeyPrefix">What the object's key begins with: <c>aws/lambda/…/</c>; date, time and a random id follow.</param>
internal sealed record DestinationRecord(long At, string Json, string JsonWithPayload, string ObjectKeyPrefix);
