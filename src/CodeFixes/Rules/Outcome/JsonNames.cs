using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Has properties written under the names that Lambda reads.</summary>
internal static class JsonNames
{
    /// <summary>Names the list and the identifier of a handler's response; false where one of them cannot be named.</summary>
    public static async Task<bool> AddAsync(DocumentEdits edits, Handler handler, CancellationToken cancellationToken)
    {
        if (handler.Response.Fault is not { List: { } list, Item: { } item } fault)
            return false;
        var naming = handler.Serializer.Naming;
        if (fault.Kind == ResponseFaultKind.ListName && !await AddAsync(edits, list, ResponseShape.ListName, naming, cancellationToken).ConfigureAwait(false))
            return false;
        if (JsonMember.Of(item, naming).Any(member => member.Name == ResponseShape.IdentifierName))
            return true;
        return IdentifierOf(item) is { } identifier
            && await AddAsync(edits, identifier, ResponseShape.IdentifierName, naming, cancellationToken).ConfigureAwait(false);
    }

    private static IPropertySymbol? IdentifierOf(INamedTypeSymbol item)
    {
        if (ResponseShape.IdentifierOf(item) is { } known)
            return known;
        var texts = JsonMember
            .Of(item, JsonNaming.Declared)
            .Where(member => member is { Name: not null, Property.Type.SpecialType: SpecialType.System_String })
            .ToList();
        return texts is [var only] ? only.Property : null;
    }

    private static async Task<bool> AddAsync(DocumentEdits edits, IPropertySymbol property, string name, JsonNaming naming, CancellationToken cancellationToken)
    {
        if (
            property.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference
            || await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is not { } syntax
            || await edits.InAsync(syntax, cancellationToken).ConfigureAwait(false) is not var (target, changes)
        )
            return false;
        var attribute = naming == JsonNaming.Newtonsoft ? "Newtonsoft.Json.JsonPropertyAttribute" : "System.Text.Json.Serialization.JsonPropertyNameAttribute";
        if (property.FindAttribute(attribute) is { } present)
            return Rename(present, name, changes, cancellationToken);
        if (new TypeNames(target.Model, syntax.SpanStart, changes).Of(attribute) is not { } type)
            return false;
        var written = $"{type.Substring(0, type.Length - "Attribute".Length)}(\"{name}\")]";
        switch (syntax)
        {
            case ParameterSyntax parameter:
                changes.Insert(parameter.SpanStart, $"[property: {written} ");
                return true;
            case PropertyDeclarationSyntax declaration:
                var isOwnLine = CodeStyle.IsFirstOnLine(target.Text, declaration.SpanStart);
                var end = isOwnLine ? CodeStyle.Of(target.Text, declaration).Line(CodeStyle.IndentOf(target.Text, declaration.SpanStart)) : " ";
                changes.Insert(declaration.SpanStart, $"[{written}{end}");
                return true;
            default:
                return false;
        }
    }

    private static bool Rename(AttributeData attribute, string name, TextEdits changes, CancellationToken cancellationToken)
    {
        if (
            attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken)
            is not AttributeSyntax { ArgumentList.Arguments: [{ NameEquals: null } argument, ..] }
        )
            return false;
        changes.Replace(argument.Expression.Span, $"\"{name}\"");
        return true;
    }
}
