using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>Whether a handler's return value can tell Lambda which records failed.</summary>
internal enum ResponseKind
{
    /// <summary>Nothing is returned: success or an exception.</summary>
    None,

    /// <summary>A list of batch item failures under the JSON names that Lambda reads .</summary>
    BatchItemFailures,

    /// <summary>Meant to name the failed records, but Lambda reads it otherwise.</summary>
    Misread,

    /// <summary>Something else, which Lambda ignores .</summary>
    Other,

    /// <summary>Decided at run time (a stream, an object), or a type that is missing.</summary>
    Unknown,
}

/// <summary>Why Lambda reads a response otherwise than it is meant.</summary>
internal enum ResponseFaultKind
{
    /// <summary>A <c>ValueTask</c>: Lambda awaits tasks only, and writes the value task itself.</summary>
    NotAwaited,

    /// <summary>The serializer's context does not list the response: writing it fails after the work.</summary>
    ResponseNotListed,

    /// <summary>The serializer's context does not list the event: reading it fails before the work.</summary>
    EventNotListed,

    /// <summary>The list is written under another name than <c>batchItemFailures</c> (R-15).</summary>
    ListName,

    /// <summary>The list itself is the response .</summary>
    BareList,

    /// <summary>The list is written under its name, but its items are no objects .</summary>
    PlainItems,

    /// <summary>The list's items have no member that is written as <c>itemIdentifier</c> (R-9).</summary>
    ItemName,
}

/// <summary>What is wrong with a response.</summary>
/// <param name="Kind">What.</param>
/// <param name="List">The property with the list of failures.</param>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Item">The type of the list's items.</param>
internal sealed record ResponseFault(ResponseFaultKind Kind, IPropertySymbol? List = null, string? Name = null, INamedTypeSymbol? Item = null);

/// <summary>What a handler returns to Lambda, by the shape of the type: a user's own type with the right JSON names is as good as AWS's.</summary>
/// <param name="Kind">Whether it can carry failures.</param>
/// <param name="Type">The response type, unwrapped from its task; null when nothing is returned.</param>
/// <param name="ItemType">The type of one failure, if <paramref name="Kind"/> is <see cref="ResponseKind.BatchItemFailures"/>.</param>
internal sealed record ResponseShape(ResponseKind Kind, ITypeSymbol? Type, INamedTypeSymbol? ItemType)
{
    /// <summary>The name under which Lambda reads the list of failures; matched by case.</summary>
    public const string ListName = "batchItemFailures";

    /// <summary>The name under which Lambda reads the identifier of a failure; matched by case.</summary>
    public const string IdentifierName = "itemIdentifier";

    private static readonly JsonNaming[] AnyOfAws = [JsonNaming.Declared, JsonNaming.CamelCase, JsonNaming.Newtonsoft];

    /// <summary>What is wrong, if <see cref="Kind"/> is <see cref="ResponseKind.Misread"/>.</summary>
    public ResponseFault? Fault { get; init; }

    /// <summary>Whether it can carry failures.</summary>
    public bool CarriesFailures => Kind == ResponseKind.BatchItemFailures;

    /// <summary>Whether it surely cannot carry failures.</summary>
    public bool CannotCarryFailures => Kind is ResponseKind.None or ResponseKind.Other;

    /// <summary>Reads the shape of a return type whose serializer is not asked for.</summary>
    public static ResponseShape Of(ITypeSymbol returnType) => Of(returnType, JsonNaming.Unknown);

    /// <summary>Reads what a handler returns through its serializer.</summary>
    /// <param name="method">The handler.</param>
    /// <param name="eventType">What it takes.</param>
    /// <param name="serializer">Its serializer.</param>
    /// <param name="isWrapped">Whether Lambda calls generated code that calls the handler.</param>
    /// <param name="isPlainObject">Whether an object that it promises is known to name no failures.</param>
    public static ResponseShape Of(IMethodSymbol method, ITypeSymbol? eventType, ResponseSerializer serializer, bool isWrapped, bool isPlainObject)
    {
        var shape = isPlainObject ? new(ResponseKind.Other, method.ReturnType.Awaited(), null) : Of(method.ReturnType, serializer.Naming);
        if (!isWrapped && method.ReturnType is { Name: "ValueTask" } task && task.IsIn("System.Threading.Tasks"))
            return shape.With(new ResponseFault(ResponseFaultKind.NotAwaited));
        if (serializer.Context is not { } context)
            return shape;
        if (IsListable(eventType) && JsonContext.Lacks(context, eventType!))
            return shape.With(new ResponseFault(ResponseFaultKind.EventNotListed));
        return IsListable(shape.Type) && JsonContext.Lacks(context, shape.Type!) ? shape.With(new ResponseFault(ResponseFaultKind.ResponseNotListed)) : shape;
    }

    /// <summary>Whether the type is one entry of a response's list: it has a property that is, or under some serializer can be, written as <c>itemIdentifier</c>.</summary>
    public static bool IsItem(ITypeSymbol? type) => type is INamedTypeSymbol && IdentifierOf(type) is not null;

    /// <summary>Whether the type is one entry of a response's list under any serializer.</summary>
    public static bool IsNamedItem(ITypeSymbol? type) => type is INamedTypeSymbol && Identifier(type, JsonNaming.Unknown) is not null;

