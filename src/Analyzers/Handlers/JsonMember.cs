using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>A property as a serializer writes it.</summary>
/// <param name="Property">The property.</param>
/// <param name="Name">Its name in JSON; null when it is not written.</param>
internal sealed record JsonMember(IPropertySymbol Property, string? Name)
{
    private const string SystemTextJson = "System.Text.Json.Serialization.";
    private const string Newtonsoft = "Newtonsoft.Json.";
    private const string DataMember = "System.Runtime.Serialization.DataMemberAttribute";

    /// <summary>The properties of a type, its own before those of its base types; an overridden one counts once.</summary>
    public static IEnumerable<JsonMember> Of(ITypeSymbol type, JsonNaming naming)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } property && seen.Add(property.Name))
                    yield return new(property, NameOf(property, naming));
            }
        }
    }

    /// <summary>Whether code decides how the type, or a property of it, is written.</summary>
    public static bool IsWrittenByCode(ISymbol symbol) =>
        symbol
            .GetAttributes()
            .Any(attribute => attribute.AttributeClass is { Name: "JsonConverterAttribute" or "JsonExtensionDataAttribute" or "JsonObjectAttribute" });

    private static string? NameOf(IPropertySymbol property, JsonNaming naming) =>
        naming switch
        {
            JsonNaming.Declared or JsonNaming.CamelCase => IsHidden(property, SystemTextJson)
                ? null
                : Text(property, SystemTextJson + "JsonPropertyNameAttribute") ?? (naming == JsonNaming.CamelCase ? CamelCase(property.Name) : property.Name),
            JsonNaming.Newtonsoft => NewtonsoftNameOf(property),
            _ => Text(property, SystemTextJson + "JsonPropertyNameAttribute") ?? Text(property, Newtonsoft + "JsonPropertyAttribute") ?? property.Name,
        };

    private static bool IsHidden(IPropertySymbol property, string library) =>
        property.GetMethod is not { DeclaredAccessibility: Accessibility.Public } && !property.HasAttribute(library + "JsonIncludeAttribute")
        || property.FindAttribute(library + "JsonIgnoreAttribute") is { } ignored
            && ignored.NamedArguments.FirstOrDefault(argument => argument.Key == "Condition").Value.Value is null or 1;

    private static string? NewtonsoftNameOf(IPropertySymbol property)
    {
        var isOptIn = property.ContainingType.HasAttribute("System.Runtime.Serialization.DataContractAttribute");
        var named = property.FindAttribute(Newtonsoft + "JsonPropertyAttribute");
        var member = isOptIn ? property.FindAttribute(DataMember) : null;
        if (
            property.HasAttribute(Newtonsoft + "JsonIgnoreAttribute")
            || named is null && (isOptIn ? member is null : property.GetMethod is not { DeclaredAccessibility: Accessibility.Public })
        )
            return null;
        return Text(property, Newtonsoft + "JsonPropertyAttribute") ?? Named(named, "PropertyName") ?? Named(member, "Name") ?? property.Name;
    }

    private static string? Text(IPropertySymbol property, string attribute) =>
        property.FindAttribute(attribute)?.ConstructorArguments is [{ Value: string text }, ..] ? text : null;

    private static string? Named(AttributeData? attribute, string name) =>
        attribute?.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as string;

    // What JsonNamingPolicy.CamelCase makes of the names that matter here.
    private static string CamelCase(string name) =>
        name.Length > 1 && char.IsUpper(name[0]) && !char.IsUpper(name[1]) ? char.ToLowerInvariant(name[0]) + name.Substring(1) : name;
}
