using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

internal sealed partial class MethodFactsBuilder
{
    /// <summary>The walk over one method.</summary>
    private sealed class MethodWalk
    {
        private readonly MethodFactsBuilder owner;
        private readonly MethodBody body;
        private readonly RecordValues values;
        private readonly bool isPerRecord;
        private readonly bool isHandler;
        private readonly DelegateFlow delegates;
        private FailurePathExplorer? explorer;
        private readonly CollectedRecords collected;
        private readonly HashSet<SyntaxNode> unawaited;
        private readonly FailureList failures = new();
        private readonly List<RecordIteration> inner = [];
        private readonly List<LoopExit> exits = [];

        public MethodWalk(
            MethodFactsBuilder owner,
            MethodBody body,
            RecordValues values,
            bool isPerRecord,
            bool isHandler,
            ImmutableDictionary<IParameterSymbol, PassedDelegate> given
        )
        {
            (this.owner, this.body, this.values, this.isPerRecord, this.isHandler) = (owner, body, values, isPerRecord, isHandler);
            delegates = new(body, values, given, owner.calls, owner.type);
            collected = CollectedRecords.In(values);
            unawaited = new(
                UnawaitedWork
                    .In(body.Invocations, body.Root, invocation => owner.calls.TargetOf(invocation, owner.type))
                    .SelectMany(work => work.Calls)
                    .Select(call => call.Syntax)
            );
        }

        // Most methods catch nothing and call nothing that does.
        private FailurePathExplorer Explorer => explorer ??= new(body, values, owner.reporting, BestEffortOf);

        public MethodFacts Walk()
        {
            foreach (var step in Steps.Of(body))
            {
                if (step.IsThrown)
                    VisitThrown(step);
                else
                    Visit(step);
            }

            foreach (var iteration in values.Iterations)
                AddExits(iteration);
            return new()
            {
                Failures = failures.ToImmutable(),
                Iterations = values.Iterations.AddRange(inner),
                Exits = exits.ToImmutableArray(),
                Called = delegates.Called,
            };
        }

        private void VisitThrown(Step step)
        {
            if (IsAboutARecord(step.Operation))
                Raise(step, Failing(step.Operation), step.Operation is IConversionOperation conversion ? conversion.Operand.Type : step.Operation.Type);
        }

        private void Visit(Step step)
        {
            switch (step.Operation)
            {
                case IInvocationOperation invocation:
                    VisitCall(step, invocation);
                    break;
                case IPropertyReferenceOperation { Property.IsIndexer: true, Instance.Type: { } container } indexer
                    when values.IsMentionedIn(indexer)
                        && !IsSet(indexer)
                        && container.AllInterfaces.Concat([container]).Any(candidate => candidate.Name is "IDictionary" or "IReadOnlyDictionary")
                        && !SystemAttributes.IsAlwaysThere(indexer, owner.types):
                    Raise(step, Failing(indexer), null);
                    break;
            }
        }

        // attributes[name] = text: an entry is set whether it was there or not.
        private static bool IsSet(IPropertyReferenceOperation indexer) =>
            indexer.Syntax.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
            && assignment.Left == indexer.Syntax;

        private void VisitCall(Step step, IInvocationOperation invocation)
        {
            // What nobody waits for fails where nobody sees it.
            if (SafeCalls.IsLogging(invocation) || unawaited.Contains(invocation.Syntax))
                return;
            var passed = delegates.PassedTo(invocation, out var arePassed);
            // A batch library is left alone in its own source as well.
            if (!BatchLibraries.Reports(invocation) && delegates.CalleeOf(invocation, passed) is { } callee)
            {
                VisitCallOf(callee, step, invocation, passed);
                return;
            }

            foreach (var (_, taken) in passed)
                TakeOver(invocation, taken, BatchLibraries.Reports(invocation), step);
            if (
                !arePassed
                && (IsAboutARecord(invocation) || invocation.Arguments.Any(IsGivenARecord))
                && !SafeCalls.IsSafe(invocation)
                && !BatchLibraries.Reports(invocation)
            )
                Raise(step, Failing(invocation), null);
            else if (!arePassed && !SafeCalls.IsSafe(invocation))
                RaiseBehindLoop(step, invocation);
        }

