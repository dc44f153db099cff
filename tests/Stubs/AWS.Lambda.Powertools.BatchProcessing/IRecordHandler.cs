namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>Handles one record; an exception reports it as failed.</summary>
public interface IRecordHandler<in TRecord>
{
    Task<RecordHandlerResult> HandleAsync(TRecord record, CancellationToken cancellationToken);
}

/// <summary>Makes the record handler that <see cref="BatchProcessorAttribute"/> names.</summary>
public interface IRecordHandlerProvider<in TRecord>
{
    IRecordHandler<TRecord> Create();
}

/// <summary>What a record handler has to say of a record it handled.</summary>
public class RecordHandlerResult
{
    public static RecordHandlerResult None { get; }

    public object Data { get; init; }

    public static RecordHandlerResult FromData(object data) => new() { Data = data };
}

/// <summary>A record handler made from a delegate.</summary>
public class RecordHandler<TRecord> : IRecordHandler<TRecord>
{
    private readonly Func<TRecord, Task<RecordHandlerResult>> _handle;

    private RecordHandler(Func<TRecord, Task<RecordHandlerResult>> handle) => _handle = handle;

    public static IRecordHandler<TRecord> From(Action<TRecord> handlerAction) =>
        From(record =>
        {
            handlerAction(record);
            return Task.FromResult(RecordHandlerResult.None);
        });

    public static IRecordHandler<TRecord> From(Func<TRecord, Task<RecordHandlerResult>> handlerFunc) => new RecordHandler<TRecord>(handlerFunc);

    public Task<RecordHandlerResult> HandleAsync(TRecord record, CancellationToken cancellationToken) => _handle(record);
}
