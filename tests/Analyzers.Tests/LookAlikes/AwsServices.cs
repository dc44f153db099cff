#nullable disable
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Amazon.S3.Model
{
    public class PutObjectRequest
    {
        public string BucketName { get; set; }

        public string Key { get; set; }

        public string ContentBody { get; set; }
    }

    public class CopyObjectRequest
    {
        public string SourceKey { get; set; }

        public string DestinationKey { get; set; }
    }
}

namespace Amazon.S3
{
    using Amazon.S3.Model;

    public interface IAmazonS3
    {
        Task<object> PutObjectAsync(PutObjectRequest request, CancellationToken cancellationToken = default);

        Task<object> CopyObjectAsync(CopyObjectRequest request, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.S3.Transfer
{
    public interface ITransferUtility
    {
        Task UploadAsync(string filePath, string bucketName, string key, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.SQS.Model
{
    public class MessageAttributeValue
    {
        public string DataType { get; set; }

        public string StringValue { get; set; }
    }

    public class GetQueueUrlResponse
    {
        public string QueueUrl { get; set; }
    }

    public class SendMessageRequest
    {
        public SendMessageRequest() { }

        public SendMessageRequest(string queueUrl, string messageBody) => (QueueUrl, MessageBody) = (queueUrl, messageBody);

        public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }

        public string QueueUrl { get; set; }

        public string MessageBody { get; set; }

        public string MessageGroupId { get; set; }

        public string MessageDeduplicationId { get; set; }
    }

    public class DeleteMessageRequest
    {
        public string QueueUrl { get; set; }

        public string ReceiptHandle { get; set; }
    }

    public class SendMessageBatchRequestEntry
    {
        public string Id { get; set; }

        public string MessageBody { get; set; }
    }

    public class SendMessageBatchRequest
    {
        public string QueueUrl { get; set; }

        public List<SendMessageBatchRequestEntry> Entries { get; set; }
    }
}

namespace Amazon.SQS
{
    using Amazon.SQS.Model;

    public interface IAmazonSQS
    {
        Task<object> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default);

        Task<object> SendMessageAsync(string queueUrl, string messageBody, CancellationToken cancellationToken = default);

        Task<object> SendMessageBatchAsync(SendMessageBatchRequest request, CancellationToken cancellationToken = default);

        Task<GetQueueUrlResponse> GetQueueUrlAsync(string queueName, CancellationToken cancellationToken = default);

        Task<object> DeleteMessageAsync(DeleteMessageRequest request, CancellationToken cancellationToken = default);

        Task<object> DeleteMessageAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken = default);

        Task<object> ChangeMessageVisibilityAsync(string queueUrl, string receiptHandle, int visibilityTimeout, CancellationToken cancellationToken = default);
    }

    public class AmazonSQSClient : IAmazonSQS
    {
        public Task<object> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default) => null;

        public Task<object> SendMessageAsync(string queueUrl, string messageBody, CancellationToken cancellationToken = default) => null;

        public Task<object> SendMessageBatchAsync(SendMessageBatchRequest request, CancellationToken cancellationToken = default) => null;

        public Task<GetQueueUrlResponse> GetQueueUrlAsync(string queueName, CancellationToken cancellationToken = default) => null;

        public Task<object> DeleteMessageAsync(DeleteMessageRequest request, CancellationToken cancellationToken = default) => null;

        public Task<object> DeleteMessageAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken = default) => null;

        public Task<object> ChangeMessageVisibilityAsync(
            string queueUrl,
            string receiptHandle,
            int visibilityTimeout,
            CancellationToken cancellationToken = default
        ) => null;
    }
}

namespace Amazon.SimpleNotificationService.Model
{
    public class PublishRequest
    {
        public string TopicArn { get; set; }

        public string Message { get; set; }

        public string MessageGroupId { get; set; }

        public string MessageDeduplicationId { get; set; }
    }

    public class PublishBatchRequest
    {
        public string TopicArn { get; set; }
    }
}

namespace Amazon.SimpleNotificationService
{
    using Amazon.SimpleNotificationService.Model;

