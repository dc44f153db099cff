namespace AtLeastOnce.Runtime.History;

/// <summary>What a run has kept.</summary>
/// <param name="Invocations">The invocations; empty where only the ledger is kept.</param>
/// <param name="IsFull">Whether everything is kept.</param>
internal sealed record RunHistory(IReadOnlyList<InvocationRecord> Invocations, bool IsFull);

/// <summary>Where a record ended.</summary>
/// <param name="Number">Its number in its source, from 1.</param>
/// <param name="Fate">Where it ended.</param>
/// <param name="Receives">How often it was handed out.</param>
internal readonly record struct RecordEnd(int Number, RecordFate Fate, int Receives);
