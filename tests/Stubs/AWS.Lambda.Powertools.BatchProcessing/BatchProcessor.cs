using System.Collections.Concurrent;
using AWS.Lambda.Powertools.BatchProcessing.Exceptions;

namespace AWS.Lambda.Powertools.BatchProcessing;

/// <summary>The processing that the sources share: every record counts as failed until its handler has returned.</summary>
public abstract class BatchProcessor<TEvent, TRecord> : IBatchProcessor<TEvent, TRecord>
{
    public ProcessingResult<TRecord> ProcessingResult { get; protected set; }

    public Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler) =>
        ProcessAsync(@event, recordHandler, CancellationToken.None);

    public Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler, CancellationToken cancellationToken) =>
        ProcessAsync(@event, recordHandler, new ProcessingOptions { CancellationToken = cancellationToken });

    public virtual async Task<ProcessingResult<TRecord>> ProcessAsync(TEvent @event, IRecordHandler<TRecord> recordHandler, ProcessingOptions processingOptions)
    {
        ProcessingResult = new ProcessingResult<TRecord>();
        var records = GetRecordsFromEvent(@event).Select(record => KeyValuePair.Create(GetRecordId(record), record)).ToArray();
        await BeforeBatchProcessingAsync(@event, processingOptions);

        var parallel = processingOptions.BatchParallelProcessingEnabled;
        var outcomes = new Outcomes(records, parallel);
        var stopAtFailure = PolicyFor(@event, processingOptions) == BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure;
        try
        {
            var cancellation = processingOptions.CancellationToken ?? CancellationToken.None;
            if (parallel)
            {
                var limits = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = processingOptions.MaxDegreeOfParallelism ?? -1 };
                await Parallel.ForEachAsync(
                    records,
                    limits,
                    async (record, token) => await ProcessRecordAsync(record, recordHandler, outcomes, stopAtFailure, token)
                );
            }
            else
            {
                foreach (var record in records)
                    await ProcessRecordAsync(record, recordHandler, outcomes, stopAtFailure, cancellation);
            }
        }
        catch (Exception e) when (e is CircuitBreakerException or OperationCanceledException)
        {
            // The records that were not reached are failures already.
        }

        ProcessingResult.BatchRecords.AddRange(records.Select(record => record.Value));
        ProcessingResult.SuccessRecords.AddRange(outcomes.Succeeded.Values);
        ProcessingResult.FailureRecords.AddRange(outcomes.Failed.Values);
        ProcessingResult.BatchItemFailuresResponse.BatchItemFailures.AddRange(
            outcomes.Failed.Keys.Select(id => new BatchItemFailuresResponse.BatchItemFailure { ItemIdentifier = id })
        );

        await AfterBatchProcessingAsync(@event, ProcessingResult, processingOptions);
        return ProcessingResult;
    }

    protected virtual Task BeforeBatchProcessingAsync(TEvent @event, ProcessingOptions processingOptions) => Task.CompletedTask;

    protected virtual Task<RecordHandlerResult> HandleRecordAsync(TRecord record, IRecordHandler<TRecord> recordHandler, CancellationToken cancellationToken) =>
        recordHandler.HandleAsync(record, cancellationToken);

    protected virtual Task HandleRecordSuccessAsync(TRecord record) => Task.CompletedTask;

    protected virtual Task HandleRecordFailureAsync(TRecord record, Exception exception) => Task.CompletedTask;

    protected virtual Task AfterBatchProcessingAsync(TEvent @event, ProcessingResult<TRecord> processingResult, ProcessingOptions processingOptions)
    {
        var records = processingResult.BatchRecords.Count;
        return processingOptions.ThrowOnFullBatchFailure && processingResult.FailureRecords.Count == records
            ? throw new BatchProcessingException(
                $"Entire batch of '{records}' record(s) failed processing. See inner exceptions for details.",
                processingResult.FailureRecords.Select(failure => failure.Exception)
            )
            : Task.CompletedTask;
    }

    protected abstract BatchProcessorErrorHandlingPolicy GetErrorHandlingPolicyForEvent(TEvent @event);

    protected abstract ICollection<TRecord> GetRecordsFromEvent(TEvent @event);

    protected abstract string GetRecordId(TRecord record);

    private BatchProcessorErrorHandlingPolicy PolicyFor(TEvent @event, ProcessingOptions options) =>
        options.ErrorHandlingPolicy switch
        {
            null or BatchProcessorErrorHandlingPolicy.DeriveFromEvent => GetErrorHandlingPolicyForEvent(@event),
            { } chosen => chosen,
        };

    private async Task ProcessRecordAsync(
        KeyValuePair<string, TRecord> entry,
        IRecordHandler<TRecord> recordHandler,
        Outcomes outcomes,
        bool stopAtFailure,
        CancellationToken cancellationToken
    )
    {
        var (id, record) = entry;
        try
        {
            // Inside the try: without parallelism a cancelled record is a failed one like any other, and the next is tried.
            cancellationToken.ThrowIfCancellationRequested();
            outcomes.Succeed(id, record, await HandleRecordAsync(record, recordHandler, cancellationToken));
            await IgnoringFailureAsync(() => HandleRecordSuccessAsync(record));
        }
        catch (Exception e)
        {
            outcomes.Fail(id, record, e);
            await IgnoringFailureAsync(() => HandleRecordFailureAsync(record, e));
            if (stopAtFailure)
            {
                throw new CircuitBreakerException(
                    "Error handling policy is configured to stop processing on first batch item failure. See inner exception for details.",
                    e
                );
            }
        }
    }

    private static async Task IgnoringFailureAsync(Func<Task> hook)
    {
        try
        {
            await hook();
        }
        catch
        {
            // A hook only looks on: what it throws changes no record's outcome.
        }
    }

    private sealed class Outcomes
    {
        // Both constructors refuse a batch that holds an id twice.
        internal Outcomes(KeyValuePair<string, TRecord>[] records, bool parallel)
        {
            var unprocessed = records.Select(record =>
                KeyValuePair.Create(
                    record.Key,
                    new RecordFailure<TRecord>
                    {
                        Exception = new UnprocessedRecordException($"Record: '{record.Key}' has not been processed."),
                        Record = record.Value,
                    }
                )
            );
            Failed = parallel
                ? new ConcurrentDictionary<string, RecordFailure<TRecord>>(unprocessed)
                : new Dictionary<string, RecordFailure<TRecord>>(unprocessed);
            Succeeded = parallel ? new ConcurrentDictionary<string, RecordSuccess<TRecord>>() : new Dictionary<string, RecordSuccess<TRecord>>();
        }

        internal IDictionary<string, RecordFailure<TRecord>> Failed { get; }

        internal IDictionary<string, RecordSuccess<TRecord>> Succeeded { get; }

        internal void Succeed(string id, TRecord record, RecordHandlerResult result)
        {
            Failed.Remove(id);
            Succeeded.TryAdd(
                id,
                new RecordSuccess<TRecord>
                {
                    Record = record,
                    RecordId = id,
                    HandlerResult = result,
                }
            );
        }

        internal void Fail(string id, TRecord record, Exception cause) =>
            Failed[id] = new RecordFailure<TRecord>
            {
                Exception = new RecordProcessingException($"Failed processing record: '{id}'. See inner exception for details.", cause),
                Record = record,
                RecordId = id,
            };
    }
}
