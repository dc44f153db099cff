namespace AWS.Lambda.Powertools.Idempotency.Persistence;

/// <summary>Keeps the records of past calls.</summary>
public interface IPersistenceStore
{
    Task<DataRecord> GetRecord(string idempotencyKey);
    Task PutRecord(DataRecord record, DateTimeOffset now);
    Task UpdateRecord(DataRecord record);
    Task DeleteRecord(string idempotencyKey);
}

/// <summary>The base class of every store, one's own included.</summary>
public abstract class BasePersistenceStore : IPersistenceStore
{
    public abstract Task<DataRecord> GetRecord(string idempotencyKey);
    public abstract Task PutRecord(DataRecord record, DateTimeOffset now);
    public abstract Task UpdateRecord(DataRecord record);
    public abstract Task DeleteRecord(string idempotencyKey);
}
