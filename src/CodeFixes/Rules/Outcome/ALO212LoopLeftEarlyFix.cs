using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.CodeFixes.Rules.Order;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>
/// Reports what is not done where the loop is left. It is offered where it is certain whether the record at which that happens is done: it is reported there, or the loop
/// is left before its work is begun, or after its work, for a reason that has nothing to do with the record.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO212LoopLeftEarlyFix))]
public sealed class ALO212LoopLeftEarlyFix : HandlerFix
{
    internal const string ReportRestKey = "ALO212.ReportRest";

    private protected override string Id => ALO212LoopLeftEarly.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => [new(ReportRestKey, "Report what is not done")];

    private protected override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        foreach (var handler in target.Handlers(cancellationToken))
        {
            var left = target
                .Session.FlowOf(handler, cancellationToken)
                .Abandoned.FirstOrDefault(loop =>
                    loop.Exit.Syntax.SyntaxTree == target.Root.SyntaxTree && loop.Exit.Syntax.Span == diagnostic.Location.SourceSpan
                );
            if (left is not null)
                return Task.FromResult(Report(target, handler, left) is { } edits ? new FixEdit(edits) : null);
        }

        return Task.FromResult<FixEdit?>(null);
    }

    private static TextEdits? Report(FixTarget target, Handler handler, AbandonedLoop left)
    {
        var iteration = left
            .Scope.Iterations.Where(candidate => candidate.Operation is ILoopOperation && candidate.Includes(left.Exit.Syntax))
            .OrderByDescending(candidate => candidate.Region.Span.Length)
            .FirstOrDefault();
        if (
            left.Exit.Syntax is not StatementSyntax exit
            || iteration is not { Region: BlockSyntax body }
            || RecordAccess.Of(iteration, target.Model, target.Session.Types) is not { } access
            || KnownList.At(target, handler, exit) is not { } list
            || handler.Response.ItemType is not { } item
        )
            return null;
        var edits = new TextEdits();
        var names = new TypeNames(target.Model, exit.SpanStart, edits);
        if (FailureSink.Into(list, item, names, RecordIdentity.Of(handler)) is not { } sink)
            return null;
        if (ReportBefore(target, exit, RecordIdentity.Of(handler).Of(access.Message)) is { } report)
            return !handler.IsStream && StopAfterFailure.ReportRest(target, handler, report, access, edits, names) ? edits : null;
        if (IfAround(target, exit) is not { Parent: BlockSyntax around } choice || around != body || HangsOnRecord(target, choice.Condition, iteration))
            return null;
        var statement =
            body.Statements[0] == choice
                ? handler.IsStream
                    ? sink.Report(access.Message)
                    : All(sink, access.FromHereOn, names)
                : body.Statements.Last() == choice && !handler.IsStream
                    ? All(sink, access.BehindIt, names)
                    : null;
        return statement is not null && Put(target, choice, exit, statement, edits) ? edits : null;
    }

    private static string? All(FailureSink sink, string? records, TypeNames names)
    {
        names.NeedQueries();
        return records is null ? null : sink.ReportAll(records);
    }

    // The record at which the loop is left is in the list; what else its block does is not looked at.
    private static ExpressionStatementSyntax? ReportBefore(FixTarget target, StatementSyntax exit, string identity) =>
        exit.Parent is BlockSyntax block
        && block
            .Statements.TakeWhile(statement => statement != exit)
            .OfType<ExpressionStatementSyntax>()
            .Where(statement => StopAfterFailure.IsReport(target, statement))
            .ToList()
            is [var only]
        && StopAfterFailure.Names(only, identity)
            ? only
            : null;

    // if (…) break; and the same in braces, with a line for the log before.
    private static IfStatementSyntax? IfAround(FixTarget target, StatementSyntax exit) =>
        exit.Parent switch
        {
            IfStatementSyntax { Else: null } choice when choice.Statement == exit => choice,
            BlockSyntax { Parent: IfStatementSyntax { Else: null } choice } block
                when choice.Statement == block
                    && block.Statements.Last() == exit
                    && block.Statements.Take(block.Statements.Count - 1).All(statement => IsLog(target, statement)) => choice,
            _ => null,
        };

    private static bool IsLog(FixTarget target, StatementSyntax statement) =>
        target.Model.GetOperation(statement) is IExpressionStatementOperation { Operation: IInvocationOperation call } && SafeCalls.IsLogging(call);

    // What is declared or set in the loop may tell what became of the record.
    private static bool HangsOnRecord(FixTarget target, ExpressionSyntax condition, RecordIteration iteration)
    {
        var loop = iteration.Operation.Syntax;
        var written = iteration
            .Operation.Descendants()
            .Select(operation =>
                operation switch
                {
                    IAssignmentOperation assignment => assignment.Target,
                    IIncrementOrDecrementOperation change => change.Target,
                    IArgumentOperation { Parameter.RefKind: not RefKind.None } argument => argument.Value,
                    _ => null,
                }
            )
            .Select(place => place is null ? null : target.Model.GetSymbolInfo(place.Syntax).Symbol)
            .OfType<ISymbol>()
            .ToList();
        return condition
            .DescendantNodesAndSelf()
            .Select(node =>
                node switch
                {
                    IdentifierNameSyntax name => target.Model.GetSymbolInfo(name).Symbol,
                    SingleVariableDesignationSyntax made => target.Model.GetDeclaredSymbol(made),
                    _ => null,
                }
            )
            .Any(symbol => symbol is not null && (LocalNames.IsDeclaredIn(symbol, loop) || written.Contains(symbol, SymbolEqualityComparer.Default)));
    }

    private static bool Put(FixTarget target, IfStatementSyntax choice, StatementSyntax exit, string statement, TextEdits edits)
    {
        if (!CodeStyle.IsFirstOnLine(target.Text, choice.SpanStart))
            return false;
        var style = CodeStyle.Of(target.Text, choice.Parent!);
        var indent = CodeStyle.IndentOf(target.Text, choice.SpanStart);
        var inner = style.Line(indent + style.Unit);
        if (exit.Parent is BlockSyntax)
        {
            if (!CodeStyle.IsFirstOnLine(target.Text, exit.SpanStart))
                return false;
            edits.Insert(exit.SpanStart, statement + style.Line(CodeStyle.IndentOf(target.Text, exit.SpanStart)));
            return true;
        }

        var gap = TextSpan.FromBounds(choice.CloseParenToken.Span.End, exit.SpanStart);
        if (!string.IsNullOrWhiteSpace(target.Text.ToString(gap)))
            return false;
        edits.Replace(gap, $"{style.Open(indent)}{inner}{statement}{inner}");
        edits.Insert(exit.Span.End, $"{style.Line(indent)}}}");
        return true;
    }
}
