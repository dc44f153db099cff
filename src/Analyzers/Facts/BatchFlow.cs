using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// What becomes of a batch in one handler: where its records are gone through, what can fail for one of them and where that failure ends,
/// which entries get into the response, and how the loop is left. Every rule about outcome and order reads this.
/// </summary>
internal sealed class BatchFlow
{
    /// <summary>The handler's body was not found in source: nothing is known.</summary>
    public static BatchFlow Unseen { get; } = new() { IsSeen = false, CanReport = true };

    /// <summary>Whether the handler's body is in source.</summary>
    public bool IsSeen { get; init; } = true;

    /// <summary>Whether the handler, or code it calls, can put a failure into its response. True when that cannot be excluded.</summary>
    public bool CanReport { get; init; }

    /// <summary>Whether a library goes through the batch and makes the response: Powertools or AWS.Messaging.</summary>
    public bool IsLeftToLibrary { get; init; }

    /// <summary>The ways in which a record's processing can fail, each cause once.</summary>
    public ImmutableArray<RecordFailure> Failures { get; init; } = ImmutableArray<RecordFailure>.Empty;

    /// <summary>The places where records are gone through.</summary>
    public ImmutableArray<RecordIteration> Iterations { get; init; } = ImmutableArray<RecordIteration>.Empty;

    /// <summary>The entries made for the response.</summary>
    public ImmutableArray<JudgedItem> Items { get; init; } = ImmutableArray<JudgedItem>.Empty;

    /// <summary>Failures that the handler returns in a form in which Lambda does not look for them; null when there are none.</summary>
    public MisreadReturn? Misread { get; init; }

    /// <summary>Why the response to a tumbling window has no state; null where it has one, may have one, or needs none.</summary>
    public MissingWindowState? MissingState { get; init; }

    /// <summary>The calls by which the handler takes messages out of Lambda's hands too early or in vain; none for streams.</summary>
    public ImmutableArray<QueueCalls> QueueCalls { get; init; } = ImmutableArray<QueueCalls>.Empty;

    /// <summary>The reports of records whose work has succeeded.</summary>
    public ImmutableArray<ReportedSuccess> ReportedSuccesses { get; init; } = ImmutableArray<ReportedSuccess>.Empty;

    /// <summary>The saves of database contexts that go on to the next record after a failure.</summary>
    public ImmutableArray<SharedContext> SharedContexts { get; init; } = ImmutableArray<SharedContext>.Empty;

    /// <summary>The methods of the source that the handler can call, itself the first.</summary>
    public ImmutableArray<MethodBody> Bodies { get; init; } = ImmutableArray<MethodBody>.Empty;

    /// <summary>The methods that the handler reaches with the batch or with a record, itself the first.</summary>
    public ImmutableArray<RecordScope> Scopes { get; init; } = ImmutableArray<RecordScope>.Empty;

    /// <summary>The work on records that nobody waits for.</summary>
    public ImmutableArray<LeftBehind> Unawaited { get; init; } = ImmutableArray<LeftBehind>.Empty;

    /// <summary>The <c>async void</c> work that the constructor of the handler's class begins; said of the first handler of a class only.</summary>
    public ImmutableArray<StartupWork> Startup { get; init; } = ImmutableArray<StartupWork>.Empty;

    /// <summary>The only record that the handler works on, whatever the batch holds; null when it goes through all, or that cannot be excluded.</summary>
    public OnlyRecord? OnlyRecord { get; init; }

    /// <summary>How the images of a DynamoDB stream's records are read; null for other sources.</summary>
    public ImageReads? Images { get; init; }

    /// <summary>The ways in which the only loop over the batch is left, with records that it has not come to.</summary>
    public ImmutableArray<AbandonedLoop> Abandoned { get; init; } = ImmutableArray<AbandonedLoop>.Empty;

    /// <summary>The ways in which loops over records are left early.</summary>
    public ImmutableArray<LoopExit> Exits { get; init; } = ImmutableArray<LoopExit>.Empty;

    /// <summary>The failures that end in <paramref name="fate"/>, and that no caller looks at.</summary>
    public IEnumerable<RecordFailure> FailuresThat(FailureFate fate) => Failures.Where(failure => failure.Fate == fate && !failure.IsHiddenInResult);

    /// <summary>The first place, at or below the handler, that lies in <paramref name="tree"/>: the failing operation itself, or the call that leads to it.</summary>
    public static IOperation PlaceIn(SyntaxTree? tree, RecordFailure failure) =>
        failure.Calls.Concat([failure.Operation]).LastOrDefault(operation => operation.Syntax.SyntaxTree == tree) ?? failure.Operation;
}
