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
}

namespace Amazon.SQS
{
    using Amazon.SQS.Model;

    public interface IAmazonSQS
    {
        Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default);
    }

    public class AmazonSQSClient(RegionEndpoint region) : IAmazonSQS
    {
        public RegionEndpoint Region { get; } = region;

        public virtual Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("There is no AWS here: an example overrides what it calls.");
    }
}
