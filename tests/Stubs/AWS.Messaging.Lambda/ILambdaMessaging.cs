using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;

namespace AWS.Messaging.Lambda;

/// <summary>Hands the messages of a batch to their message handlers. The first method throws if any of them failed; the second reports those.</summary>
public interface ILambdaMessaging
{
    Task ProcessLambdaEventAsync(SQSEvent sqsEvent, ILambdaContext lambdaContext);
    Task<SQSBatchResponse> ProcessLambdaEventWithBatchResponseAsync(SQSEvent sqsEvent, ILambdaContext lambdaContext);
}

/// <summary>How a batch is processed. Seconds.</summary>
public class LambdaMessagingOptions
{
    public const int DEFAULT_MAX_NUMBER_OF_CONCURRENT_MESSAGES = 10;

    public int MaxNumberOfConcurrentMessages { get; set; } = DEFAULT_MAX_NUMBER_OF_CONCURRENT_MESSAGES;
    public bool DeleteMessagesWhenCompleted { get; set; }
    public int? VisibilityTimeoutForBatchFailures { get; set; }
}
