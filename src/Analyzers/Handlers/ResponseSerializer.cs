using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>By which rules members get their names in JSON.</summary>
internal enum JsonNaming
{
    /// <summary>Those of a serializer that is not one of AWS's, or that is set up by code.</summary>
    Unknown,

    /// <summary>No serializer is named in this compilation: any of AWS's may be.</summary>
    Missing,

    /// <summary>System.Text.Json, names as declared.</summary>
    Declared,

    /// <summary>System.Text.Json, names in camel case.</summary>
    CamelCase,

    /// <summary>Newtonsoft.Json, names as declared.</summary>
    Newtonsoft,
}

/// <summary>The serializer that reads a handler's event and writes its response.</summary>
/// <param name="Naming">How it names members.</param>
/// <param name="Context">The context that lists the types it knows; null where it takes any type.</param>
internal sealed record ResponseSerializer(JsonNaming Naming, INamedTypeSymbol? Context = null)
{
    private const string Attribute = "Amazon.Lambda.Core.LambdaSerializerAttribute";
    private const string Contract = "Amazon.Lambda.Core.ILambdaSerializer";
    private const string Namespace = "Amazon.Lambda.Serialization.SystemTextJson.";

    /// <summary>A serializer of which nothing is known.</summary>
    public static ResponseSerializer Unknown { get; } = new(JsonNaming.Unknown);

    /// <summary>The serializer that an attribute of the method, or else of its assembly, names.</summary>
    public static ResponseSerializer Of(IMethodSymbol method, IAssemblySymbol assembly)
    {
        var attribute = method.FindAttribute(Attribute) ?? assembly.FindAttribute(Attribute);
        if (attribute is null)
            return new(JsonNaming.Missing);
        return attribute.ConstructorArguments is [{ Value: ITypeSymbol type }, ..] ? OfType(type) : Unknown;
    }

    /// <summary>The serializer that is given to a bootstrap beside its handler.</summary>
    public static ResponseSerializer Of(IInvocationOperation bootstrap) =>
        bootstrap.Arguments.Select(argument => Unwrap(argument.Value)).FirstOrDefault(IsSerializer) is IObjectCreationOperation { Arguments.IsEmpty: true } made
            ? OfType(made.Type)
            : Unknown;

    private static bool IsSerializer(IOperation value) =>
        value.Type is INamedTypeSymbol type && (type.Is(Contract) || type.AllInterfaces.Any(candidate => candidate.Is(Contract)));

    private static IOperation Unwrap(IOperation value) =>
        value switch
        {
            IConversionOperation conversion => Unwrap(conversion.Operand),
            ILocalReferenceOperation local when InitializerOf(local) is { } initializer => Unwrap(initializer),
            _ => value,
        };

    private static IOperation? InitializerOf(ILocalReferenceOperation local) =>
        local.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
            is Microsoft.CodeAnalysis.CSharp.Syntax.VariableDeclaratorSyntax { Initializer.Value: { } initializer } declaration
        && declaration.SyntaxTree == local.Syntax.SyntaxTree
            ? local.SemanticModel?.GetOperation(initializer)
            : null;

    private static ResponseSerializer OfType(ITypeSymbol? type)
    {
        if (type.Is(Namespace + "DefaultLambdaJsonSerializer"))
            return new(JsonNaming.Declared);
        if (type.Is(Namespace + "CamelCaseLambdaJsonSerializer") || type.Is(Namespace + "LambdaJsonSerializer"))
            return new(JsonNaming.CamelCase);
        if (type.Is("Amazon.Lambda.Serialization.Json.JsonSerializer"))
            return new(JsonNaming.Newtonsoft);
        if (type.Is(Namespace + "SourceGeneratorLambdaJsonSerializer") && type is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol context] } generator)
            return new(NamingOf(generator, context), context);
        return Unknown;
    }

    // Since its options can be customized, the serializer makes the context with options of its own, and what the context's attribute says of names is not looked at.
    private static JsonNaming NamingOf(INamedTypeSymbol generator, INamedTypeSymbol context) =>
        generator.InstanceConstructors.Any(constructor =>
            constructor.Parameters.Any(parameter =>
                parameter.Type is INamedTypeSymbol { TypeArguments: [{ Name: "JsonSerializerOptions" }] } action && action.Is("System.Action")
            )
        )
            ? JsonNaming.Declared
            : JsonContext.NamingOf(context);
}
