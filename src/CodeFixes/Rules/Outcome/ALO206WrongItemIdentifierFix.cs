using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Names the failed message by its message id, where it is certain which message is meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO206WrongItemIdentifierFix))]
public sealed class ALO206WrongItemIdentifierFix : HandlerFix
{
    internal const string UseMessageIdKey = "ALO206.UseMessageId";

    private protected override string Id => ALO206WrongItemIdentifier.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => [new(UseMessageIdKey, "Use the message's MessageId")];

    private protected override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        var items = target.Handlers(cancellationToken).SelectMany(handler => target.Session.FlowOf(handler, cancellationToken).Items);
        var item = items.FirstOrDefault(judged =>
            judged.Item.Body.Root.Syntax.SyntaxTree == target.Root.SyntaxTree
            && (judged.Value?.Syntax ?? judged.Item.Operation.Syntax).Span == diagnostic.Location.SourceSpan
        );
        var edits = new TextEdits();
        return Task.FromResult(item is not null && Name(target, item, edits) ? new FixEdit(edits) : null);
    }

    private static bool Name(FixTarget target, JudgedItem item, TextEdits edits)
    {
        if (item.Value?.Syntax is MemberAccessExpressionSyntax member && target.Session.Types.IsRecord(target.Model.GetTypeInfo(member.Expression).Type))
        {
            edits.Replace(member.Name.Span, "MessageId");
            return true;
        }

        var place = item.Value?.Syntax ?? item.Item.Operation.Syntax;
        if (MessageAt(target, place) is not { } message)
            return false;
        if (item.Value is not null)
            edits.Replace(place.Span, $"{message}.MessageId");
        else
            return SetIdentifier(target, place, message, edits);
        return true;
    }

    private static bool SetIdentifier(FixTarget target, SyntaxNode place, string message, TextEdits edits)
    {
        if (
            place is not BaseObjectCreationExpressionSyntax creation
            || target.Model.GetTypeInfo(creation).Type is not { } type
            || ResponseShape.IdentifierOf(type) is not { SetMethod.DeclaredAccessibility: Accessibility.Public } identifier
        )
            return false;
        var assignment = $"{identifier.Name} = {message}.MessageId";
        switch (creation)
        {
            case { Initializer: { Expressions: [.., var last] } }:
                edits.Insert(last.Span.End, ", " + assignment);
                return true;
            case { Initializer: { } empty }:
                edits.Replace(empty.Span, $"{{ {assignment} }}");
                return true;
            default:
                edits.Replace(
                    Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(
                        (creation.ArgumentList?.GetFirstToken() ?? creation.GetLastToken()).GetPreviousToken().Span.End,
                        creation.Span.End
                    ),
                    $"{(creation is ImplicitObjectCreationExpressionSyntax ? "()" : "")} {{ {assignment} }}"
                );
                return true;
        }
    }

    // The only record that has a name here.
    private static string? MessageAt(FixTarget target, SyntaxNode place) =>
        target
            .Model.LookupSymbols(place.SpanStart)
            .Where(symbol =>
                symbol switch
                {
                    ILocalSymbol local => target.Session.Types.IsRecord(local.Type) && local.Locations[0].SourceSpan.Start < place.SpanStart,
                    IParameterSymbol parameter => target.Session.Types.IsRecord(parameter.Type),
                    _ => false,
                }
            )
            .ToList()
            is [var only]
            ? only.Name
            : null;
}
