using AtLeastOnce.Deployment.Aws.Validation;

namespace AtLeastOnce.Deployment.Tests.Aws.Validation;

public sealed class FifoQueueValidationTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("FifoQueue: true", null)]
    [InlineData("FifoQueue: true, QueueName: orders.fifo, ContentBasedDeduplication: true", null)]
    [InlineData("FifoQueue: true, DeduplicationScope: messageGroup, FifoThroughputLimit: perMessageGroupId", null)]
    [InlineData("FifoQueue: true, DeduplicationScope: !Ref Open, FifoThroughputLimit: perMessageGroupId", null)]
    [InlineData("FifoQueue: !Ref Open, QueueName: orders", null)]
    [InlineData("QueueName: orders, ContentBasedDeduplication: false", null)]
    [InlineData("FifoQueue: true, QueueName: orders", "S-40 QueueName InvalidParameterValue")]
    [InlineData("QueueName: orders.fifo", "S-40 QueueName InvalidParameterValue")]
    [InlineData("ContentBasedDeduplication: true", "S-45 ContentBasedDeduplication InvalidAttributeName")]
    [InlineData("FifoQueue: true, DeduplicationScope: group", "S-46 DeduplicationScope InvalidAttributeValue")]
    [InlineData("FifoQueue: true, FifoThroughputLimit: perGroup", "S-46 FifoThroughputLimit InvalidAttributeValue")]
    [InlineData("FifoQueue: true, FifoThroughputLimit: perMessageGroupId", "S-46 FifoThroughputLimit InvalidAttributeValue")]
    public void Settings_of_a_FIFO_queue_fit_each_other(string properties, string? refused)
    {
        var model = Templates.Read(
            $"Parameters: {{ Open: {{ Type: String }} }}\nResources:\n  Q: {{ Type: AWS::SQS::Queue, Properties: {{ {properties} }} }}\n"
        );
        var refusals = QueueValidation.Validate(Assert.Single(model.Queues), null);
        Assert.Equal(refused is null ? [] : [refused], refusals.Select(refusal => $"{refusal.RuleId} {refusal.Property} {refusal.ErrorType}"));
        Assert.All(refusals, refusal => Assert.False(refusal.IsRecordedText));
    }
}
