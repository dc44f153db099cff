using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.CodeFixes.Rules.Outcome;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.CodeFixes.Rules.Order;

/// <summary>
/// Makes a loop that reports a failed record and goes on stop there. It is done where the report is the last thing that happens for the record, so that nothing else is
/// left out.
/// </summary>
internal static class StopAfterFailure
{
    /// <summary>The changes for the finding at a place; null where the code has another form.</summary>
    public static FixEdit? At(FixTarget target, Location place, AfterFailure after, CancellationToken cancellationToken)
    {
        foreach (var handler in target.Handlers(cancellationToken))
        {
            var flow = target.Session.FlowOf(handler, cancellationToken);
            var survived = GoingOn.In(flow, target.Session.Types).FirstOrDefault(one => IsAt(one, place));
            if (survived is not null)
                return Stop(target, handler, survived, after);
            if (PowertoolsBatch.In(handler, flow).FirstOrDefault(batch => batch.Place.GetLocation() == place) is { } batch)
                return PowertoolsPolicy.Stop(target, batch);
        }

        return null;
    }

    private static bool IsAt(SurvivedFailure survived, Location place) =>
        survived.After.SyntaxTree == place.SourceTree
        && (
            survived.After is CatchClauseSyntax clause
                ? clause.CatchKeyword.Span == place.SourceSpan
                : survived.Failure.Catch?.Syntax is CatchClauseSyntax other
                    && (other.CatchKeyword.GetLocation() == place || survived.After.Span == place.SourceSpan)
        );

    private static FixEdit? Stop(FixTarget target, Handler handler, SurvivedFailure survived, AfterFailure after)
    {
        var body = survived.Iteration.Region;
        if (
            FailureRegion.After(survived.After, body) is not { } region
            || RecordAccess.Of(survived.Iteration, target.Model, target.Session.Types) is not { } access
            || region
                .SelectMany(node => node.DescendantNodesAndSelf())
                .OfType<ExpressionStatementSyntax>()
                .Where(statement => IsReport(target, statement))
                .ToList()
                is not [{ Parent: BlockSyntax block } report]
            || !Names(report, RecordIdentity.Of(handler).Of(access.Message))
            || !IsLastIn(block, report, out var next)
            || !IsLastInLoop(block, body, jumps: next is not null)
            || !CodeStyle.IsFirstOnLine(target.Text, report.SpanStart)
        )
        {
            return null;
        }

        var edits = new TextEdits();
        var names = new TypeNames(target.Model, report.SpanStart, edits);
        if (after == AfterFailure.Stop && !ReportRest(target, handler, report, access, edits, names))
            return null;
        if (next is not null)
            edits.Replace(next.Span, "break;");
        else
            edits.Insert(report.Span.End, CodeStyle.Of(target.Text, report).Line(CodeStyle.IndentOf(target.Text, report.SpanStart)) + "break;");
        return new(edits);
    }

    /// <summary>Makes the report of a record one of that record and all behind it; false where the pass has no order that can be named.</summary>
    public static bool ReportRest(FixTarget target, Handler handler, ExpressionStatementSyntax report, RecordAccess access, TextEdits edits, TypeNames names)
    {
        var call = (InvocationExpressionSyntax)report.Expression;
        if (
            access.FromHereOn is not { } rest
            || call.Expression is not MemberAccessExpressionSyntax { Expression: var list }
            || target.Model.GetTypeInfo(call.ArgumentList.Arguments[0].Expression).Type is not INamedTypeSymbol item
            || FailureSink.Into(list.ToString(), item, names, RecordIdentity.Of(handler)) is not { } sink
        )
            return false;
        names.NeedQueries();
        edits.Replace(report.Span, sink.ReportAll(rest));
        return true;
    }

    /// <summary>Whether the statement adds one entry to a list: <c>failures.Add(new BatchItemFailure { … });</c>.</summary>
    public static bool IsReport(FixTarget target, ExpressionStatementSyntax statement) =>
        statement.Expression
            is InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" },
                ArgumentList.Arguments: [{ Expression: BaseObjectCreationExpressionSyntax creation }]
            }
        && ResponseShape.IsItem(target.Model.GetTypeInfo(creation).Type);

    /// <summary>Whether the entry names the record of the loop, and not by way of something that is computed before.</summary>
    public static bool Names(ExpressionStatementSyntax report, string identity) =>
        report.DescendantNodes().OfType<ExpressionSyntax>().Any(expression => expression.ToString() == identity);

    private static bool IsLastIn(BlockSyntax block, StatementSyntax statement, out ContinueStatementSyntax? next)
    {
        next = block.Statements.Last() as ContinueStatementSyntax;
        return block.Statements.IndexOf(statement) == block.Statements.Count - (next is null ? 1 : 2);
    }

    // Nothing comes behind the block until the loop goes on, and a break in it leaves that loop.
    private static bool IsLastInLoop(BlockSyntax block, SyntaxNode body, bool jumps)
    {
        for (SyntaxNode current = block; current != body; current = current.Parent!)
        {
            switch (current.Parent)
            {
                case BlockSyntax outer when !jumps && outer.Statements.Last() != current:
                    return false;
                case null or CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or SwitchSectionSyntax:
                    return false;
                case var parent when FunctionSyntax.IsFunction(parent):
                    return false;
            }
        }

        return true;
    }
}
