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
    private readonly TextEdits edits = new();
    private readonly TypeNames names;
    private readonly CodeStyle style;
    private Collecting? collecting;

    private ReportFailuresRewriter(FixTarget target, Handler handler, FunctionSyntax function, RecordPass pass, AfterFailure after)
    {
        (this.target, this.handler, this.function, this.pass, this.after) = (target, handler, function, pass, after);
        names = new(target.Model, function.Node.SpanStart, edits);
        style = CodeStyle.Of(target.Text, function.Node);
    }

    /// <summary>Rewrites a handler; null where it has no shape for which the result is known to be right.</summary>
    public static async Task<FixEdit?> RewriteAsync(FixTarget target, Handler handler, AfterFailure after, CancellationToken cancellationToken)
    {
        if (handler.Method.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference || await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is not { } declaration ||
            declaration.SyntaxTree != target.Root.SyntaxTree || !FunctionSyntax.IsFunction(declaration) || handler.Origin == HandlerOrigin.BaseClass)
        {
            return null;
        }

        var flow = target.Session.FlowOf(handler, cancellationToken);
        if (RecordPass.Of(target, flow, flow.FailuresThat(FailureFate.Escapes)) is not { } pass) return null;
        var rewriter = new ReportFailuresRewriter(target, handler, new(declaration), pass, after);
        if (!rewriter.Rewrite()) return null;
        return await HandlerUses.AllowAsync(target, handler, cancellationToken).ConfigureAwait(false) is { } callers ? new(rewriter.edits, callers) : null;
    }

    private bool Rewrite()
    {
        if (FailurePassing.Along(target, function, pass) is not { } way) return false;
        return handler.Response.CarriesFailures ? RewriteKeepingType(way) : RewriteWithType(way);
    }

    private bool RewriteWithType(FailurePassing way)
    {
        if (!HandlerSignature.CanChange(handler.Method) || ResponseTypes.Of(handler) is not { } response) return false;
        var list = LocalNames.Free(target.Model, ListName, [.. way.Functions.Select(one => one.Node)]);
        var item = names.Of(response.Item);
        var signature = new HandlerSignature(target, edits, handler, function, names.Of(response.Response));
        if (FailureSink.Into(list, response.Item, names) is not { } sink || !signature.ReturnsNothingOfItsOwn(pass) || !signature.ChangeReturnType() || !BootstrapDelegates.Change(target, edits, handler, names.Of(response.Response))) return false;
        var listType = $"{names.Of("System.Collections.Generic.List`1")}<{item}>";
        var declaration = $"var {list} = new {listType}();";
        if (!way.Pass(edits, list, listType) || !Cover(sink)) return false;
        var inHandler = way.Functions.Count == 1 ? collecting : null;
        if (collecting is not null && inHandler is null && !HelperBody.Collect(target, edits, way.Functions[way.Functions.Count - 1], collecting, style)) return false;
        return new HandlerBody(target, edits, function, signature, inHandler, style).Return(declaration, list);
    }

    private bool RewriteKeepingType(FailurePassing way)
    {
        if (handler.Response.ItemType is not { } itemType || way.Functions.Count > 1) return false;
        var existing = ResponseSource.In(function, target.Model, handler.Response);
        if (existing is null) return false;
        if (existing.List is { } known)
        {
            return existing.IsInScopeAt(pass.Iteration.Operation.Syntax) && FailureSink.Into(known, itemType, names) is { } kept && Cover(kept);
        }

        var list = LocalNames.Free(target.Model, ListName, function.Node);
        if (FailureSink.Into(list, itemType, names) is not { } sink || function.Block is not { } block) return false;
        foreach (var empty in existing.Empty) edits.Replace(empty.Span, $"new {names.Of((INamedTypeSymbol)handler.Response.Type!)}({list})");
        return HandlerBody.Declare(target, edits, block, style, $"var {list} = new {names.Of("System.Collections.Generic.List`1")}<{names.Of(itemType)}>();") && Cover(sink) && collecting is null;
    }

    private bool Cover(FailureSink sink)
    {
        if (pass.Iteration.Kind is IterationKind.Delegate or IterationKind.Parallel) return after == AfterFailure.GoOn && CoverFunction(sink);
        var loop = pass.Iteration.Operation.Syntax;
        var body = loop switch { CommonForEachStatementSyntax each => each.Statement, ForStatementSyntax counted => counted.Statement, _ => null };
        if (body is null || !RecordPass.AwaitsItsTasks(body, target.Model) || RecordAccess.Of(pass.Iteration, target.Model, target.Session.Types) is not { } access) return false;
        if (ReportOf(sink, access) is not { } report || names.Of("System.Exception") is not { } exception) return false;
        return new RecordTry(target, edits, exception, report).Cover(body, pass.IsFailing);
    }

    private bool CoverFunction(FailureSink sink)
    {
        var tasks = new RecordTasks(target, edits, pass, sink, names, style);
        if (!tasks.Cover()) return false;
        collecting = tasks.Collecting;
        return true;
    }

    private ImmutableArray<string>? ReportOf(FailureSink sink, RecordAccess access)
    {
        if (after == AfterFailure.GoOn) return ImmutableArray.Create(sink.Report(access.Message));
        if (access.FromHereOn is not { } rest) return null;
        names.NeedQueries();
        return ImmutableArray.Create(sink.ReportAll(rest), "break;");
    }
}
