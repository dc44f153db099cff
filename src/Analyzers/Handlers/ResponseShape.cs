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

    /// <summary>Looks like a list of batch item failures, but not under the JSON names that Lambda reads .</summary>
    Misnamed,

    /// <summary>Something else, which Lambda ignores .</summary>
    Other,

    /// <summary>Decided at run time (a stream, an object), or a type that is missing.</summary>
    Unknown,
}

/// <summary>What a handler returns to Lambda, by the shape of the type: a user's own type with the right JSON names is as good as AWS's.</summary>
/// <param name="Kind">Whether it can carry failures.</param>
/// <param name="Type">The response type, unwrapped from its task; null when nothing is returned.</param>
/// <param name="ItemType">The type of one failure, if <paramref name="Kind"/> is <see cref="ResponseKind.BatchItemFailures"/>.</param>
internal sealed record ResponseShape(ResponseKind Kind, ITypeSymbol? Type, INamedTypeSymbol? ItemType)
{
    private const string ListName = "batchItemFailures";
    private const string IdentifierName = "itemIdentifier";

    /// <summary>Whether it can carry failures.</summary>
    public bool CarriesFailures => Kind == ResponseKind.BatchItemFailures;

    /// <summary>Whether it surely cannot carry failures.</summary>
    public bool CannotCarryFailures => Kind is ResponseKind.None or ResponseKind.Other;

    /// <summary>Reads the shape of a method's return type.</summary>
    public static ResponseShape Of(ITypeSymbol returnType)
    {
        if (returnType.Awaited() is not { } type)
            return new(ResponseKind.None, null, null);
        if (
            type.TypeKind is TypeKind.Error or TypeKind.TypeParameter or TypeKind.Dynamic
            || type.SpecialType == SpecialType.System_Object
            || type.IsOrDerivesFrom("System.IO.Stream")
            || type.IsIn("System.Text.Json")
        )
        {
            return new(ResponseKind.Unknown, type, null);
        }

        foreach (var property in PropertiesOf(type))
        {
            if (JsonNameOf(property) is not { } name)
                continue;
            var item = ElementOf(property.Type);
            if (name == ListName)
                return item is { TypeKind: not TypeKind.Error } && IsItem(item)
                    ? new(ResponseKind.BatchItemFailures, type, item)
                    : new(ResponseKind.Misnamed, type, null);
            if (string.Equals(name, ListName, StringComparison.OrdinalIgnoreCase))
                return new(ResponseKind.Misnamed, type, null);
        }

        return new(ResponseKind.Other, type, null);
    }

    /// <summary>Whether the type is one entry of a response's list: it has a property that is written as <c>itemIdentifier</c>.</summary>
    public static bool IsItem(ITypeSymbol? type) => type is INamedTypeSymbol && IdentifierOf(type) is not null;

    /// <summary>The property of an entry that is written as <c>itemIdentifier</c>, or null.</summary>
    public static IPropertySymbol? IdentifierOf(ITypeSymbol type) =>
        type.SpecialType == SpecialType.None ? PropertiesOf(type).FirstOrDefault(property => JsonNameOf(property) == IdentifierName) : null;

    /// <summary>The element type of a collection; null when the type is none.</summary>
    public static INamedTypeSymbol? ElementOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return array.ElementType as INamedTypeSymbol;
        if (type is not INamedTypeSymbol named || type.SpecialType == SpecialType.System_String)
            return null;
        var enumerable =
            named.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
                ? named
                : named.AllInterfaces.FirstOrDefault(candidate =>
                    candidate.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
                );
        return enumerable?.TypeArguments[0] as INamedTypeSymbol;
    }

    private static IEnumerable<IPropertySymbol> PropertiesOf(ITypeSymbol type)
    {
        for (var current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } property)
                    yield return property;
            }
        }
    }

    private static string? JsonNameOf(IPropertySymbol property)
    {
        foreach (var attribute in property.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type)
                continue;
            if (type.Is("System.Text.Json.Serialization.JsonPropertyNameAttribute") && attribute.ConstructorArguments is [{ Value: string name }])
                return name;
            if (type.Is("Newtonsoft.Json.JsonPropertyAttribute") && attribute.ConstructorArguments is [{ Value: string newtonsoftName }])
                return newtonsoftName;
        }

        return property.Name;
    }
}
