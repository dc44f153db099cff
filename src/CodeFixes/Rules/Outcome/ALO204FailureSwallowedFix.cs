using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>
/// Reports the failure in the clause that swallows it. A handler without a response gets one in the same step; a clause around the loop reports
/// the whole batch.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO204FailureSwallowedFix))]
public sealed class ALO204FailureSwallowedFix : HandlerFix
{
    internal const string ReportKey = "ALO204.Report";
    internal const string StopAndReportRestKey = "ALO204.StopAndReportRest";
    internal const string StopAtFailureKey = "ALO204.StopAtFailure";

    private static readonly ReportChoices Choices = new(ReportKey, StopAndReportRestKey, StopAtFailureKey);

    private protected override string Id => ALO204FailureSwallowed.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => Choices.OfPlace(diagnostic);

    private protected override async Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        if (target.Root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is not CatchClauseSyntax clause)
            return null;
        var after = Choices.After(key);
        foreach (var handler in target.Handlers(cancellationToken))
        {
            var flow = target.Session.FlowOf(handler, cancellationToken);
            var swallowed = flow.FailuresThat(FailureFate.Swallowed).Where(failure => failure.Catch?.Syntax == clause && !failure.IsLastResort).ToList();
            if (swallowed.Count == 0)
                continue;
            if (handler.Response.CannotCarryFailures)
                return await ReportFailuresRewriter.RewriteAsync(target, handler, after, clause, cancellationToken).ConfigureAwait(false);
            var edits = new TextEdits();
            return RecordPass.Of(target, flow, swallowed) is { } pass && Report(target, handler, clause, pass, edits, after) ? new FixEdit(edits) : null;
        }

        return null;
    }

    private static bool Report(FixTarget target, Handler handler, CatchClauseSyntax clause, RecordPass pass, TextEdits edits, AfterFailure after)
    {
        var names = new TypeNames(target.Model, clause.SpanStart, edits);
        var report = new ClauseReport(target, edits, CodeStyle.Of(target.Text, clause));
        if (handler.Response is not { ItemType: { } item, Type: INamedTypeSymbol response })
            return false;
        if (!pass.Iteration.Includes(clause) && EmptyResponseIn(clause, target.Model, handler) is { } empty)
        {
            return handler.EventParameter is { } batch
                && FailureSink.Into("", item, names, RecordIdentity.Of(handler)) is { } entries
                && report.ReturnBatch(empty, batch, response, entries, names);
        }

        return KnownList.At(target, handler, clause) is { } list
            && FailureSink.Into(list, item, names, RecordIdentity.Of(handler)) is { } sink
            && report.Report(clause, handler, pass, sink, names, after);
    }

    private static ExpressionSyntax? EmptyResponseIn(CatchClauseSyntax clause, SemanticModel model, Handler handler) =>
        clause.Block.Statements.LastOrDefault() is ReturnStatementSyntax { Expression: { } returned }
        && ResponseSource.Of(returned, model, handler.Response) is { List: null, Empty: [var empty] }
            ? empty
            : null;
}
