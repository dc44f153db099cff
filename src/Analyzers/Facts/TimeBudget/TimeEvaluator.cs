using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>
/// Runs the code of a handler in thought, on the way that takes longest: of two branches the longer one, a guarded block and then its clause, a counted loop turn by turn.
/// Whatever is not known takes no time, so that the sum is never more than what can happen.
/// </summary>
internal sealed class TimeEvaluator
{
    private const int MostVisits = 60_000;
    private const int MostTurns = 60;

    private readonly Dictionary<IOperation, RecordIteration> iterations = [];
    private readonly Quantities quantities;
    private readonly Cancellations cancellations;
    private readonly TimedCalls calls;
    private readonly RecordSequences sequences;
    private readonly Handler handler;
    private readonly CancellationToken cancellationToken;
    private int visits;

    public TimeEvaluator(AnalysisSession session, Handler handler, BatchFlow flow, TimeSpan? assumed, CancellationToken cancellationToken)
    {
        (this.handler, this.cancellationToken) = (handler, cancellationToken);
        var members = new MemberDefinitions(session.Methods, cancellationToken);
        var origins = new ValueOrigins(
            session.Types,
            session.Methods,
            session.Calls,
            new(session.Types, isInvokedByMapping: true),
            handler.Type,
            cancellationToken
        );
        quantities = new(members);
        cancellations = new(quantities);
        sequences = new(session.Types, quantities);
        calls = new(this, session, handler, origins, members, quantities, cancellations, assumed, cancellationToken);
        foreach (var iteration in flow.Scopes.SelectMany(scope => scope.Iterations))
            iterations[iteration.Operation] = iteration;
    }

    /// <summary>The passes over the records that were come by.</summary>
    public List<TimedPass> Passes { get; } = [];

    /// <summary>The calls with a limit that were come by.</summary>
    public List<LimitedCall> Calls => calls.Limited;

    /// <summary>The methods that Powertools runs for one record each, besides functions that stand in methods which are called.</summary>
    public List<IMethodSymbol> RecordHandlers { get; } = [];

    /// <summary>Whether a batch is handed over with a token, or with options that are not seen: it may end before all of its records are worked on.</summary>
    public bool MayStopEarly { get; private set; }

    /// <summary>Whether the code was too much to look at.</summary>
    public bool IsGivenUp => visits > MostVisits;

    /// <summary>What a method, or a lambda, may take.</summary>
    public WorstCase Run(Frame frame) => Run(frame.Root, frame).Time;

