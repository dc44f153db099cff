using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>One pass over the records of a batch, and what a record may take in it.</summary>
/// <param name="Place">The loop, the call that goes through the records, or what hands the batch to Powertools.</param>
/// <param name="Frame">The method it stands in, and how the handler gets there.</param>
/// <param name="Degree">How many records are worked on at once; null for all of them, or an unknown number.</param>
internal sealed record TimedPass(SyntaxNode Place, Frame Frame, int? Degree)
{
    /// <summary>What one record may take.</summary>
    public WorstCase Record { get; init; } = WorstCase.None;

    /// <summary>Whether a record's work surely waits for another system.</summary>
    public bool CallsOut { get; init; }

    /// <summary>The loop of the code; null where Powertools goes through the batch.</summary>
    public RecordIteration? Iteration { get; init; }

    /// <summary>The batch as Powertools gets it; null where the code goes through it.</summary>
    public PowertoolsBatch? Batch { get; init; }

    /// <summary>The call by which Powertools gets it; null for an attribute, and for a loop.</summary>
    public IInvocationOperation? Call { get; init; }

    /// <summary>Whether Powertools surely goes on to the next record after one has failed.</summary>
    public bool GoesOn { get; init; }

    /// <summary>How many records are worked on one after the other, of a batch of that many.</summary>
    public int TurnsOf(int batchSize) => Degree is { } degree ? (batchSize + degree - 1) / degree : 1;
}

/// <summary>How long a handler may take for a batch.</summary>
/// <param name="Passes">The passes over its records.</param>
/// <param name="Calls">The calls of clients, each with the limit of its own, in the order of the code.</param>
/// <param name="SurvivesFailure">Whether the next record is worked on after one has failed: then several can run into their limits, one after the other.</param>
/// <param name="WatchesTime">Whether it looks at the time that is left, or at a clock, to decide something; then it may stop before any of this is over.</param>
internal sealed record HandlerTime(ImmutableArray<TimedPass> Passes, ImmutableArray<LimitedCall> Calls, bool SurvivesFailure, bool WatchesTime)
{
    /// <summary>Nothing is known.</summary>
    public static HandlerTime Unseen { get; } = new(ImmutableArray<TimedPass>.Empty, ImmutableArray<LimitedCall>.Empty, false, true);

    /// <summary>Reckons the time of a handler.</summary>
    /// <param name="session">The compilation.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="assumed">What an awaited call of code that is not seen may take; null to leave it out.</param>
    /// <param name="cancellationToken">Cancels the reckoning.</param>
    public static HandlerTime Of(AnalysisSession session, Handler handler, TimeSpan? assumed, CancellationToken cancellationToken)
    {
        var flow = session.FlowOf(handler, cancellationToken);
        if (!flow.IsSeen || session.Methods.Of(handler.Method.OriginalDefinition, cancellationToken) is not { } body)
            return Unseen;
        var evaluator = new TimeEvaluator(session, handler, flow, assumed, cancellationToken);
        var frame = new Frame(handler.Method.OriginalDefinition, body.Root, null, null);
        if (PowertoolsBatch.OfAttribute(handler) is { } woven)
            evaluator.RunBatch(woven, null, frame);
        evaluator.Run(frame);
        return evaluator.IsGivenUp
            ? Unseen
            : new(
                evaluator.Passes.ToImmutableArray(),
                evaluator.Calls.ToImmutableArray(),
                flow.Failures.Any(IsSurvived),
                evaluator.MayStopEarly
                    || TimeWatch.In(flow, session, handler)
                    || evaluator.RecordHandlers.Any(method =>
                        TimeWatch.In(session.FlowOf(PowertoolsBatch.AsHandler(method, handler), cancellationToken), session, handler)
                    )
            );
    }

    /// <summary>What a full batch may take at least, as far as the parts are wanted: the records that can run into a limit one after the other, and the waits of all.</summary>
    public TimeSpan TotalOf(int batchSize, Func<TimePart, bool> isWanted)
    {
        var total = TimeSpan.Zero;
        foreach (var pass in Passes)
        {
            var (all, waits) = (pass.Record.From(isWanted), pass.Record.From(part => part.IsWait && isWanted(part)));
            var turns = pass.TurnsOf(batchSize);
            total = Sum(total, SurvivesFailure || pass.GoesOn ? Times(all.Total, turns) : Sum(Times(waits.Total, turns), all.Total - waits.Total));
        }

        return total;
    }

    private static bool IsSurvived(RecordFailure failure) =>
        failure.Fate != FailureFate.Escapes
        && failure.Catch?.Syntax is CatchClauseSyntax { Block.Statements: var statements }
        && statements.LastOrDefault() is not (BreakStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax)
        && !(statements.LastOrDefault() is ReturnStatementSyntax && failure.ConcernsWholeBatch);

    private static TimeSpan Times(TimeSpan time, int count) =>
        time > TimeSpan.FromTicks(TimeSpan.MaxValue.Ticks / Math.Max(1, count)) ? TimeSpan.MaxValue : TimeSpan.FromTicks(time.Ticks * count);

    private static TimeSpan Sum(TimeSpan one, TimeSpan other) => one > TimeSpan.MaxValue - other ? TimeSpan.MaxValue : one + other;
}

/// <summary>Whether a handler looks at the time.</summary>
internal static class TimeWatch
{
    private static readonly string[] Clocks =
    [
        "System.DateTime",
        "System.DateTimeOffset",
        "System.TimeProvider",
        "System.Diagnostics.Stopwatch",
        "System.Environment",
    ];

    private static readonly string[] Readings =
    [
        "Now",
        "UtcNow",
        "GetUtcNow",
        "GetLocalNow",
        "GetTimestamp",
        "GetElapsedTime",
        "Elapsed",
        "ElapsedMilliseconds",
        "ElapsedTicks",
        "TickCount",
        "TickCount64",
    ];

    /// <summary>Whether any method that the handler reaches does; also where the context is given to code that is not seen, or a clock decides something.</summary>
    public static bool In(BatchFlow flow, AnalysisSession session, Handler handler) =>
        flow.Bodies.Any(body => body.Operations.Any(operation => IsLookedAt(operation, session, handler)));

    private static bool IsLookedAt(IOperation operation, AnalysisSession session, Handler handler) =>
        operation switch
        {
            IPropertyReferenceOperation { Property.Name: "RemainingTime" } => true,
            IArgumentOperation { Value: var value, Parent: IInvocationOperation call } => session.Types.IsLambdaContext(value.WithoutConversions().Type)
                && session.Calls.TargetOf(call, handler.Type) is null
                && !SafeCalls.IsLogging(call),
            IArgumentOperation { Value: var value, Parent: IObjectCreationOperation } => session.Types.IsLambdaContext(value.WithoutConversions().Type),
            IAssignmentOperation { Value: var value, Target: IMemberReferenceOperation } => session.Types.IsLambdaContext(value.WithoutConversions().Type),
            IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.LessThan
                    or BinaryOperatorKind.LessThanOrEqual
                    or BinaryOperatorKind.GreaterThan
                    or BinaryOperatorKind.GreaterThanOrEqual
            } comparison => comparison.Descendants().Any(IsReading),
            _ => false,
        };

    private static bool IsReading(IOperation operation)
    {
        var member = operation switch
        {
            IPropertyReferenceOperation property => (ISymbol)property.Property,
            IInvocationOperation call => call.TargetMethod,
            _ => null,
        };
        return member is not null && Readings.Contains(member.Name) && Clocks.Any(clock => member.ContainingType.IsOrDerivesFrom(clock));
    }
}
