using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What the explorer asks about the calls it meets.</summary>
internal interface ICalledMethods
{
    /// <summary>Whether the call's target is in source and can put a failure into a response.</summary>
    bool MayReport(IInvocationOperation invocation);

    /// <summary>Whether the lambda can put a failure into a response.</summary>
    bool MayReport(IFlowAnonymousFunctionOperation lambda);

    /// <summary>Whether the method that the reference names is in source and can put a failure into a response.</summary>
    bool MayReport(IMethodReferenceOperation reference);

    /// <summary>Whether the call's target is in source and only logs.</summary>
    bool OnlyTells(IInvocationOperation invocation);
}

/// <summary>
/// Follows a failure through one method: from the catch clause that takes it, or from the call that hides it in its result, along every
/// path of the control flow, to where the method reports it, hands it over, throws again or returns as if nothing had happened.
/// </summary>
/// <param name="body">The method.</param>
/// <param name="values">Its variables that hold the batch, a record, or something made from one.</param>
/// <param name="calls">What its calls do.</param>
/// <param name="bestEffortOf">How a call that is given the failure or its record drops both when it fails itself; null where it does not.</param>
internal sealed class FailurePathExplorer(
    MethodBody body,
    RecordValues values,
    ICalledMethods calls,
    Func<IInvocationOperation, RecordFailure?>? bestEffortOf = null
)
{
    private const int MostSteps = 4000;

    private readonly FlowEvaluator evaluator = new(body.Graph);
    private readonly Dictionary<(int Region, FlowState State), PathResult> known = [];
    private readonly HashSet<int> open = [];
    private ImmutableArray<FlowState> entryStates;
    private RecordFailure? lastResort;

    /// <summary>What is known of the variables when control reaches the operation.</summary>
    public FlowState StateAt(BasicBlock block, int operation)
    {
        if (entryStates.IsDefault)
            entryStates = ComputeEntryStates();
        var state = entryStates[block.Ordinal];
        for (var index = 0; index < operation && index < block.Operations.Length; index++)
            state = Assign(block.Operations[index], state, inCatch: false);
        return state;
    }

    /// <summary>Follows the failure from the first statement of a catch clause.</summary>
    public PathResult FromCatch(CatchTarget target, FlowState state)
    {
        var key = (target.Region.FirstBlockOrdinal, state);
        if (known.TryGetValue(key, out var result))
            return result;
        if (!open.Add(target.Region.FirstBlockOrdinal))
            return PathResult.Unknown;
        result = Explore(body.Graph.Blocks[target.Region.FirstBlockOrdinal], 0, state, target.Syntax);
        open.Remove(target.Region.FirstBlockOrdinal);
        return known[key] = result;
    }

    /// <summary>Follows a failure that a call hides: the call returns normally with <paramref name="result"/>.</summary>
    public PathResult AfterCall(BasicBlock block, int operation, IOperation call, FlowValue result)
    {
        var state = StateAt(block, operation);
        evaluator.Hide(call, result with { TellsFailure = true });
        var ends = Explore(block, operation, state, call.Syntax);
        evaluator.Hide(null, default);
        return ends;
    }

    private PathResult Explore(BasicBlock start, int first, FlowState entry, SyntaxNode? origin)
    {
        var ends = PathEnds.None;
        var returned = ImmutableHashSet.CreateBuilder<FlowValue>();
        var isRecordOver = false;
        var retries = RetryLoop.Around(origin, values);
        var outerResort = lastResort;
        lastResort = null;
        var seen = new HashSet<(int, FlowState)>();
        var work = new Stack<(BasicBlock Block, int First, FlowState State)>();
        work.Push((start, first, entry));
        for (var steps = 0; work.Count > 0; steps++)
        {
            if (steps > MostSteps)
            {
                lastResort = outerResort;
                return PathResult.Unknown;
            }

            var (block, index, state) = work.Pop();
            var inCatch = IsInCatch(block);
            if (Run(block, index, ref state, inCatch) is var end and not PathEnds.None)
            {
                ends |= end;
                continue;
            }

            foreach (var (branch, next) in Branches(block, state))
            {
                if (InFinally(branch, next) is var always and not PathEnds.None)
                {
                    ends |= always;
                    continue;
                }

                switch (branch.Semantics)
                {
                    case ControlFlowBranchSemantics.Return:
                        Return(block.BranchValue, next);
                        break;
                    case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow when inCatch || next.IsRelated || retries is not null:
                        Raise(block, next);
                        break;
                    case ControlFlowBranchSemantics.Regular when branch.Destination is { Kind: BasicBlockKind.Exit }:
                        Return(null, next);
                        break;
                    case ControlFlowBranchSemantics.Regular when branch.Destination is { } destination:
                        var isNextRecord = destination.Ordinal <= block.Ordinal && retries?.Holds(destination) != true;
                        var moved = isNextRecord ? next with { IsRecordOver = true, IsRelated = false } : next;
                        if (seen.Add((destination.Ordinal, moved)))
                            work.Push((destination, 0, moved));
                        break;
                }
            }
        }

        var result = new PathResult(ends, returned.ToImmutable(), isRecordOver) { LastResort = lastResort };
        lastResort = outerResort;
        return result;

        void Return(IOperation? value, FlowState state)
        {
            isRecordOver |= state.IsRecordOver;
            if (value is not null && FailureVehicles.CarriesItems(value.Type?.Awaited()) && evaluator.Tells(value, state))
            {
                ends |= PathEnds.Reported;
                return;
            }

            ends |= evaluator.IsKeptForOthers(state) ? PathEnds.HandedOver : PathEnds.Returns;
            returned.Add(value is null ? FlowValue.Unknown : evaluator.Evaluate(value, state));
        }

        void Raise(BasicBlock block, FlowState state)
        {
            // A bare rethrow has no operation of its own: it stands in the clause the path began with.
            var node = block.BranchValue?.Syntax ?? block.Operations.LastOrDefault()?.Syntax ?? origin;
            var (catches, mayLeave) = node is null ? (ImmutableArray<CatchTarget>.Empty, true) : ExceptionRoutes.From(block, node, null);
            if (mayLeave)
                ends |= PathEnds.Escapes;
            foreach (var target in catches)
            {
                var outer = FromCatch(target, state);
                ends |= outer.Ends;
                returned.UnionWith(outer.Returned);
                isRecordOver |= outer.IsRecordOver;
                lastResort ??= outer.LastResort;
            }
        }
    }

    // What the `finally` blocks that a branch runs through do with the failure.
    private PathEnds InFinally(ControlFlowBranch branch, FlowState state)
    {
        foreach (var region in branch.FinallyRegions)
        {
            for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
            {
                var inside = state;
                if (Run(body.Graph.Blocks[ordinal], 0, ref inside, inCatch: false) is var end and not PathEnds.None)
                    return end;
            }
        }

        return PathEnds.None;
    }

    private IEnumerable<(ControlFlowBranch Branch, FlowState State)> Branches(BasicBlock block, FlowState state)
    {
        if (block.ConditionalSuccessor is not { } conditional)
        {
            if (block.FallThroughSuccessor is { } only)
                yield return (only, state);
            yield break;
        }

        var condition = evaluator.Evaluate(block.BranchValue, state);
        var jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        var related = state with { IsRelated = state.IsRelated || condition.TellsFailure || evaluator.Tells(block.BranchValue, state) };
        if (condition.Truth != !jumpsWhen)
            yield return (conditional, Learn(block.BranchValue, jumpsWhen, related));
        if (condition.Truth != jumpsWhen && block.FallThroughSuccessor is { } fallThrough)
            yield return (fallThrough, Learn(block.BranchValue, !jumpsWhen, related));
    }

    // On the branch where `x == null` holds, x is null.
    private FlowState Learn(IOperation? condition, bool truth, FlowState state)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } unary:
                return Learn(unary.Operand, !truth, state);
            case IIsNullOperation check when evaluator.VariableOf(check.Operand) is { } variable:
                return state.With(variable, state[variable] with { Knowledge = truth ? Knowledge.Null : Knowledge.NotNull });
            case not null when condition.Type?.SpecialType == SpecialType.System_Boolean && evaluator.VariableOf(condition) is { } variable:
                return state.With(variable, state[variable] with { Knowledge = truth ? Knowledge.True : Knowledge.False });
            default:
                return state;
        }
    }

    private PathEnds Run(BasicBlock block, int first, ref FlowState state, bool inCatch)
    {
        for (var index = first; index <= block.Operations.Length; index++)
        {
            var operation = index < block.Operations.Length ? block.Operations[index] : block.BranchValue;
            if (operation is null)
                break;
            if (Meet(operation, state, inCatch) is var end and not PathEnds.None)
                return end;
            state = Assign(operation, state, inCatch);
        }

        return PathEnds.None;
    }

    // Whether something in the statement takes the failure over.
    private PathEnds Meet(IOperation operation, FlowState state, bool inCatch)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part == evaluator.HidingCall)
                continue;
            var concerns = inCatch || state.IsRelated || !state.IsRecordOver || evaluator.Tells(part, state);
            if (!concerns)
                continue;
            switch (part)
            {
                case IFlowAnonymousFunctionOperation lambda when calls.MayReport(lambda):
                case IMethodReferenceOperation reference when calls.MayReport(reference):
                    // It runs over what its call works on: that must know of the failure, or be what is left of the batch behind a loop that the failure has ended.
                    if (inCatch || state.IsRelated || evaluator.Tells(operation, state) || !state.IsRecordOver && values.IsMentionedIn(operation))
                        return PathEnds.Reported;
                    break;
                case IInvocationOperation invocation:
                    if (Give(invocation, state) is var end and not PathEnds.None)
                        return end;
                    break;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance } } assignment
                    when FailureVehicles.CarriesItems(instance.Type) && evaluator.Tells(assignment.Value, state):
                    return PathEnds.Reported;
                case ISimpleAssignmentOperation { Target: not IDiscardOperation } assignment
                    when evaluator.VariableOf(assignment.Target) is null
                        && assignment.Parent is not IAnonymousObjectCreationOperation
                        && evaluator.Tells(assignment.Value, state):
                    // Stored in an object or a collection, where somebody may look for it.
                    return PathEnds.HandedOver;
                case IPropertyReferenceOperation
                {
                    Property.Name: "IsFaulted" or "Exception" or "IsCompletedSuccessfully" or "Status",
                    Instance.Type: { Name: "Task" or "ValueTask" }
                }:
                    return PathEnds.HandedOver;
                case not IInvocationOperation when FailureVehicles.IsReport(part):
                    return PathEnds.Reported;
            }
        }

        return PathEnds.None;
    }

    private PathEnds Give(IInvocationOperation invocation, FlowState state)
    {
        if (SafeCalls.IsLogging(invocation))
            return PathEnds.None;
        if (FailureVehicles.IsReport(invocation) || calls.MayReport(invocation))
            return PathEnds.Reported;
        if (FailureVehicles.IsAdd(invocation) || SafeCalls.IsSafe(invocation) || calls.OnlyTells(invocation))
            return PathEnds.None;
        // A text made of it is not yet given to anybody.
        if (
            SafeCalls.IsSerializing(invocation) || !invocation.Arguments.Any(argument => Gives(argument.Value, state) || Gives(body.WrittenOf(argument), state))
        )
            return PathEnds.None;
        if (bestEffortOf?.Invoke(invocation) is not { } bestEffort)
            return PathEnds.HandedOver;
        lastResort ??= bestEffort;
        return PathEnds.None;
    }

    private bool Gives(IOperation? value, FlowState state) =>
        value is not null && (!state.IsRecordOver && values.IsMentionedIn(value) || evaluator.Tells(value, state));

    private FlowState Assign(IOperation operation, FlowState state, bool inCatch)
    {
        var because = inCatch || state.IsRelated;
        foreach (var part in operation.InOrderOfEvaluation())
        {
            switch (part)
            {
                case ISimpleAssignmentOperation assignment when evaluator.VariableOf(assignment.Target) is { } variable:
                    state = state.With(variable, Mark(evaluator.Evaluate(assignment.Value, state), assignment.Target, because));
                    break;
                case IFlowCaptureOperation capture when evaluator.VariableOf(capture) is { } variable:
                    state = state.With(variable, evaluator.Evaluate(capture.Value, state));
                    break;
                case IIncrementOrDecrementOperation { Kind: OperationKind.Increment } increment when evaluator.VariableOf(increment.Target) is { } variable:
                    state = state.With(variable, Mark(new(Knowledge.Positive, state[variable].TellsFailure), increment.Target, because));
                    break;
                case ICompoundAssignmentOperation compound when evaluator.VariableOf(compound.Target) is { } variable:
                    state = state.With(
                        variable,
                        Mark(new(Knowledge.Unknown, state[variable].TellsFailure || evaluator.Tells(compound.Value, state)), compound.Target, because)
                    );
                    break;
                case IInvocationOperation invocation
                    when FailureVehicles.IsAdd(invocation) && evaluator.VariableOf(FlowEvaluator.ReceiverOf(invocation)) is { } variable:
                    state = state.With(variable, new(Knowledge.Positive, state[variable].TellsFailure || because || ArgumentsTell(invocation, state)));
                    break;
            }
        }

        return state;
    }

    private bool ArgumentsTell(IInvocationOperation invocation, FlowState state) =>
        invocation.Arguments.Any(argument => evaluator.Tells(argument.Value, state));

    // Whatever a catch clause sets outside itself, or a branch that hangs on the failure sets, is set because of the failure.
    private static FlowValue Mark(FlowValue value, IOperation target, bool isBecauseOfFailure) =>
        isBecauseOfFailure && !IsDeclaredInCatch(target) ? value with { TellsFailure = true } : value;

    private static bool IsDeclaredInCatch(IOperation target) =>
        target is ILocalReferenceOperation local
        && local.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } declaration
        && declaration.Ancestors().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.CatchClauseSyntax>().Any(clause => clause.Span.Contains(target.Syntax.Span));

    private static bool IsInCatch(BasicBlock block) =>
        block.Regions().Any(region => region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler);

    // One pass to a fixed point over normal and exceptional edges: what holds at the entry of each block whatever path led there.
    private ImmutableArray<FlowState> ComputeEntryStates()
    {
        var states = new FlowState?[body.Graph.Blocks.Length];
        var work = new Queue<BasicBlock>();
        Enter(body.Graph.Blocks[0], FlowState.Empty);
        for (var steps = 0; work.Count > 0 && steps < MostSteps; steps++)
        {
            var block = work.Dequeue();
            var state = states[block.Ordinal]!.Value;
            foreach (var operation in block.Operations)
                state = Assign(operation, state, inCatch: false);
            if (block.BranchValue is { } value)
                state = Assign(value, state, inCatch: false);
            Enter(block.ConditionalSuccessor?.Destination, state);
            Enter(block.FallThroughSuccessor?.Destination, state);
            foreach (var region in block.Regions())
            {
                if (region is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } parent })
                    continue;
                foreach (var sibling in parent.NestedRegions.Skip(1))
                    Enter(body.Graph.Blocks[sibling.FirstBlockOrdinal], state.Join(states[block.Ordinal]!.Value));
            }
        }

        return states.Select(state => state ?? FlowState.Empty).ToImmutableArray();

        void Enter(BasicBlock? block, FlowState state)
        {
            if (block is null)
                return;
            var clean = state.WithoutFailure();
            var joined = states[block.Ordinal] is { } before ? before.Join(clean) : clean;
            if (states[block.Ordinal] == joined)
                return;
            states[block.Ordinal] = joined;
            work.Enqueue(block);
        }
    }
}
