using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>
/// A response that is meant to name the failed records, and that Lambda reads otherwise: under other names it counts as success, with items that name no
/// record the whole batch fails, and what the serializer does not know is not written at all. Silent where the serializer is not one of AWS's.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO207ResponseMisread : BatchFlowRule
{
    internal const string Id = "ALO207";

    private const string Title = "Lambda does not find the reported failures in the response";

    private const string Description =
        "Lambda reads the JSON that the serializer writes, and matches names by case: an object with a list 'batchItemFailures' of objects with an 'itemIdentifier'. A response without that list counts as success, an entry without that name fails the whole batch. Of the values that a handler can return, Lambda's .NET runtime awaits tasks only.";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(Id, DiagnosticSeverity.Error, Title, "'{0}' returns {1}: {2}. {3}.", Description);

    private static readonly DiagnosticDescriptor NotListed = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        Title,
        "'{0}' {1}, which '{2}' does not list: {3}. Add [JsonSerializable(typeof({4}))] to '{2}'.",
        Description
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, NotListed);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        if (handler.Response.Fault is { } fault)
            report(Faulty(handler, fault));
        else if (flow.Misread is { } misread)
            report(Misread(handler, misread));
    }

    private static Diagnostic Misread(Handler handler, MisreadReturn misread) =>
        misread.Form == MisreadForm.Text
            ? Create(
                handler,
                null,
                "the response as a text",
                $"the serializer writes one JSON string, {TakenForSuccess(handler)}",
                $"Return the {handler.ResponseName} itself"
            )
            : Create(handler, null, "the identifiers alone", Taken(handler), $"Return {Article(handler.ResponseName)} {handler.ResponseName} with them");

    private static Diagnostic Faulty(Handler handler, ResponseFault fault)
    {
        var type = Short(handler.Method.ReturnType);
        switch (fault.Kind)
        {
            case ResponseFaultKind.NotAwaited when handler.Response.Type is { } value:
                return Create(handler, null, $"'{type}', which Lambda does not await but writes as it is", Taken(handler), $"Return Task<{Short(value)}>");
            case ResponseFaultKind.NotAwaited:
                return Create(
                    handler,
                    null,
                    "'ValueTask', which Lambda does not await",
                    handler.IsStream
                        ? "it moves on past the records while their work is still under way, and sees none of its failures"
                        : "it deletes the messages while their work is still under way, and sees none of its failures",
                    "Return Task"
                );
            case ResponseFaultKind.ResponseNotListed:
                return Lacking(
                    handler,
                    $"returns '{Short(handler.Response.Type!)}'",
                    handler.Response.Type!,
                    $"writing it fails when the work is done, and every delivery does the work again until the {handler.RecordName}s {Ends(handler)}"
                );
            case ResponseFaultKind.EventNotListed:
                return Lacking(
                    handler,
                    $"takes '{Short(handler.EventParameter!.Type)}'",
                    handler.EventParameter!.Type,
                    $"reading it fails before any work is done, at every delivery until the {handler.RecordName}s {Ends(handler)}"
                );
            case ResponseFaultKind.BareList:
                return Create(
                    handler,
                    null,
                    "the list of failures alone",
                    Taken(handler),
                    $"Return {Article(handler.ResponseName)} {handler.ResponseName} with it"
                );
            case ResponseFaultKind.ListName:
                return Create(handler, fault.List, $"its failures as \"{fault.Name}\"", Taken(handler), $"Have '{Named(fault.List!)}' written under that name");
            case ResponseFaultKind.PlainItems:
                return Create(
                    handler,
                    fault.List,
                    $"a \"{ResponseShape.ListName}\" of plain identifiers",
                    WholeBatch(handler),
                    $"Lambda reads objects with an \"{ResponseShape.IdentifierName}\""
                );
            default:
                return Create(
                    handler,
                    fault.List,
                    $"failures that have no \"{ResponseShape.IdentifierName}\"",
                    WholeBatch(handler),
                    $"Have the identifier in '{Short(fault.Item!)}' written as \"{ResponseShape.IdentifierName}\""
                );
        }
    }

    private static Diagnostic Create(Handler handler, ISymbol? member, string what, string consequence, string remedy) =>
        Diagnostic.Create(Descriptor, handler.Anchor, Places(member), About(handler), handler.Name, what, consequence, remedy);

    private static Diagnostic Lacking(Handler handler, string what, ITypeSymbol type, string consequence)
    {
        var context = handler.Serializer.Context!;
        var place = JsonContext.LastEntryOf(context) is { } entry ? new[] { Location.Create(entry.SyntaxTree, entry.Span) } : [];
        return Diagnostic.Create(NotListed, handler.Anchor, place, About(handler), handler.Name, what, context.Name, consequence, Short(type));
    }

    private static ImmutableDictionary<string, string?> About(Handler handler) =>
        Findings.About(handler).Add(FindingProperties.Fault, handler.Response.Fault?.Kind.ToString());

    private static IEnumerable<Location> Places(ISymbol? member) => member?.Locations.Where(location => location.IsInSource).Take(1) ?? [];

    private static string Taken(Handler handler) => $"Lambda reads only \"{ResponseShape.ListName}\", {TakenForSuccess(handler)}";

    private static string TakenForSuccess(Handler handler) =>
        handler.IsStream
            ? "takes the batch for processed and moves on past the failed records"
            : "takes the batch for processed and deletes the failed messages";

    private static string WholeBatch(Handler handler) =>
        handler.IsStream
            ? "Lambda finds no record by them and has the whole batch read again and again, and its shard waits until the records expire or are given up"
            : "Lambda finds no message by them and fails the whole batch, again and again, until its messages reach the dead-letter queue or expire";

    private static string Ends(Handler handler) => handler.IsStream ? "expire" : "reach the dead-letter queue or expire";

    private static string Article(string name) => name[0] == 'S' && name[1] == 'Q' ? "an" : "a";

    private static string Named(IPropertySymbol property) => $"{property.ContainingType.Name}.{property.Name}";

    private static string Short(ITypeSymbol type) => type.ToDisplayString(NullableFlowState.None, SymbolDisplayFormat.MinimallyQualifiedFormat);
}
