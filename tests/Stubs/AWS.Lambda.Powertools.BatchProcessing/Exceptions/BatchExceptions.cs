namespace AWS.Lambda.Powertools.BatchProcessing.Exceptions;

/// <summary>Every record of the batch failed. Internal, as the real one: who wants to catch it catches <see cref="AggregateException"/>.</summary>
internal class BatchProcessingException(string message, IEnumerable<Exception> exceptions) : AggregateException(message, exceptions);

/// <summary>Ends the batch after its first failure.</summary>
internal class CircuitBreakerException(string message, Exception inner) : Exception(message, inner);

/// <summary>A record handler threw.</summary>
internal class RecordProcessingException(string message, Exception inner) : Exception(message, inner);

/// <summary>A record that was never handed to its handler.</summary>
internal class UnprocessedRecordException(string message) : Exception(message);
