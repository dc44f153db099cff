using Amazon.Lambda.KinesisEvents;

namespace AWS.Lambda.Powertools.BatchProcessing.Kinesis;

/// <summary>Handles one record.</summary>
public interface IKinesisEventRecordHandler : IRecordHandler<KinesisEvent.KinesisEventRecord>;

/// <summary>Processes a batch of records.</summary>
public interface IKinesisEventBatchProcessor : IBatchProcessor<KinesisEvent, KinesisEvent.KinesisEventRecord>;

/// <summary>Reports a failed record by its sequence number. The last instance made is the one whose result <see cref="Result"/> is.</summary>
public class KinesisEventBatchProcessor : BatchProcessor<KinesisEvent, KinesisEvent.KinesisEventRecord>, IKinesisEventBatchProcessor
{
    private static IKinesisEventBatchProcessor s_instance;

    protected KinesisEventBatchProcessor() => s_instance = this;

    public static IKinesisEventBatchProcessor Instance => s_instance ??= new KinesisEventBatchProcessor();

    public static ProcessingResult<KinesisEvent.KinesisEventRecord> Result => s_instance.ProcessingResult;

    protected override BatchProcessorErrorHandlingPolicy GetErrorHandlingPolicyForEvent(KinesisEvent @event) =>
        BatchProcessorErrorHandlingPolicy.ContinueOnBatchItemFailure;

    protected override ICollection<KinesisEvent.KinesisEventRecord> GetRecordsFromEvent(KinesisEvent @event) => @event.Records;

    protected override string GetRecordId(KinesisEvent.KinesisEventRecord record) => record.Kinesis.SequenceNumber;
}
