using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>What became of each record of a batch.</summary>
public class ProcessingResult<TRecord>
{
    public BatchItemFailuresResponse BatchItemFailuresResponse { get; } = new();
    public List<TRecord> BatchRecords { get; } = [];
    public List<RecordSuccess<TRecord>> SuccessRecords { get; } = [];
    public List<RecordFailure<TRecord>> FailureRecords { get; } = [];

    public void Clear()
    {
        BatchRecords.Clear();
        SuccessRecords.Clear();
        FailureRecords.Clear();
    }
}

/// <summary>A record that was handled.</summary>
public class RecordSuccess<TRecord>
{
    public RecordHandlerResult HandlerResult { get; init; }
    public TRecord Record { get; init; }
    public string RecordId { get; init; }
}

/// <summary>A record that failed, or that was never reached.</summary>
public class RecordFailure<TRecord>
{
    public Exception Exception { get; init; }
    public TRecord Record { get; init; }
    public string RecordId { get; init; }
}

/// <summary>The handler's response: the records that failed. Only a batch processor makes one.</summary>
[DataContract]
public class BatchItemFailuresResponse
{
    internal BatchItemFailuresResponse() { }

    [DataMember(Name = "batchItemFailures")]
    [JsonPropertyName("batchItemFailures")]
    public List<BatchItemFailure> BatchItemFailures { get; init; } = [];

    /// <summary>A failed record, named by its message id or sequence number.</summary>
    [DataContract]
    public class BatchItemFailure
    {
        [DataMember(Name = "itemIdentifier")]
        [JsonPropertyName("itemIdentifier")]
        public string ItemIdentifier { get; init; }
    }
}
