using Amazon.Lambda.SQSEvents;

namespace AWS.Lambda.Powertools.BatchProcessing.Sqs;

/// <summary>Handles one message.</summary>
public interface ISqsRecordHandler : IRecordHandler<SQSEvent.SQSMessage>;

/// <summary>Processes a batch of messages.</summary>
public interface ISqsBatchProcessor : IBatchProcessor<SQSEvent, SQSEvent.SQSMessage>;

/// <summary>Reports a failed message by its message id. The last instance made is the one whose result <see cref="Result"/> is.</summary>
public class SqsBatchProcessor : BatchProcessor<SQSEvent, SQSEvent.SQSMessage>, ISqsBatchProcessor
{
    private static ISqsBatchProcessor s_instance;

    protected SqsBatchProcessor() => s_instance = this;

    public static ISqsBatchProcessor Instance => s_instance ??= new SqsBatchProcessor();

    public static ProcessingResult<SQSEvent.SQSMessage> Result => s_instance.ProcessingResult;

    protected override BatchProcessorErrorHandlingPolicy GetErrorHandlingPolicyForEvent(SQSEvent @event) =>
        @event.Records.FirstOrDefault()?.EventSourceArn?.EndsWith(".fifo", StringComparison.OrdinalIgnoreCase) == true
            ? BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure
            : BatchProcessorErrorHandlingPolicy.ContinueOnBatchItemFailure;

    protected override ICollection<SQSEvent.SQSMessage> GetRecordsFromEvent(SQSEvent @event) => @event.Records;

    protected override string GetRecordId(SQSEvent.SQSMessage record) => record.MessageId;
}
