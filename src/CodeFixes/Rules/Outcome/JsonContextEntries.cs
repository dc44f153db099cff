using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Lists the types of a handler in the context of its serializer.</summary>
internal static class JsonContextEntries
{
    /// <summary>Lists what the context lacks of the handler's event and response; false where one of them cannot be listed.</summary>
    public static async Task<bool> AddAsync(DocumentEdits edits, Handler handler, CancellationToken cancellationToken)
    {
        if (
            handler.Serializer.Context is not { } context
            || JsonContext.LastEntryOf(context)?.GetSyntax(cancellationToken) is not AttributeSyntax { Parent: AttributeListSyntax list } entry
            || await edits.InAsync(list, cancellationToken).ConfigureAwait(false) is not var (target, changes)
        )
            return false;
        var names = new TypeNames(target.Model, list.SpanStart, changes);
        var indent = CodeStyle.IndentOf(target.Text, list.SpanStart);
        var line = CodeStyle.Of(target.Text, list).Line(indent);
        foreach (var type in new[] { handler.EventParameter?.Type, handler.Response.Type })
        {
            if (type is null || !JsonContext.Lacks(context, type))
                continue;
            if (type is not INamedTypeSymbol { IsGenericType: false } named)
                return false;
            changes.Insert(list.Span.End, $"{line}[{entry.Name}(typeof({names.Of(named)}))]");
        }

        return true;
    }
}