        private void VisitCallOf(
            PassedDelegate callee,
            Step step,
            IInvocationOperation invocation,
            ImmutableArray<(IArgumentOperation, PassedDelegate Delegate)> passed
        )
        {
            var target = callee.Method;
            var tainted = invocation.Arguments.Where(argument => argument.Parameter is not null && IsGivenARecord(argument)).ToList();
            if (!IsAboutARecord(invocation) && tainted.Count == 0 && !CapturesARecord(callee))
            {
                if (owner.reporting.MayFail(target))
                    RaiseBehindLoop(step, invocation);
                ReceiveFromList(step, invocation, target);
                return;
            }

            var parameters = ParametersOf(tainted, target);
            var isOnceARecord = values.RunsOnceARecord(invocation.Syntax) || parameters.OfType<IParameterSymbol>().Any(parameter => !IsBatch(parameter.Type));
            var facts = owner.Of(target, parameters, [], callee.Around, isOnceARecord, given: callee.Given);
            inner.AddRange(facts.Iterations);
            exits.AddRange(facts.Exits);
            delegates.AddCalled(facts.Called);
            foreach (var failure in facts.Failures)
                Receive(step, invocation, failure.Through(invocation, target));
            // One that is kept, or given to code that cannot be seen, is taken for called in the loop, which catches what it lets out.
            foreach (var (_, taken) in passed)
            {
                if (!facts.Called.Contains(taken))
                    TakeOver(invocation, taken, escapesAreKept: true, step);
            }
        }

        // A method that goes through what the caller has collected. What leaves it concerns all of that, and what is behind it is its own affair.
        private void ReceiveFromList(Step step, IInvocationOperation call, IMethodSymbol target)
        {
            var lists = call.Arguments.Where(argument => argument.Parameter is not null && values.IsCollected(argument.Value)).ToList();
            if (lists.Count == 0)
                return;
            var facts = owner.Of(target, [], ParametersOf(lists, target), null, isPerRecord: false);
            inner.AddRange(facts.Iterations);
            exits.AddRange(facts.Exits);
            foreach (var failure in facts.Failures.Where(failure => failure.Fate != FailureFate.Escapes))
                Receive(step, call, failure.Through(call, target));
        }

        private static List<ISymbol> ParametersOf(IEnumerable<IArgumentOperation> arguments, IMethodSymbol target) =>
            arguments.Select(argument => (ISymbol)target.Parameters[argument.Parameter!.Ordinal]).ToList();

        // What the failures of a called method become here.
        private void Receive(Step step, IInvocationOperation call, RecordFailure failure)
        {
            if (failure.Fate == FailureFate.Escapes)
                Raise(step, failure, null);
            else if (failure.IsHiddenInResult)
                Settle(failure, AfterCall(step, failure.Result), CallResults.AreLookedAt(call) && !IsAnswerToLambda(call));
            else
                failures.Add(failure);
        }

        private PathResult AfterCall(Step call, FlowValue result)
        {
            if (call.Block is null)
                call = Steps.InFlow(body).FirstOrDefault(step => step.Operation is IInvocationOperation && step.Operation.Syntax == call.Operation.Syntax);
            return call.Block is { } block ? Explorer.AfterCall(block, call.Index, call.Operation, result) : PathResult.Unknown;
        }

