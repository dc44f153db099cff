using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Tells the work on a record from what surrounds it: parsing, logging, collections, calls that keep house of its queue.</summary>
/// <param name="reporting">What methods of the source can do.</param>
internal sealed class RecordWork(Reporting reporting)
{
    /// <summary>The first call in the statement that works on a record and can fail; null where there is none.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="scope">The method it stands in.</param>
    /// <param name="isCertain">Whether only what surely runs counts.</param>
    public IInvocationOperation? First(IOperation statement, RecordScope scope, bool isCertain = false) =>
        statement
            .DescendantsAndSelf()
            .OfType<IInvocationOperation>()
            .FirstOrDefault(call => Is(call, scope) && (!isCertain || StatementPath.IsCertain(call, statement)));

    /// <summary>Whether the statement can put a failure into the response, or remembers one for later.</summary>
    public bool MayReport(IOperation statement) =>
        statement
            .DescendantsAndSelf()
            .Any(part =>
                FailureVehicles.IsReport(part)
                || part is IInvocationOperation call && (FailureVehicles.IsAdd(call) || reporting.MayReport(call))
                || part is IAssignmentOperation or IIncrementOrDecrementOperation
                    && part.Parent is not (IObjectOrCollectionInitializerOperation or IVariableInitializerOperation)
            );

    private bool Is(IInvocationOperation call, RecordScope scope) =>
        (scope.Values.IsMentionedIn(call.Instance) || call.Arguments.Any(argument => scope.Values.IsMentionedIn(argument.Value)))
        && !SafeCalls.IsLogging(call)
        && !FailureVehicles.IsAdd(call)
        && !QueueCalls.IsHousekeeping(call)
        && (!call.TargetMethod.ContainingType.IsIn("System") || call.TargetMethod.ContainingType.IsIn("System.Net.Http"))
        && reporting.MayFail(call);
}
