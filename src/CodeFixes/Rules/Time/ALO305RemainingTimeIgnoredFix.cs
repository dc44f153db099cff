using System.Composition;
using AtLeastOnce.Analyzers.Facts.TimeBudget;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.CodeFixes.Rules.Outcome;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Time;

/// <summary>
/// Has the loop stop while there is time, and report what it has not come to: all of it to a queue, the first of it to a stream, which reads on from there.
/// Powertools is given a token that is cancelled by then, and reports the rest itself.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO305RemainingTimeIgnoredFix))]
[Shared]
public sealed class ALO305RemainingTimeIgnoredFix : HandlerFix
{
    internal const string StopInTimeKey = "ALO305.StopInTime";

    private protected override string Id => ALO305RemainingTimeIgnored.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => [new(StopInTimeKey, "Stop while there is time and report the rest")];

    private protected override async Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        foreach (var handler in target.Handlers(cancellationToken))
        {
            foreach (var (pass, link) in ALO305RemainingTimeIgnored.In(handler, target.Session, cancellationToken).Take(1))
            {
                if (
                    pass.Place.SyntaxTree != target.Root.SyntaxTree
                    || TimePlaces.Of(handler, pass.Frame, pass.Place).SourceSpan != diagnostic.Location.SourceSpan
                    || !int.TryParse(diagnostic.Properties[FindingProperties.Value], out var margin)
                    || !link.Function!.Timeout.All(timeout => timeout > margin)
                )
                    continue;
                var edits = pass.Batch is null ? Stop(target, handler, pass, margin) : PowertoolsToken.Pass(target, handler, pass, margin);
                return edits is not null && await HandlerUses.AllowAsync(target, handler, cancellationToken).ConfigureAwait(false) is { } callers
                    ? new(edits, callers)
                    : null;
            }
        }

        return null;
    }

    private static TextEdits? Stop(FixTarget target, Handler handler, TimedPass pass, int margin) =>
        pass is { Iteration: { } iteration, Place: StatementSyntax loop }
        && RecordAccess.Of(iteration, target.Model, target.Session.Types) is { } access
        && BodyOf(loop) is { Statements: [var first, ..] }
        && CodeStyle.IsFirstOnLine(target.Text, first.SpanStart)
            ? Stop(target, handler, loop, first, access, margin)
            : null;

    private static TextEdits? Stop(FixTarget target, Handler handler, StatementSyntax loop, StatementSyntax first, RecordAccess access, int margin)
    {
        var edits = new TextEdits();
        var names = new TypeNames(target.Model, first.SpanStart, edits);
        if (
            KnownList.At(target, handler, loop) is not { } list
            || handler.Response.ItemType is not { } item
            || FailureSink.Into(list, item, names, RecordIdentity.Of(handler)) is not { } sink
            || ContextParameter.At(target, handler, loop, names, edits) is not { } context
        )
            return null;
        string report;
        if (handler.IsStream)
            report = sink.Report(access.Message);
        else if (access.FromHereOn is { } rest)
        {
            names.NeedQueries();
            report = sink.ReportAll(rest);
        }
        else
            return null;

        var style = CodeStyle.Of(target.Text, first);
        var indent = CodeStyle.IndentOf(target.Text, first.SpanStart);
        var span = names.Of("System.TimeSpan") ?? "System.TimeSpan";
        var inner = style.Line(indent + style.Unit);
        edits.Insert(
            first.SpanStart,
            FormattableString.Invariant($"if ({context}.RemainingTime < {span}.FromSeconds({margin}))")
                + $"{style.Open(indent)}{inner}{report}{inner}break;{style.Line(indent)}}}{style.NewLine}{style.Line(indent)}"
        );
        return edits;
    }

    private static BlockSyntax? BodyOf(StatementSyntax loop) =>
        loop switch
        {
            ForEachStatementSyntax each => each.Statement as BlockSyntax,
            ForStatementSyntax counted => counted.Statement as BlockSyntax,
            _ => null,
        };
}