        // A lambda or method group that is called for each record, by a library or by a method of the source.
        private void TakeOver(IInvocationOperation invocation, PassedDelegate taken, bool escapesAreKept, Step step)
        {
            var method = taken.Method;
            delegates.AddCalled([taken]);
            var takesRecords = method.Parameters.Any(parameter => owner.types.IsRecord(parameter.Type));
            if (!takesRecords && !values.IsMentionedIn(invocation) && !values.RunsOnceARecord(invocation.Syntax) && !CapturesARecord(taken))
                return;
            var facts = owner.Of(
                method,
                takesRecords || values.IsMentionedIn(invocation) ? [.. method.Parameters] : [],
                [],
                taken.Around,
                isPerRecord: true,
                given: taken.Given
            );
            inner.AddRange(facts.Iterations);
            delegates.AddCalled(facts.Called);
            foreach (var failure in facts.Failures.Select(failure => failure.Through(invocation, method)))
            {
                if (failure.Fate == FailureFate.Escapes)
                {
                    // A library that goes through the batch itself turns an exception into a reported failure.
                    if (escapesAreKept)
                        failures.Add(failure with { Fate = FailureFate.Reported });
                    else
                        foreach (var place in Surfaces(step, invocation, method))
                            Raise(place, failure, null);
                }
                else
                {
                    var isSeen = failure.IsHiddenInResult && method.ReturnType.Awaited() is not null;
                    failures.Add(failure with { Fate = isSeen ? FailureFate.HandedOver : failure.Fate, IsHiddenInResult = false });
                }
            }
        }

        // Tasks that are made for all records throw where they are awaited.
        private IEnumerable<Step> Surfaces(Step step, IInvocationOperation invocation, IMethodSymbol method)
        {
            if (!HoldsTask(method.ReturnType) || !invocation.TargetMethod.ContainingType.IsIn("System.Linq"))
                return [step];
            return Steps
                .InFlow(body)
                .Where(candidate =>
                    candidate.Operation switch
                    {
                        IInvocationOperation { TargetMethod: { Name: "WhenAll" or "WaitAll" or "WhenEach", ContainingType.Name: "Task" } } => true,
                        IAwaitOperation { Operation: ILocalReferenceOperation or IPropertyReferenceOperation } => true,
                        _ => false,
                    }
                )
                .Take(1);
        }

        private static bool HoldsTask(ITypeSymbol type) =>
            type.Name is "Task" or "ValueTask"
            || type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Any(element => HoldsTask(element.Type));

        private RecordFailure Failing(IOperation operation) =>
            new(FailureFate.Escapes, operation, ImmutableArray<IOperation>.Empty, null)
            {
                ConcernsWholeBatch = !isPerRecord && !values.RunsOnceARecord(operation.Syntax),
            };

        private void Raise(Step step, RecordFailure failure, ITypeSymbol? thrown)
        {
            if (step.Block is not { } block)
            {
                failures.Add(failure with { Fate = FailureFate.Escapes, Catch = null });
                return;
            }

            var (catches, mayLeave) = ExceptionRoutes.From(block, step.Operation.Syntax, thrown);
            foreach (var target in catches)
                Settle(
                    failure with
                    {
                        Catch = target,
                        ConcernsWholeBatch = target.Syntax is { } clause && !isPerRecord && !values.RunsOnceARecord(clause),
                    },
                    Explorer.FromCatch(target, Explorer.StateAt(block, step.Index)),
                    isLookedAt: true
                );
            if (mayLeave && !(thrown is null && HttpFailures.AreAllTaken(step.Operation, catches)))
                failures.Add(failure with { Fate = FailureFate.Escapes, Catch = null });
        }

        // What a clause does about work on all that a loop has collected may be meant for that work alone.
        private void RaiseBehindLoop(Step step, IInvocationOperation invocation)
        {
            if (
                collected.AreGivenTo(invocation)
                && !IsAboutARecord(invocation)
                && (step.Block is not { } block || ExceptionRoutes.From(block, invocation.Syntax, null) is { Catches.IsEmpty: true, MayLeave: true })
            )
                failures.Add(Failing(invocation));
        }

