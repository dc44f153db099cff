using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Makes one pass over the records report the records that fail in it.</summary>
internal sealed class PassCover(FixTarget target, TextEdits edits, RecordPass pass, FailureSink sink, TypeNames names, CodeStyle style, AfterFailure after)
{
    /// <summary>What is left to do with the results of tasks that the method hands on; null where there are none.</summary>
    public Collecting? Collecting { get; private set; }

    /// <inheritdoc cref="RecordTry.KeepsJumpsOfClauses"/>
    public bool KeepsJumpsOfClauses { get; init; }

    /// <summary>Covers what is done for each record; false when the pass has a form that cannot be covered.</summary>
    public bool Cover()
    {
        if (pass.Iteration.Kind is IterationKind.Delegate or IterationKind.Parallel)
            return after == AfterFailure.GoOn && CoverFunction();
        var body = pass.Iteration.Operation.Syntax switch
        {
            CommonForEachStatementSyntax each => each.Statement,
            ForStatementSyntax counted => counted.Statement,
            _ => null,
        };
        if (
            body is null
            || !RecordPass.AwaitsItsTasks(body, target.Model)
            || RecordAccess.Of(pass.Iteration, target.Model, target.Session.Types) is not { } access
        )
            return false;
        if (Report(sink, access, names, after) is not { } report)
            return false;
        var clause = new FailureClause(target, names, body, access.Message, sink.Identity, report);
        return new RecordTry(target, edits, clause) { KeepsJumpsOfClauses = KeepsJumpsOfClauses }.Cover(body, pass.IsFailing);
    }

    /// <summary>The statements that report a record of a loop; null where those after it cannot be named.</summary>
    public static ImmutableArray<string>? Report(FailureSink sink, RecordAccess access, TypeNames names, AfterFailure after)
    {
        if (after == AfterFailure.GoOn)
            return ImmutableArray.Create(sink.Report(access.Message));
        if (after == AfterFailure.StopThere)
            return ImmutableArray.Create(sink.Report(access.Message), "break;");
        if (access.FromHereOn is not { } rest)
            return null;
        names.NeedQueries();
        return ImmutableArray.Create(sink.ReportAll(rest), "break;");
    }

    private bool CoverFunction()
    {
        var tasks = new RecordTasks(target, edits, pass, sink, names, style);
        if (!tasks.Cover())
            return false;
        Collecting = tasks.Collecting;
        return true;
    }
}
