namespace AWS.Lambda.Powertools.Idempotency.Persistence;

/// <summary>What is remembered of a call.</summary>
public class DataRecord(
    string idempotencyKey,
    DataRecord.DataRecordStatus status,
    long expiryTimestamp,
    string responseData,
    string payloadHash,
    long? inProgressExpiryTimestamp = null
)
{
    public string IdempotencyKey { get; } = idempotencyKey;
    public long ExpiryTimestamp { get; } = expiryTimestamp;
    public long? InProgressExpiryTimestamp { get; } = inProgressExpiryTimestamp;
    public string ResponseData { get; } = responseData;
    public string PayloadHash { get; } = payloadHash;
    public DataRecordStatus Status => IsExpired(DateTimeOffset.UtcNow) ? DataRecordStatus.EXPIRED : status;

    public bool IsExpired(DateTimeOffset now) => ExpiryTimestamp != 0 && now.ToUnixTimeSeconds() > ExpiryTimestamp;

    /// <summary>How far the call came.</summary>
    public enum DataRecordStatus
    {
        INPROGRESS,
        COMPLETED,
        EXPIRED,
    }
}