        private void Settle(RecordFailure failure, PathResult result, bool isLookedAt)
        {
            if (result.Ends.HasFlag(PathEnds.Reported))
                failures.Add(failure with { Fate = FailureFate.Reported, IsHiddenInResult = false });
            else if ((result.Ends & (PathEnds.HandedOver | PathEnds.Unknown)) != 0)
                failures.Add(failure with { Fate = FailureFate.HandedOver, IsHiddenInResult = false });
            else if (result.Ends.HasFlag(PathEnds.Escapes) && failure.Catch is not { IsOfCancellation: true })
                failures.Add(failure with { Fate = FailureFate.Escapes, IsHiddenInResult = false });
            else if (result.IsSwallowed)
            {
                // A clause for a named condition may drop it, so it need not be kept for certain either.
                if (result.LastResort is { } resort && failure.Catch is not ({ Kind: CatchKind.Named } or { HasFilter: true }))
                    failure = resort with
                    {
                        ConcernsWholeBatch = failure.ConcernsWholeBatch,
                        IsHiddenInResult = failure.IsHiddenInResult,
                        Result = failure.Result,
                    };
                // A result that says more than yes or no may be an answer to a question, not the outcome of the record.
                var isAnswer = failure.IsHiddenInResult && isLookedAt && failure.Result.Knowledge is not (Knowledge.True or Knowledge.False);
                // A method that goes through the batch itself may still tell by what it returns.
                var isLast = isHandler || result.IsRecordOver && !result.Returned.Any(value => value.TellsFailure);
                failures.Add(
                    failure with
                    {
                        Fate = isAnswer ? FailureFate.HandedOver : FailureFate.Swallowed,
                        IsHiddenInResult = !isAnswer && !isLast,
                        Result = result.Returned.Count == 1 ? result.Returned.First() : FlowValue.Unknown,
                    }
                );
            }
        }

        private RecordFailure? BestEffortOf(IInvocationOperation call) =>
            owner.calls.TargetOf(call, owner.type) is { } target && owner.BestEffortOf(target) is { } failure
                ? failure.Through(call, target) with
                {
                    IsLastResort = true,
                }
                : null;

        private bool IsGivenARecord(IArgumentOperation argument) => values.IsMentionedIn(argument.Value) || values.IsMentionedIn(body.WrittenOf(argument));

        // What a lambda does stands in the operations as written.
        private bool CapturesARecord(PassedDelegate taken) =>
            taken.IsLambda
            && values.IsMentionedIn(
                body.Operations.FirstOrDefault(written => written is IAnonymousFunctionOperation && written.Syntax == taken.Written.Syntax)
            );

        private bool IsAboutARecord(IOperation operation) => isPerRecord || values.RunsOnceARecord(operation.Syntax) || values.IsMentionedIn(operation);

        private bool IsBatch(ITypeSymbol parameter) =>
            owner.types.EventKind(parameter) != EventSourceKind.Unknown || owner.types.IsRecord(ElementTypes.Of(parameter));

        // Lambda deletes the batch whatever a handler answers.
        private bool IsAnswerToLambda(IInvocationOperation call) => isHandler && !body.Method.IsOverride && CallResults.IsReturned(call);

        private void AddExits(RecordIteration iteration)
        {
            if (iteration.Operation is not ILoopOperation loop)
                return;
            foreach (var operation in loop.Body.Descendants())
            {
                var kind = operation switch
                {
                    IReturnOperation { Kind: OperationKind.Return } => LoopExitKind.Return,
                    IBranchOperation { BranchKind: BranchKind.Break } branch when branch.Target.Equals(loop.ExitLabel, SymbolEqualityComparer.Default) =>
                        LoopExitKind.Break,
                    IThrowOperation => LoopExitKind.Throw,
                    _ => (LoopExitKind?)null,
                };
                if (kind is { } exit && !IsInNestedFunction(operation, loop))
                    exits.Add(new(exit, operation, iteration));
            }
        }

        private static bool IsInNestedFunction(IOperation operation, IOperation outer)
        {
            for (var parent = operation.Parent; parent is not null && parent != outer; parent = parent.Parent)
            {
                if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                    return true;
            }

            return false;
        }
    }
}
