using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What a handler does to its message's place in the queue.</summary>
internal enum QueueCallFault
{
    /// <summary>The message is deleted, and then worked on.</summary>
    DeletedBeforeWork,

    /// <summary>The message is deleted in a <c>finally</c>, also when its work has failed.</summary>
    DeletedAfterFailure,

    /// <summary>The message's visibility is changed so that it comes again later, and then it is acknowledged.</summary>
    BackedOffButAcknowledged,
}

/// <summary>A call by which a handler takes a message out of Lambda's hands too early, or in vain (S-2, S-5, G-35, G-36).</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Call">The call.</param>
/// <param name="Work">The work that can fail; null for a back-off.</param>
/// <param name="Scope">The method it stands in.</param>
internal sealed record QueueCalls(QueueCallFault Fault, IInvocationOperation Call, IInvocationOperation? Work, RecordScope Scope)
{
    private const string Delete = "DeleteMessage";
    private const string ChangeVisibility = "ChangeMessageVisibility";

    /// <summary>Whether the call keeps house of a queue: it is no work on a message.</summary>
    public static bool IsHousekeeping(IInvocationOperation call) => IsOf(call, Delete) || IsOf(call, ChangeVisibility);

    /// <summary>The calls of a handler that are found at fault.</summary>
    public static ImmutableArray<QueueCalls> In(ImmutableArray<RecordScope> scopes, KnownTypes types, Reporting reporting, bool canReport)
    {
        var work = new RecordWork(reporting);
        var found = ImmutableArray.CreateBuilder<QueueCalls>();
        foreach (var scope in scopes)
        {
            foreach (var call in scope.Invocations.Where(call => IsHousekeeping(call) && NamesRecord(call, scope, types)))
            {
                if (IsOf(call, Delete) && EarlyDelete(call, scope, work) is { } early)
                    found.Add(early);
                else if (IsOf(call, ChangeVisibility) && IsOwnDecision(scope, scopes[0], canReport) && IsInVain(call, scope, work))
                    found.Add(new(QueueCallFault.BackedOffButAcknowledged, call, null, scope));
            }
        }

        return found.ToImmutable();
    }

    private static QueueCalls? EarlyDelete(IInvocationOperation call, RecordScope scope, RecordWork work)
    {
        foreach (var level in StatementPath.Outward(scope, call))
        {
            if (level.IsConditional || level.IsDetached || level.Container is ICatchClauseOperation)
                return null;
            if (level.Container is ITryOperation attempt && attempt.Finally == level.Inner)
                return work.First(attempt.Body, scope, isCertain: true) is { } failing ? new(QueueCallFault.DeletedAfterFailure, call, failing, scope) : null;
            foreach (var statement in level.After)
            {
                if (work.First(statement, scope) is { } later)
                    return new(QueueCallFault.DeletedBeforeWork, call, later, scope);
                if (StatementPath.IsJump(statement))
                    return null;
            }
        }

        return null;
    }

    // What a method returns, or its caller does, may report the message after all.
    private static bool IsOwnDecision(RecordScope scope, RecordScope handler, bool canReport) =>
        scope.Calls.IsEmpty
        || !canReport
            && (
                scope.Body.Method.ReturnsVoid
                || scope.Body.Method.ReturnType is { Name: "Task" or "ValueTask" } and INamedTypeSymbol { TypeArguments.IsEmpty: true }
            )
            && !handler.Operations.Any(operation => operation is IThrowOperation);

    private static bool IsInVain(IInvocationOperation call, RecordScope scope, RecordWork work)
    {
        var isDecided = false;
        var hasJumped = false;
        var isOwnBlock = true;
        foreach (var level in StatementPath.Outward(scope, call))
        {
            if (level.IsDetached || level.Container is ITryOperation { Finally: { } last } && work.MayReport(last))
                return false;
            isDecided |= level.IsConditional || level.Container is ICatchClauseOperation;
            if (level.Container is not IBlockOperation)
                continue;
            if (level.Before.Any(statement => isOwnBlock ? Tells(statement, work) : statement is IExpressionStatementOperation && Tells(statement, work)))
                return false;
            isOwnBlock = false;
            foreach (var statement in hasJumped ? [] : level.After)
            {
                if (Tells(statement, work) || work.First(statement, scope) is not null)
                    return false;
                hasJumped |= StatementPath.IsJump(statement);
                if (hasJumped)
                    break;
            }
        }

        return isDecided;
    }

    private static bool Tells(IOperation statement, RecordWork work) => work.MayReport(statement) || statement.HasPart(part => part is IThrowOperation);

    private static bool IsOf(IInvocationOperation call, string operation) =>
        call.TargetMethod.Name is { } name
        && name.StartsWith(operation, StringComparison.Ordinal)
        && name.Substring(operation.Length) is "" or "Async" or "Batch" or "BatchAsync"
        && call.TargetMethod.ContainingType.IsIn("Amazon.SQS");

    private static bool NamesRecord(IInvocationOperation call, RecordScope scope, KnownTypes types) =>
        call.Arguments.Any(argument => NamesRecord(argument.Value, scope, types, followsLocals: true));

    private static bool NamesRecord(IOperation value, RecordScope scope, KnownTypes types, bool followsLocals) =>
        value
            .DescendantsAndSelf()
            .Any(part =>
                part switch
                {
                    IPropertyReferenceOperation { Property.Name: "ReceiptHandle", Instance.Type: { } owner } => types.IsRecord(owner),
                    ILocalReferenceOperation local when followsLocals && scope.Body.Root.OnlyValueOf(local.Local) is { } only => NamesRecord(
                        only,
                        scope,
                        types,
                        followsLocals: false
                    ),
                    _ => false,
                }
            );
}
