#pragma warning disable CS1591
namespace Amazon.SQS.Model
{
    public class SendMessageRequest
    {
        public string? QueueUrl { get; set; }

        public string MessageBody { get; set; } = "";

        public int DelaySeconds { get; set; }

        public string? MessageGroupId { get; set; }

        public string? MessageDeduplicationId { get; set; }
    }

    public class SendMessageResponse;

    public class DeleteMessageResponse;

    public class ChangeMessageVisibilityResponse;
}

namespace Amazon.SQS
{
    using Amazon.SQS.Model;

    public interface IAmazonSQS
    {
        Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default);

        Task<DeleteMessageResponse> DeleteMessageAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken = default);

        Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
            string queueUrl,
            string receiptHandle,
            int visibilityTimeout,
            CancellationToken cancellationToken = default
        );
    }

    public class AmazonSQSClient(RegionEndpoint region) : IAmazonSQS
    {
        public RegionEndpoint Region { get; } = region;

        public virtual Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("There is no AWS here: an example overrides what it calls.");

        public virtual Task<DeleteMessageResponse> DeleteMessageAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("There is no AWS here: an example overrides what it calls.");

        public virtual Task<ChangeMessageVisibilityResponse> ChangeMessageVisibilityAsync(
            string queueUrl,
            string receiptHandle,
            int visibilityTimeout,
            CancellationToken cancellationToken = default
        ) => throw new NotSupportedException("There is no AWS here: an example overrides what it calls.");
    }
}