    public interface IAmazonSimpleNotificationService
    {
        Task<object> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default);

        Task<object> PublishAsync(string topicArn, string message, CancellationToken cancellationToken = default);

        Task<object> PublishBatchAsync(PublishBatchRequest request, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.EventBridge.Model
{
    public class PutEventsRequestEntry
    {
        public string Source { get; set; }

        public string DetailType { get; set; }

        public string Detail { get; set; }
    }

    public class PutEventsRequest
    {
        public List<PutEventsRequestEntry> Entries { get; set; }
    }
}

namespace Amazon.EventBridge
{
    using Amazon.EventBridge.Model;

    public interface IAmazonEventBridge
    {
        Task<object> PutEventsAsync(PutEventsRequest request, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.Kinesis.Model
{
    public class PutRecordRequest
    {
        public string StreamName { get; set; }

        public string PartitionKey { get; set; }

        public byte[] Data { get; set; }
    }

    public class PutRecordsRequest
    {
        public string StreamName { get; set; }
    }
}

namespace Amazon.Kinesis
{
    using Amazon.Kinesis.Model;

    public interface IAmazonKinesis
    {
        Task<object> PutRecordAsync(PutRecordRequest request, CancellationToken cancellationToken = default);

        Task<object> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.KinesisFirehose.Model
{
    public class PutRecordBatchRequest
    {
        public string DeliveryStreamName { get; set; }
    }
}

namespace Amazon.KinesisFirehose
{
    using Amazon.KinesisFirehose.Model;

    public interface IAmazonKinesisFirehose
    {
        Task<object> PutRecordBatchAsync(PutRecordBatchRequest request, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.StepFunctions.Model
{
    public class StartExecutionRequest
    {
        public string StateMachineArn { get; set; }

        public string Name { get; set; }

        public string Input { get; set; }
    }
}

namespace Amazon.StepFunctions
{
    using Amazon.StepFunctions.Model;

    public interface IAmazonStepFunctions
    {
        Task<object> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.Lambda.Model
{
    public class InvokeRequest
    {
        public string FunctionName { get; set; }

        public string Payload { get; set; }
    }

    public class InvokeResponse
    {
        public System.IO.MemoryStream Payload { get; set; }

        public int StatusCode { get; set; }
    }
}

namespace Amazon.Lambda
{
    using Amazon.Lambda.Model;

    public interface IAmazonLambda
    {
        Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.MediaConvert.Model
{
    public class CreateJobRequest
    {
        public string Role { get; set; }

        public string ClientRequestToken { get; set; }
    }
}

namespace Amazon.MediaConvert
{
    using Amazon.MediaConvert.Model;

    public interface IAmazonMediaConvert
    {
        Task<object> CreateJobAsync(CreateJobRequest request, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.TranscribeService.Model
{
    public class StartTranscriptionJobRequest
    {
        public string TranscriptionJobName { get; set; }
    }
}

namespace Amazon.TranscribeService
{
    using Amazon.TranscribeService.Model;

    public interface IAmazonTranscribeService
    {
        Task<object> StartTranscriptionJobAsync(StartTranscriptionJobRequest request, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.SimpleEmail.Model
{
    public class SendEmailRequest
    {
        public string Source { get; set; }
    }
}

namespace Amazon.SimpleEmail
{
    using Amazon.SimpleEmail.Model;

    public interface IAmazonSimpleEmailService
    {
        Task<object> SendEmailAsync(SendEmailRequest request, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.SimpleEmailV2.Model
{
    public class SendEmailRequest
    {
        public string FromEmailAddress { get; set; }
    }
}

namespace Amazon.SimpleEmailV2
{
    using Amazon.SimpleEmailV2.Model;

    public interface IAmazonSimpleEmailServiceV2
    {
        Task<object> SendEmailAsync(SendEmailRequest request, CancellationToken cancellationToken = default);
    }
}

namespace AWS.Messaging
{
    public interface IMessagePublisher
    {
        Task PublishAsync<T>(T message, CancellationToken cancellationToken = default);
    }
}
