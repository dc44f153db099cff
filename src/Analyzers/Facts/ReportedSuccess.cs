using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>A record that is reported as failed on the path on which its work has succeeded.</summary>
/// <param name="Report">What reports it.</param>
/// <param name="Work">The work that has succeeded.</param>
/// <param name="Scope">The method.</param>
internal sealed record ReportedSuccess(IInvocationOperation Report, IInvocationOperation Work, RecordScope Scope)
{
    private static readonly string[] Removals = ["Remove", "RemoveAll", "RemoveAt", "RemoveWhere", "RemoveRange", "Clear", "Except", "TryRemove", "TryTake"];

    /// <summary>The reports of a method that stand where every success comes by.</summary>
    public static IEnumerable<ReportedSuccess> In(RecordScope scope, Reporting reporting)
    {
        var reports = scope.Invocations.Where(call => IsReport(call, scope)).ToList();
        // What is taken off the list again was only meant to be on it for the time being.
        if (reports.Count == 0 || scope.Invocations.Any(IsRemoval))
            yield break;
        var work = new RecordWork(reporting);
        foreach (var report in reports)
        {
            if (WorkBefore(report, scope, work) is { } done)
                yield return new(report, done, scope);
        }
    }

    private static IInvocationOperation? WorkBefore(IInvocationOperation report, RecordScope scope, RecordWork work)
    {
        IInvocationOperation? done = null;
        foreach (var level in StatementPath.Outward(scope, report))
        {
            if (level.IsConditional || level.IsDetached || level.Container is ICatchClauseOperation)
                return null;
            if (level.Container is ITryOperation attempt && attempt.Finally == level.Inner)
                done ??= work.First(attempt.Body, scope, isCertain: true);
            if (level.Before.Any(StatementPath.MayJump))
                return null;
            done ??= level.Before.Select(statement => work.First(statement, scope, isCertain: true)).FirstOrDefault(found => found is not null);
        }

        return done;
    }

    private static bool IsReport(IInvocationOperation call, RecordScope scope) =>
        FailureVehicles.IsAdd(call) && FailureVehicles.IsReport(call) && call.Arguments.Any(argument => NamesRecord(argument.Value, scope));

    private static bool NamesRecord(IOperation value, RecordScope scope) =>
        value
            .DescendantsAndSelf()
            .Any(part =>
                part is IPropertyReferenceOperation { Property.Name: "MessageId" or "SequenceNumber" } && scope.Values.IsMentionedIn(part)
                || part is IInvocationOperation { Type: var made } call
                    && ResponseShape.IsItem(made)
                    && call.Arguments.Any(argument => scope.Values.IsMentionedIn(argument.Value))
            );

    private static bool IsRemoval(IInvocationOperation call) =>
        Removals.Contains(call.TargetMethod.Name)
        && FlowEvaluator.ReceiverOf(call)?.WithoutConversions().Type is { } type
        && ResponseShape.IsItem(ElementTypes.Of(type));
}
