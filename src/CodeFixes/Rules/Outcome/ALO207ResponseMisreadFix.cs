using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Has a response written as Lambda reads it: under its names, through a context that lists it, from a task that Lambda awaits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO207ResponseMisreadFix))]
public sealed class ALO207ResponseMisreadFix : HandlerFix
{
    internal const string AddJsonNamesKey = "ALO207.AddJsonNames";
    internal const string AddToContextKey = "ALO207.AddToContext";
    internal const string ReturnTaskKey = "ALO207.ReturnTask";

    private protected override string Id => ALO207ResponseMisread.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(FindingProperties.Fault, out var fault)
            ? fault switch
            {
                nameof(ResponseFaultKind.ListName) or nameof(ResponseFaultKind.ItemName) =>
                [
                    new(AddJsonNamesKey, "Write it under the names that Lambda reads"),
                ],
                nameof(ResponseFaultKind.ResponseNotListed) or nameof(ResponseFaultKind.EventNotListed) =>
                [
                    new(AddToContextKey, "List the type in the context"),
                ],
                nameof(ResponseFaultKind.NotAwaited) => [new(ReturnTaskKey, "Return a Task")],
                _ => [],
            }
            : [];

    private protected override async Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        if (target.Handlers(cancellationToken).FirstOrDefault(candidate => candidate.Anchor.SourceSpan == diagnostic.Location.SourceSpan) is not { } handler)
            return null;
        if (key == ReturnTaskKey)
            return await ReturnTaskAsync(target, handler, diagnostic, cancellationToken).ConfigureAwait(false);
        var edits = new DocumentEdits(target);
        var isWhole =
            key == AddJsonNamesKey
                ? await JsonNames.AddAsync(edits, handler, cancellationToken).ConfigureAwait(false)
                : await JsonContextEntries.AddAsync(edits, handler, cancellationToken).ConfigureAwait(false);
        return isWhole ? edits.ToFix() : null;
    }

    // Only an async method makes its task whatever the type's name is.
    private static async Task<FixEdit?> ReturnTaskAsync(FixTarget target, Handler handler, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (
            target.Root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is not MethodDeclarationSyntax method
            || !new FunctionSyntax(method).IsAsync
            || !HandlerSignature.CanChange(handler.Method)
            || await HandlerUses.AllowAsync(target, handler, cancellationToken).ConfigureAwait(false) is not { } callers
        )
            return null;
        var name = method.ReturnType.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().FirstOrDefault(part => part.Identifier.ValueText == "ValueTask");
        if (name is null)
            return null;
        var edits = new TextEdits();
        edits.Replace(name.Identifier.Span, "Task");
        return new(edits, callers);
    }
}
