namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>Hands each record of a batch to a record handler and collects what failed.</summary>
public interface IBatchProcessor<in TEvent, TRecord>
{
    ProcessingResult<TRecord> ProcessingResult { get; }

    Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler);
    Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler, CancellationToken cancellationToken);
    Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler, ProcessingOptions processingOptions);
}

/// <summary>Makes the batch processor that <see cref="BatchProcessorAttribute"/> names.</summary>
public interface IBatchProcessorProvider<in TEvent, TRecord>
{
    IBatchProcessor<TEvent, TRecord> Create();
}
