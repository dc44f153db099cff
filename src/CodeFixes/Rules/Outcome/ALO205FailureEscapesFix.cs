using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Brings all that is done for a message under the <c>try</c> that reports it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO205FailureEscapesFix))]
public sealed class ALO205FailureEscapesFix : HandlerFix
{
    internal const string ReportKey = "ALO205.Report";
    internal const string StopAndReportRestKey = "ALO205.StopAndReportRest";
    internal const string StopAtFailureKey = "ALO205.StopAtFailure";

    private static readonly ReportChoices Choices = new(ReportKey, StopAndReportRestKey, StopAtFailureKey);

    private protected override string Id => ALO205FailureEscapes.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => Choices.OfPlace(diagnostic);

    private protected override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        foreach (var handler in target.Handlers(cancellationToken))
        {
            var flow = target.Session.FlowOf(handler, cancellationToken);
            var escapes = ALO205FailureEscapes.In(flow);
            // Which messages work for all of them concerns, is for its author to say.
            if (
                escapes.Count == 0
                || escapes[0].ConcernsWholeBatch
                || BatchFlow.PlaceIn(target.Root.SyntaxTree, escapes[0]).Syntax.Span != diagnostic.Location.SourceSpan
            )
                continue;
            var edits = new TextEdits();
            var isFixed = ExtendWhereItIsReported(target, escapes, edits) || Cover(target, handler, flow, escapes, edits, Choices.After(key));
            return Task.FromResult(isFixed ? new FixEdit(edits) : null);
        }

        return Task.FromResult<FixEdit?>(null);
    }

    private static bool Cover(FixTarget target, Handler handler, BatchFlow flow, List<RecordFailure> escapes, TextEdits edits, AfterFailure after)
    {
        if (
            handler.Response.ItemType is not { } item
            || RecordPass.Of(target, flow, escapes) is not { } pass
            || KnownList.At(target, handler, pass.Iteration.Operation.Syntax) is not { } list
        )
            return false;
        var names = new TypeNames(target.Model, pass.Iteration.Operation.Syntax.SpanStart, edits);
        if (FailureSink.Into(list, item, names, RecordIdentity.Of(handler)) is not { } sink)
            return false;
        var cover = new PassCover(target, edits, pass, sink, names, CodeStyle.Of(target.Text, pass.Iteration.Operation.Syntax), after)
        {
            KeepsJumpsOfClauses = true,
        };
        return cover.Cover() && cover.Collecting is null;
    }

    // A method that is given the record has a try that takes everything, and the failure happens before it.
    private static bool ExtendWhereItIsReported(FixTarget target, List<RecordFailure> escapes, TextEdits edits)
    {
        var places = escapes.Select(failure => failure.Operation.Syntax).ToList();
        if (places.Any(place => place.SyntaxTree != target.Root.SyntaxTree) || FunctionSyntax.Around(places[0]) is not { Block: { } block } function)
            return false;
        if (places.Any(place => FunctionSyntax.Around(place)?.Node != function.Node))
            return false;
        return RecordTry.ExtendUpwards(target, edits, block, node => places.Any(place => node.Span.Contains(place.Span)));
    }
}
