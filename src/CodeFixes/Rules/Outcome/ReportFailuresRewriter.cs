using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>What the handler does after a record has failed.</summary>
internal enum AfterFailure
{
    /// <summary>It goes on with the next record: right on a standard queue.</summary>
    GoOn,

    /// <summary>It stops, and reports what it has not touched together with the failed record: needed where the order counts (S-42).</summary>
    Stop,

    /// <summary>It stops, and reports the failed record: a stream is read again from there, with all that follow (R-20).</summary>
    StopThere,
}

/// <summary>
/// Makes a handler report the records that fail: it gets a list of failures, everything it does for one record comes under a <c>try</c> that adds to
/// the list, and the list is what it returns. All of it stays where it is, also in a private method that goes through the records.
/// </summary>
internal sealed class ReportFailuresRewriter
{
    private const string ListName = "batchItemFailures";

    private readonly FixTarget target;
    private readonly Handler handler;
    private readonly FunctionSyntax function;
    private readonly RecordPass pass;
    private readonly AfterFailure after;
    private readonly CatchClauseSyntax? swallowing;
    private readonly bool hasEscapes;
    private readonly TextEdits edits = new();
    private readonly TypeNames names;
    private readonly CodeStyle style;
    private PassCover? cover;

    private ReportFailuresRewriter(
        FixTarget target,
        Handler handler,
        FunctionSyntax function,
        RecordPass pass,
        AfterFailure after,
        CatchClauseSyntax? swallowing,
        bool hasEscapes
    )
    {
        (this.target, this.handler, this.function, this.pass, this.after, this.swallowing, this.hasEscapes) = (
            target,
            handler,
            function,
            pass,
            after,
            swallowing,
            hasEscapes
        );
        names = new(target.Model, function.Node.SpanStart, edits);
        style = CodeStyle.Of(target.Text, function.Node);
    }

    /// <summary>Rewrites a handler; null where it has no shape for which the result is known to be right.</summary>
    /// <param name="target">The document.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="after">What it does after a failure.</param>
    /// <param name="swallowing">A clause that swallows failures, and is to report them; null where none does.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<FixEdit?> RewriteAsync(
        FixTarget target,
        Handler handler,
        AfterFailure after,
        CatchClauseSyntax? swallowing,
        CancellationToken cancellationToken
    )
    {
        if (
            handler.Method.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference
            || await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is not { } declaration
            || declaration.SyntaxTree != target.Root.SyntaxTree
            || !FunctionSyntax.IsFunction(declaration)
            || handler.Origin == HandlerOrigin.BaseClass
        )
        {
            return null;
        }

        var flow = target.Session.FlowOf(handler, cancellationToken);
        var escapes = flow.FailuresThat(FailureFate.Escapes).ToList();
        var swallowed = flow.FailuresThat(FailureFate.Swallowed).Where(failure => swallowing is not null && failure.Catch?.Syntax == swallowing);
        if (RecordPass.Of(target, flow, escapes.Concat(swallowed)) is not { } pass)
            return null;
        var rewriter = new ReportFailuresRewriter(
            target,
            handler,
            new(declaration),
            pass,
            after,
            swallowing,
            escapes.Count > 0 || swallowing is not null && !pass.Iteration.Includes(swallowing)
        );
        if (!rewriter.Rewrite())
            return null;
        return await HandlerUses.AllowAsync(target, handler, cancellationToken).ConfigureAwait(false) is { } callers ? new(rewriter.edits, callers) : null;
    }

    private bool Rewrite()
    {
        if (FailurePassing.Along(target, function, pass) is not { } way)
            return false;
        return handler.Response.CarriesFailures ? RewriteKeepingType(way) : RewriteWithType(way);
    }

    private bool RewriteWithType(FailurePassing way)
    {
        if (!HandlerSignature.CanChange(handler.Method) || ResponseTypes.Of(handler) is not { } response)
            return false;
        var list = LocalNames.Free(target.Model, ListName, [.. way.Functions.Select(one => one.Node)]);
        var item = names.Of(response.Item);
        var signature = new HandlerSignature(target, edits, handler, function, ResponseCreation.Of(response.Response, names));
        if (
            FailureSink.Into(list, response.Item, names, RecordIdentity.Of(handler)) is not { } sink
            || !signature.ReturnsNothingOfItsOwn(pass)
            || !signature.ChangeReturnType()
            || !BootstrapDelegates.Change(target, edits, handler, names.Of(response.Response))
        )
            return false;
        var listType = $"{names.Of("System.Collections.Generic.List`1")}<{item}>";
        var declaration = $"var {list} = new {listType}();";
        if (!way.Pass(edits, list, listType) || !Cover(sink))
            return false;
        var collecting = cover?.Collecting;
        var inHandler = way.Functions.Count == 1 ? collecting : null;
        if (collecting is not null && inHandler is null && !HelperBody.Collect(target, edits, way.Functions[way.Functions.Count - 1], collecting, style))
            return false;
        return new HandlerBody(target, edits, function, signature, inHandler, style).Return(declaration, list);
    }

    private bool RewriteKeepingType(FailurePassing way)
    {
        if (handler.Response.ItemType is not { } itemType || ResponseSource.In(function, target.Model, handler.Response) is not { } existing)
            return false;
        var listType = $"{names.Of("System.Collections.Generic.List`1")}<{names.Of(itemType)}>";
        var list = existing.List ?? LocalNames.Free(target.Model, ListName, [.. way.Functions.Select(one => one.Node)]);
        if (FailureSink.Into(list, itemType, names, RecordIdentity.Of(handler)) is not { } sink)
            return false;
        if (existing.List is null)
        {
            if (function.Block is not { } block || !HandlerBody.Declare(target, edits, block, style, $"var {list} = new {listType}();"))
                return false;
            var creation = ResponseCreation.Of((INamedTypeSymbol)handler.Response.Type!, names);
            foreach (var empty in existing.Empty)
                edits.Replace(empty.Span, creation.With(list));
        }
        else if (
            !existing.IsInScopeAt(way.Calls is [var first, ..] ? first : pass.Iteration.Operation.Syntax)
            || way.Functions.Skip(1).Any(one => LocalNames.Free(target.Model, list, one.Node) != list)
        )
        {
            return false;
        }

        return (way.Calls.Count == 0 || !list.Contains('.') && way.Pass(edits, list, listType)) && Cover(sink) && cover?.Collecting is null;
    }

    private bool Cover(FailureSink sink)
    {
        cover = new(target, edits, pass, sink, names, style, after);
        if (swallowing is null)
            return cover.Cover();
        return new ClauseReport(target, edits, style).Report(swallowing, handler, pass, sink, names, after) && (!hasEscapes || cover.Cover());
    }
}
