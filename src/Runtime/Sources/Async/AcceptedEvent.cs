namespace AtLeastOnce.Runtime;

/// <summary>Lambda's answer to an asynchronous invocation: the event is in the function's queue, whatever becomes of it.</summary>
/// <param name="StatusCode">202.</param>
/// <param name="RequestId">The id that <c>ILambdaContext.AwsRequestId</c> will show at every attempt .</param>
/// <param name="Number">The event's number in the function's queue, from 1: what a timeline calls it.</param>
public sealed record AcceptedEvent(int StatusCode, string RequestId, int Number);
