using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Names the failed record by what Lambda knows it by, where it is certain which record is meant: a message by its id, a stream's record by its sequence number .</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO206WrongItemIdentifierFix))]
public sealed class ALO206WrongItemIdentifierFix : HandlerFix
{
    internal const string UseMessageIdKey = "ALO206.UseMessageId";
    internal const string UseSequenceNumberKey = "ALO206.UseSequenceNumber";

    private protected override string Id => ALO206WrongItemIdentifier.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(FindingProperties.QueueType, out var type) && type == "Stream"
            ? [new(UseSequenceNumberKey, "Use the record's SequenceNumber")]
            : [new(UseMessageIdKey, "Use the message's MessageId")];

    private protected override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        foreach (var handler in target.Handlers(cancellationToken).Where(handler => handler.IsStream == (key == UseSequenceNumberKey)))
        {
            var item = target
                .Session.FlowOf(handler, cancellationToken)
                .Items.FirstOrDefault(judged =>
                    judged.Item.Body.Root.Syntax.SyntaxTree == target.Root.SyntaxTree
                    && (judged.Value?.Syntax ?? judged.Item.Operation.Syntax).Span == diagnostic.Location.SourceSpan
                );
            if (item is null)
                continue;
            var edits = new TextEdits();
            return Task.FromResult(Name(target, RecordIdentity.Of(handler), item, edits) ? new FixEdit(edits) : null);
        }

        return Task.FromResult<FixEdit?>(null);
    }

    private static bool Name(FixTarget target, RecordIdentity identity, JudgedItem item, TextEdits edits)
    {
        if (RecordIn(target, item.Value?.Syntax) is { } record)
        {
            edits.Replace(TextSpan.FromBounds(record.Span.End, item.Value!.Syntax.Span.End), "." + identity.Path);
            return true;
        }

        var place = item.Value?.Syntax ?? item.Item.Operation.Syntax;
        if (RecordAt(target, place) is not { } name)
            return false;
        if (item.Value is null)
            return SetIdentifier(target, place, identity.Of(name), edits);
        edits.Replace(place.Span, identity.Of(name));
        return true;
    }

    // message.ReceiptHandle, record.Kinesis.PartitionKey
    private static ExpressionSyntax? RecordIn(FixTarget target, SyntaxNode? value)
    {
        for (; value is MemberAccessExpressionSyntax member; value = member.Expression)
        {
            if (target.Session.Types.IsRecord(target.Model.GetTypeInfo(member.Expression).Type))
                return member.Expression;
        }

        return null;
    }

    private static bool SetIdentifier(FixTarget target, SyntaxNode place, string value, TextEdits edits)
    {
        if (
            place is not BaseObjectCreationExpressionSyntax creation
            || target.Model.GetTypeInfo(creation).Type is not { } type
            || ResponseShape.IdentifierOf(type) is not { SetMethod.DeclaredAccessibility: Accessibility.Public } identifier
        )
            return false;
        edits.Add(Initializers.Add(target.Text, creation, [new(identifier.Name, new(value))]));
        return true;
    }

    // The only record that has a name here.
    private static string? RecordAt(FixTarget target, SyntaxNode place) =>
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