    /// <summary>Whether values of the type, or what they promise, carry a list of failures, as far as no serializer is asked for.</summary>
    public static bool IsResponse(ITypeSymbol type) => type.Awaited() is { } awaited && LambdaNames.Of(awaited).HasList && Of(awaited).CarriesFailures;

    /// <summary>The property of an entry that is, or can be, written as <c>itemIdentifier</c>, or null.</summary>
    public static IPropertySymbol? IdentifierOf(ITypeSymbol type) => Identifier(type, JsonNaming.Unknown) ?? Identifier(type, JsonNaming.CamelCase);

    private static IPropertySymbol? Identifier(ITypeSymbol type, JsonNaming naming) =>
        LambdaNames.Of(type).HasIdentifier ? JsonMember.Of(type, naming).FirstOrDefault(member => member.Name == IdentifierName)?.Property : null;

    private static ResponseShape Of(ITypeSymbol returnType, JsonNaming naming)
    {
        if (returnType.Awaited() is not { } type)
            return new(ResponseKind.None, null, null);
        if (IsDecidedAtRunTime(type))
            return new(ResponseKind.Unknown, type, null);
        if (naming is not (JsonNaming.Missing or JsonNaming.Unknown))
            return Read(type, naming);
        var lenient = Read(type, JsonNaming.Unknown);
        if (lenient.Fault is null)
            return lenient;
        if (naming == JsonNaming.Missing && AnyOfAws.All(one => Read(type, one).Fault is not null))
            return Read(type, JsonNaming.Declared);
        return new(ResponseKind.Unknown, type, null);
    }

    private static ResponseShape Read(ITypeSymbol type, JsonNaming naming)
    {
        var shape = new ResponseShape(ResponseKind.Other, type, null);
        if (ElementTypes.Of(type) is { } element)
            return IsItem(element) ? shape.With(new ResponseFault(ResponseFaultKind.BareList, Item: element)) : shape;
        if (type.SpecialType != SpecialType.None)
            return shape;
        if (JsonMember.IsWrittenByCode(type))
            return shape with { Kind = ResponseKind.Unknown };
        var members = JsonMember.Of(type, naming).ToList();
        if (members.FirstOrDefault(member => member.Name == ListName) is { } list)
            return JsonMember.IsWrittenByCode(list.Property) ? shape with { Kind = ResponseKind.Unknown } : ReadList(shape, list, naming);
        var meant = members.FirstOrDefault(IsMeant);
        return meant is null ? shape
            : type.TypeKind == TypeKind.Interface || JsonMember.IsWrittenByCode(meant.Property) ? shape with { Kind = ResponseKind.Unknown }
            : shape.With(new ResponseFault(ResponseFaultKind.ListName, meant.Property, meant.Name, ElementTypes.Of(meant.Property.Type)));
    }

    private static ResponseShape ReadList(ResponseShape shape, JsonMember list, JsonNaming naming)
    {
        if (ElementTypes.Of(list.Property.Type) is not { } item)
        {
            return list.Property.Type.SpecialType == SpecialType.System_String
                ? shape.With(new ResponseFault(ResponseFaultKind.PlainItems, list.Property, ListName))
                : shape with
                {
                    Kind = ResponseKind.Unknown,
                };
        }

        if (Identifier(item, naming) is { } identifier)
            return JsonMember.IsWrittenByCode(identifier)
                ? shape with
                {
                    Kind = ResponseKind.Unknown,
                }
                : shape with
                {
                    Kind = ResponseKind.BatchItemFailures,
                    ItemType = item,
                };
        if (item.SpecialType == SpecialType.System_String)
            return shape.With(new ResponseFault(ResponseFaultKind.PlainItems, list.Property, ListName, item));
        return IsPlainData(item)
            ? shape.With(new ResponseFault(ResponseFaultKind.ItemName, list.Property, ListName, item))
            : shape with
            {
                Kind = ResponseKind.Unknown,
            };
    }

    // A list of failures by its items, or by its name in other letters.
    private static bool IsMeant(JsonMember member) =>
        member.Name is not null && (string.Equals(member.Name, ListName, StringComparison.OrdinalIgnoreCase) || IsItem(ElementTypes.Of(member.Property.Type)));

    // A class of the source whose properties say all that is written.
    private static bool IsPlainData(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false, SpecialType: SpecialType.None }
        && type.Locations.Any(location => location.IsInSource)
        && !JsonMember.IsWrittenByCode(type)
        && ElementTypes.Of(type) is null
        && !type.HasAttribute("System.Text.Json.Serialization.JsonDerivedTypeAttribute");

    private static bool IsDecidedAtRunTime(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Error or TypeKind.TypeParameter or TypeKind.Dynamic
        || type.SpecialType == SpecialType.System_Object
        || type.IsOrDerivesFrom("System.IO.Stream")
        || type.IsIn("System.Text.Json");

    private static bool IsListable(ITypeSymbol? type) =>
        type is not null && !IsDecidedAtRunTime(type) && type is not INamedTypeSymbol { IsUnboundGenericType: true };

    private ResponseShape With(ResponseFault fault) => this with { Kind = ResponseKind.Misread, ItemType = null, Fault = fault };
}
