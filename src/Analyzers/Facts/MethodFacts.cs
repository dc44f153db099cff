using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Where a failure of one record ends.</summary>
internal enum FailureFate
{
    /// <summary>As an exception that leaves the method.</summary>
    Escapes,

    /// <summary>In the response.</summary>
    Reported,

    /// <summary>In code that cannot be seen: an error queue, a stored exception, a result that somebody may look at.</summary>
    HandedOver,

    /// <summary>Nowhere: the method goes on as if the record had been processed.</summary>
    Swallowed,
}

/// <summary>A way in which the processing of one record can fail, and what becomes of it.</summary>
/// <param name="Fate">Where it ends.</param>
/// <param name="Operation">What fails.</param>
/// <param name="Calls">The calls that lead from the method to <paramref name="Operation"/>, outermost first.</param>
/// <param name="Catch">The clause that decided; null when no clause took the exception.</param>
internal sealed record RecordFailure(FailureFate Fate, IOperation Operation, ImmutableArray<IOperation> Calls, CatchTarget? Catch)
{
    /// <summary>What the method's caller gets instead of the exception, when the fate is that of one call only.</summary>
    public FlowValue Result { get; init; }

    /// <summary>Whether the caller decides: the method returns normally for this record alone.</summary>
    public bool IsHiddenInResult { get; init; }

    /// <summary>Whether the deciding clause, or the failing operation, stands outside what runs once a record: the whole batch shares the fate.</summary>
    public bool ConcernsWholeBatch { get; init; }

    /// <summary>Whether it is that of the code which should have kept another failure of the record: both are lost with it.</summary>
    public bool IsLastResort { get; init; }

    /// <summary>The methods and lambdas that those calls run, or are given to be run.</summary>
    public ImmutableArray<IMethodSymbol> Path { get; init; } = ImmutableArray<IMethodSymbol>.Empty;

    /// <summary>The same failure, seen from a caller of the method that it happens in.</summary>
    public RecordFailure Through(IOperation call, IMethodSymbol method) => this with { Calls = Calls.Insert(0, call), Path = Path.Insert(0, method) };
}

/// <summary>An entry that code makes for a response's list.</summary>
/// <param name="Operation">Where it is made.</param>
/// <param name="Identifier">What its identifier is set to; null when it is never set.</param>
/// <param name="IsUnset">Whether the identifier is surely never set.</param>
/// <param name="Body">The method it is made in.</param>
internal sealed record ReportedItem(IOperation Operation, IOperation? Identifier, bool IsUnset, MethodBody Body);

/// <summary>How a loop over records is left before its end.</summary>
internal enum LoopExitKind
{
    /// <summary><c>return</c>.</summary>
    Return,

    /// <summary><c>break</c> or <c>goto</c>.</summary>
    Break,

    /// <summary>An explicit <c>throw</c>.</summary>
    Throw,
}

/// <summary>A statement that leaves a loop over records before its end.</summary>
/// <param name="Kind">How.</param>
/// <param name="Operation">The statement.</param>
/// <param name="Iteration">The loop.</param>
internal sealed record LoopExit(LoopExitKind Kind, IOperation Operation, RecordIteration Iteration);

/// <summary>What one method does with the records it is given, and with their failures.</summary>
internal sealed class MethodFacts
{
    /// <summary>Nothing: no body, or a call that is already being looked at.</summary>
    public static MethodFacts Empty { get; } = new();

    /// <summary>The failures of records in this method and in the source methods it calls.</summary>
    public ImmutableArray<RecordFailure> Failures { get; init; } = ImmutableArray<RecordFailure>.Empty;

    /// <summary>The places where records are gone through.</summary>
    public ImmutableArray<RecordIteration> Iterations { get; init; } = ImmutableArray<RecordIteration>.Empty;

    /// <summary>The ways in which loops over records are left early.</summary>
    public ImmutableArray<LoopExit> Exits { get; init; } = ImmutableArray<LoopExit>.Empty;

    /// <summary>The delegates given to the method that it calls, or gives to a library to call.</summary>
    public ImmutableHashSet<PassedDelegate> Called { get; init; } = ImmutableHashSet<PassedDelegate>.Empty;
}
