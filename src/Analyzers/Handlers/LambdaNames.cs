using System.Runtime.CompilerServices;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>
/// Which of the names that Lambda looks for in a response a type may have, by any serializer. Few types have one, and types are met at every call that gives them,
/// so that this is asked before a type is read.
/// </summary>
internal sealed class LambdaNames
{
    private static readonly JsonNaming[] Namings = [JsonNaming.Unknown, JsonNaming.Declared, JsonNaming.CamelCase, JsonNaming.Newtonsoft];
    private static readonly LambdaNames None = new(false, false);

    // By the definition: a constructed type is another object wherever it is met.
    private static readonly ConditionalWeakTable<ITypeSymbol, LambdaNames> Known = new();

    private LambdaNames(bool hasList, bool hasIdentifier) => (HasList, HasIdentifier) = (hasList, hasIdentifier);

    /// <summary>Whether a property may be written as <see cref="ResponseShape.ListName"/>.</summary>
    public bool HasList { get; }

    /// <summary>Whether a property may be written as <see cref="ResponseShape.IdentifierName"/>.</summary>
    public bool HasIdentifier { get; }

    /// <summary>The names of a type.</summary>
    public static LambdaNames Of(ITypeSymbol type) =>
        type is INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: not (TypeKind.Delegate or TypeKind.Enum) }
            ? Known.GetValue(type.OriginalDefinition, Read)
            : None;

    private static LambdaNames Read(ITypeSymbol type)
    {
        // Nothing of the framework is a response, and its types have many members.
        if (type.IsIn("System") || !MayHaveOne(type))
            return None;
        var names = Namings.SelectMany(naming => JsonMember.Of(type, naming)).Select(member => member.Name).ToList();
        var (hasList, hasIdentifier) = (names.Contains(ResponseShape.ListName), names.Contains(ResponseShape.IdentifierName));
        return hasList || hasIdentifier ? new(hasList, hasIdentifier) : None;
    }

    // By its own name, or by an attribute.
    private static bool MayHaveOne(ITypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (
                    member is IPropertySymbol property
                    && (Is(property, ResponseShape.ListName) || Is(property, ResponseShape.IdentifierName) || !property.GetAttributes().IsEmpty)
                )
                    return true;
            }
        }

        return false;

        static bool Is(IPropertySymbol property, string name) => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase);
    }
}
