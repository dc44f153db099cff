using Amazon.Lambda.DynamoDBEvents;

namespace AWS.Lambda.Powertools.BatchProcessing.DynamoDb;

/// <summary>Handles one change.</summary>
public interface IDynamoDbStreamRecordHandler : IRecordHandler<DynamoDBEvent.DynamodbStreamRecord>;

/// <summary>Processes a batch of changes.</summary>
public interface IDynamoDbStreamBatchProcessor : IBatchProcessor<DynamoDBEvent, DynamoDBEvent.DynamodbStreamRecord>;

/// <summary>Reports a failed change by its sequence number. The last instance made is the one whose result <see cref="Result"/> is.</summary>
public class DynamoDbStreamBatchProcessor : BatchProcessor<DynamoDBEvent, DynamoDBEvent.DynamodbStreamRecord>, IDynamoDbStreamBatchProcessor
{
    private static IDynamoDbStreamBatchProcessor s_instance;

    protected DynamoDbStreamBatchProcessor() => s_instance = this;

    public static IDynamoDbStreamBatchProcessor Instance => s_instance ??= new DynamoDbStreamBatchProcessor();

    public static ProcessingResult<DynamoDBEvent.DynamodbStreamRecord> Result => s_instance.ProcessingResult;

    protected override BatchProcessorErrorHandlingPolicy GetErrorHandlingPolicyForEvent(DynamoDBEvent @event) =>
        BatchProcessorErrorHandlingPolicy.ContinueOnBatchItemFailure;

    protected override ICollection<DynamoDBEvent.DynamodbStreamRecord> GetRecordsFromEvent(DynamoDBEvent @event) => @event.Records;

    protected override string GetRecordId(DynamoDBEvent.DynamodbStreamRecord record) => record.Dynamodb.SequenceNumber;
}
