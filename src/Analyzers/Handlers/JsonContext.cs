using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>What a generated <c>JsonSerializerContext</c> of System.Text.Json knows.</summary>
internal static class JsonContext
{
    private const string Serializable = "System.Text.Json.Serialization.JsonSerializableAttribute";
    private const string Options = "System.Text.Json.Serialization.JsonSourceGenerationOptionsAttribute";
    private const string DerivedType = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    private const string GeneratedCode = "System.CodeDom.Compiler.GeneratedCodeAttribute";
    private const int MostTypes = 2000;

    /// <summary>Whether the context surely lacks the type: neither is it listed, nor is any listed type made of it.</summary>
    public static bool Lacks(INamedTypeSymbol context, ITypeSymbol type)
    {
        if (IsWrittenByHand(context))
            return false;
        var listed = context.GetAttributes().Where(attribute => attribute.AttributeClass.Is(Serializable)).ToList();
        if (listed.Count == 0 || listed.Any(attribute => attribute.ConstructorArguments is not [{ Value: ITypeSymbol { TypeKind: not TypeKind.Error } }, ..]))
            return false;
        var reached = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<ITypeSymbol>(listed.Select(attribute => (ITypeSymbol)attribute.ConstructorArguments[0].Value!));
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (!reached.Add(next))
                continue;
            if (reached.Count > MostTypes || SymbolEqualityComparer.Default.Equals(next, type))
                return false;
            foreach (var part in PartsOf(next))
                open.Push(part);
        }

        return true;
    }

    /// <summary>The last attribute that lists a type, in the order of files and places; null where none stands in source.</summary>
    public static SyntaxReference? LastEntryOf(INamedTypeSymbol context) =>
        context
            .GetAttributes()
            .Where(attribute => attribute.AttributeClass.Is(Serializable))
            .Select(attribute => attribute.ApplicationSyntaxReference)
            .Where(reference => reference is not null)
            .OrderBy(reference => reference!.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(reference => reference!.Span.Start)
            .LastOrDefault();

    /// <summary>How a context of its own accord names members.</summary>
    public static JsonNaming NamingOf(INamedTypeSymbol context)
    {
        if (context.FindAttribute(Options) is not { } options)
            return JsonNaming.Declared;
        if (!options.ConstructorArguments.IsEmpty)
            return JsonNaming.Unknown;
        return options.NamedArguments.FirstOrDefault(argument => argument.Key == "PropertyNamingPolicy").Value.Value switch
        {
            null or 0 => JsonNaming.Declared,
            1 => JsonNaming.CamelCase,
            _ => JsonNaming.Unknown,
        };
    }

    // A context without a generator's hand in it may answer for any type.
    private static bool IsWrittenByHand(INamedTypeSymbol context) =>
        !context.HasAttribute(GeneratedCode)
        && context.GetMembers("GetTypeInfo").OfType<IMethodSymbol>().Any(method => method.IsOverride || method.ExplicitInterfaceImplementations.Length > 0);

    private static IEnumerable<ITypeSymbol> PartsOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return [array.ElementType];
        if (type is not INamedTypeSymbol named)
            return [];
        var parts = named.TypeArguments.AsEnumerable();
        foreach (var contract in named.AllInterfaces.Where(contract => contract.IsGenericType))
            parts = parts.Concat(contract.TypeArguments);
        if (named.IsIn("System"))
            return parts;
        for (var current = named; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            parts = parts.Concat(
                current
                    .GetMembers()
                    .Select(member =>
                        member switch
                        {
                            IPropertySymbol { IsStatic: false } property => property.Type,
                            IFieldSymbol { IsStatic: false } field => field.Type,
                            _ => null,
                        }
                    )
                    .Where(part => part is not null)
                    .Select(part => part!)
            );
        }

        return parts.Concat(
            named
                .GetAttributes()
                .Where(attribute => attribute.AttributeClass.Is(DerivedType))
                .Select(attribute => attribute.ConstructorArguments.FirstOrDefault().Value)
                .OfType<ITypeSymbol>()
        );
    }
}