    /// <summary>What an operation may take.</summary>
    public Step Run(IOperation? operation, Frame frame)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (operation is null || ++visits > MostVisits)
            return Step.Nothing;
        switch (operation)
        {
            case IMethodBodyOperation body:
                return Run(body.BlockBody ?? body.ExpressionBody, frame);
            case ILocalFunctionOperation function when function != frame.Root:
            case IAnonymousFunctionOperation lambda when lambda != frame.Root:
                return Step.Nothing;
            case IBlockOperation block:
                return RunAll(block.Operations, 0, frame);
            case IConditionalOperation choice:
                return RunAll([choice], 0, frame);
            case ISwitchOperation choice:
                return RunSwitch(choice, frame);
            case ISwitchExpressionOperation choice:
                return Run(choice.Value, frame)
                    .Time.Then(choice.Arms.Select(arm => Run(arm.Value, frame).Time).Aggregate(WorstCase.None, (one, other) => one.Or(other)));
            case ITryOperation guarded:
                return RunTry(guarded, frame);
            case ILoopOperation loop:
                return RunLoop(loop, frame);
            case IReturnOperation { Kind: OperationKind.Return } result:
                return new(Run(result.ReturnedValue, frame).Time, Ending.Leaves);
            case IThrowOperation thrown:
                return new(Run(thrown.Exception, frame).Time, Ending.Leaves);
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                return new(WorstCase.None, Ending.NextTurn);
            case IBranchOperation { BranchKind: BranchKind.Break }:
                return new(WorstCase.None, Ending.LeavesLoop);
            case IVariableDeclaratorOperation declarator:
                var made = RunChildren(declarator, frame);
                cancellations.Declare(declarator, frame);
                return made;
            case IInvocationOperation call when iterations.TryGetValue(call, out var iteration) && !cancellations.IsInRecord:
                return RunTogether(call, iteration, frame);
            case IInvocationOperation call when PowertoolsBatch.IsHandOver(call) && !cancellations.IsInRecord && calls.IsWaitedFor(call):
                var arguments = RunChildren(call, frame);
                RunBatch(PowertoolsBatch.OfCall(call, value => quantities.Resolve(value, frame)?.Operation ?? value), call, frame);
                return arguments;
            case IInvocationOperation call:
                return calls.Run(call, frame);
            default:
                return RunChildren(operation, frame);
        }
    }

    /// <summary>What the parts of an operation may take.</summary>
    public Step RunChildren(IOperation operation, Frame frame)
    {
        var time = WorstCase.None;
        var end = Ending.GoesOn;
        foreach (var child in operation.ChildOperations)
        {
            var step = Run(child, frame);
            time = time.Then(step.Time);
            end = step.End;
            if (end != Ending.GoesOn)
                break;
        }

        return new(time, end);
    }

    private Step RunAll(IReadOnlyList<IOperation> operations, int first, Frame frame)
    {
        var time = WorstCase.None;
        for (var index = first; index < operations.Count; index++)
        {
            Step step;
            if (operations[index] is IConditionalOperation choice)
            {
                time = time.Then(Run(choice.Condition, frame).Time);
                var truth = quantities.Truth(choice.Condition, frame);
                if (truth is null)
                {
                    var (one, other) = (Run(choice.WhenTrue, frame), Run(choice.WhenFalse, frame));
                    if (one.End == Ending.GoesOn && other.End == Ending.GoesOn)
                    {
                        time = time.Then(one.Time.Or(other.Time));
                        continue;
                    }

                    var rest = one.End == Ending.GoesOn || other.End == Ending.GoesOn ? RunAll(operations, index + 1, frame) : Step.Nothing;
                    var longer = Before(one, rest).Or(Before(other, rest));
                    return longer with { Time = time.Then(longer.Time) };
                }

                step = Run(truth.Value ? choice.WhenTrue : choice.WhenFalse, frame);
            }
            else
            {
                step = Run(operations[index], frame);
            }

            time = time.Then(step.Time);
            if (step.End != Ending.GoesOn)
                return new(time, step.End);
        }

        return time;
    }

    private static Step Before(Step step, Step rest) => step.End == Ending.GoesOn ? new(step.Time.Then(rest.Time), rest.End) : step;

    private Step RunSwitch(ISwitchOperation choice, Frame frame)
    {
        var value = Run(choice.Value, frame).Time;
        var longest = Step.Nothing;
        foreach (var section in choice.Cases)
        {
            var step = RunAll(section.Body, 0, frame);
            // A break ends the section.
            longest = longest.Or(step.End == Ending.LeavesLoop ? step with { End = Ending.GoesOn } : step);
        }

        return longest with
        {
            Time = value.Then(longest.Time),
        };
    }

    private Step RunTry(ITryOperation guarded, Frame frame)
    {
        var body = Run(guarded.Body, frame);
        Step? clauses = null;
        foreach (var clause in guarded.Catches)
        {
            if (quantities.Truth(clause.Filter, frame) == false)
                continue;
            var step = Run(clause.Handler, frame);
            clauses = clauses is { } known ? known.Or(step) : step;
        }

        var result = clauses is { } taken ? new Step(body.Time.Then(taken.Time), Step.Least(body.End, taken.End)) : body;
        return guarded.Finally is { } last ? result with { Time = result.Time.Then(Run(last, frame).Time) } : result;
    }

    private Step RunLoop(ILoopOperation loop, Frame frame)
    {
        if (iterations.TryGetValue(loop, out var iteration) && !cancellations.IsInRecord && sequences.GoesThroughAll(loop, frame))
        {
            AddPass(new(loop.Syntax, frame, 1) { Iteration = iteration }, () => Run(loop.Body, frame).Time);
            return Step.Nothing;
        }

        switch (loop)
        {
            case IForEachLoopOperation { Locals: [var variable], IsAsynchronous: false } each when quantities.Elements(each.Collection, frame) is { } elements:
                var time = WorstCase.None;
                foreach (var element in elements.Take(MostTurns))
                {
                    quantities.SetTurn(variable, element);
                    var step = Run(each.Body, frame);
                    time = time.Then(step.Time);
                    if (step.End >= Ending.LeavesLoop)
                        break;
                }

                quantities.EndTurns(variable);
                return time;
            case IForLoopOperation or IWhileLoopOperation:
                return RunCounted(loop, frame);
            default:
                return RunChildren(loop, frame).Time;
        }
    }

    private Step RunCounted(ILoopOperation loop, Frame frame)
    {
        var counters = LoopCounter.Of(loop, frame, quantities);
        var condition = loop switch
        {
            IForLoopOperation counted => counted.Condition,
            IWhileLoopOperation { ConditionIsUntil: false } open => open.Condition,
            _ => null,
        };
        var asksFirst = loop is IForLoopOperation or IWhileLoopOperation { ConditionIsTop: true };
        var time = WorstCase.None;
        var isOver = false;
        for (var turn = 0; turn < MostTurns && counters.Count > 0 && !isOver; turn++)
        {
            foreach (var counter in counters)
                quantities.SetTurn(counter.Variable, counter.First + (turn * counter.Step), counter.RaisedBehind);
            if (asksFirst && quantities.Truth(condition, frame) == false)
            {
                isOver = true;
                break;
            }

            time = time.Then(Run(condition, frame).Time);
            var step = Run(loop.Body, frame);
            time = time.Then(step.Time);
            isOver = step.End >= Ending.LeavesLoop || !asksFirst && quantities.Truth(condition, frame) == false;
        }

        foreach (var counter in counters)
            quantities.EndTurns(counter.Variable);
        // A loop whose turns cannot be counted has one at least, or none.
        return isOver ? time : RunChildren(loop, frame).Time;
    }

    // batch.Records.Select(message => ShipAsync(message)), awaited together, or Parallel.ForEachAsync.
    private Step RunTogether(IInvocationOperation call, RecordIteration iteration, Frame frame)
    {
        if (iteration.Kind == IterationKind.Parallel && sequences.DegreeOf(call, frame) is (true, var degree) && sequences.FunctionOf(call) is { } function)
        {
            AddPass(new(call.Syntax, frame, degree) { Iteration = iteration }, () => calls.RunFunction(function, call, frame));
            return Step.Nothing;
        }

        return calls.Run(call, frame);
    }

    /// <summary>Notes the pass of a batch that is handed to Powertools.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="call">The call that hands it over; null for an attribute.</param>
    /// <param name="frame">The method that hands it over.</param>
    public void RunBatch(PowertoolsBatch batch, IInvocationOperation? call, Frame frame)
    {
        var hasToken = cancellations.Of(batch.Token, frame).Kind != TokenKind.None;
        MayStopEarly |= hasToken || batch.HasUnseenOptions;
        var work = RecordHandler.Of(batch, call, frame, handler, quantities);
        if (work?.Method is { } method)
        {
            RecordHandlers.Add(method);
            if (!hasToken && method.Parameters is [_, var token, ..])
                cancellations.Without(token);
        }

        var pass = new TimedPass(batch.Place, frame, PowertoolsSettings.DegreeOf(batch, handler))
        {
            Batch = batch,
            Call = call,
            GoesOn = PowertoolsSettings.GoesOn(batch, handler),
        };
        AddPass(
            pass,
            () =>
                work is { Method: { } target } ? calls.Enter(target, call, frame)
                : work is { Function: { } function } ? calls.RunFunction(function, call, work.Frame)
                : WorstCase.Unknown
        );
    }

    private void AddPass(TimedPass pass, Func<WorstCase> run)
    {
        cancellations.IsInRecord = true;
        calls.HasCalledOut = false;
        var record = run();
        cancellations.IsInRecord = false;
        Passes.Add(pass with { Record = record, CallsOut = calls.HasCalledOut });
    }
}
