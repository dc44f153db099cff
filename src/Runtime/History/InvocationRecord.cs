using System.Text;

namespace AtLeastOnce.Runtime;

/// <summary>One delivery of a record: what an invocation was given.</summary>
/// <param name="Record">The record.</param>
/// <param name="ReceiveCount">Its <c>ApproximateReceiveCount</c>, or the how-manieth attempt it is, from 1.</param>
public readonly record struct Delivery(RecordReference Record, int ReceiveCount);

/// <summary>An invocation of a function: by a mapping's poller, by the asynchronous event queue, or by a caller that waits.</summary>
public sealed class InvocationRecord
{
    private readonly byte[] request;
    private string? requestJson;

    internal InvocationRecord(byte[] request) => this.request = request;

    /// <summary>The function's name.</summary>
    public required string Function { get; init; }

    /// <summary>The mapping's name; null unless a mapping's poller invoked.</summary>
    public required string? Mapping { get; init; }

    /// <summary>The name of the source that the batch came from.</summary>
    public required string Source { get; init; }

    /// <summary>The shard that the batch came from; null unless the source has shards.</summary>
    public string? ShardId { get; init; }

    /// <summary>What is special about the batch; null if nothing is.</summary>
    internal string? Remark { get; init; }

    /// <summary>Counts the function's invocations, from 1.</summary>
    public required int Number { get; init; }

    /// <summary><c>ILambdaContext.AwsRequestId</c>.</summary>
    public required string AwsRequestId { get; init; }

    /// <summary>Counts the function's execution environments, from 1. The same number means the same instance of the handler, kept warm.</summary>
    public required int ExecutionEnvironment { get; init; }

    /// <summary>The batch, in the event's order.</summary>
    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    /// <summary>When it began, since the host's start.</summary>
    public required TimeSpan Start { get; init; }

    /// <summary>When the first of its messages can be received again (B-16); null unless they come from a queue.</summary>
    public required TimeSpan? VisibleAgainAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public TimeSpan? End { get; internal set; }

    /// <summary>The event as Lambda passed it to the function.</summary>
    public string RequestJson => requestJson ??= Encoding.UTF8.GetString(request);

    /// <summary>The event as it is passed to the function.</summary>
    internal MemoryStream RequestStream() => new(request, 0, request.Length, writable: false, publiclyVisible: true);

    /// <summary>What the function answered; empty if it answered nothing, null while it runs or when it failed.</summary>
    public string? ResponseJson { get; internal set; }

    /// <summary>Why the function failed; null unless it did (R-18).</summary>
    public FunctionError? Error { get; internal set; }

    /// <summary>How the poller read the result; null while the invocation runs.</summary>
    public BatchOutcome? Outcome { get; internal set; }

    /// <summary>For debugging.</summary>
    public override string ToString() => FormattableString.Invariant($"{Function} #{Number}: {Outcome?.Reason ?? "running"}");
}
