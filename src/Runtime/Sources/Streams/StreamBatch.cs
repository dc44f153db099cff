using AtLeastOnce.Runtime.Invocation;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>A lane's batch as its invocation sees it.</summary>
internal sealed class StreamBatch(ShardLane lane) : IInvocationBatch
{
    private const int LargeBatch = 32;

    private PendingBatch? indexed;
    private Dictionary<string, int>? positions;
    private int indexedCount;

    private static readonly BatchOutcome NoState = new(
        BatchOutcomeKind.WholeBatchFailure,
        "W-3",
        "whole batch failed: the response has no 'state', which a tumbling window's must have (W-3)"
    );

    private StreamReading Reading => lane.Reading;

    private List<StreamRecord> Records => lane.Current!.Records;

    /// <inheritdoc/>
    public int Count => Records.Count;

    /// <inheritdoc/>
    public string? Mapping => Reading.Settings.Mapping;

    /// <inheritdoc/>
    public string Source => Reading.Log.Source.Label;

    /// <inheritdoc/>
    public string? ShardId => lane.Shard.Id;

    /// <inheritdoc/>
    public string? Remark =>
        lane.Window is not { } window
            ? null
            : FormattableString.Invariant(
                $"{(lane.Current!.IsFinal ? "final of " : "")}window {window.Start:HH:mm:ss} to {window.End:HH:mm:ss}{(window.IsTerminatedEarly ? ", terminated early" : "")}"
            );

    /// <inheritdoc/>
    public long? NextDeliveryAt => null;

    /// <summary>The state that the last invocation handed on; null if there is none to hand on.</summary>
    public string? NewState { get; private set; }

    /// <inheritdoc/>
    public int IndexOf(string identifier)
    {
        var records = Records;
        if (records.Count <= LargeBatch)
            return records.FindIndex(record => record.SequenceNumber == identifier);
        if (indexed != lane.Current || indexedCount != records.Count)
        {
            (indexed, indexedCount, positions) = (lane.Current, records.Count, []);
            for (var i = 0; i < records.Count; i++)
                positions.Add(records[i].SequenceNumber, i);
        }

        return positions!.GetValueOrDefault(identifier, -1);
    }

    /// <inheritdoc/>
    public BatchOutcome Judge(ReadOnlySpan<byte> response, FunctionError? error)
    {
        NewState = null;
        var outcome = Reading.Response.Judge(response, error, this);
        if (lane.Window is null || outcome.Kind == BatchOutcomeKind.WholeBatchFailure)
            return outcome;
        NewState = TumblingWindow.StateIn(response, Reading.Options.NullWindowStateIsState);
        return NewState is null ? NoState : outcome;
    }

    /// <inheritdoc/>
    public void WriteEvent(EventBuffer target) => Reading.Writer.Write(target, Records, lane.Frame);

    /// <inheritdoc/>
    public IReadOnlyList<Delivery> Deliveries() => Reading.DeliveriesOf(Records);

    /// <inheritdoc/>
    public void Completed(BatchOutcome outcome, bool isFunctionError) => lane.Completed(outcome, isFunctionError, NewState);
}
