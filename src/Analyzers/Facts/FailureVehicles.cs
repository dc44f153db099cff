using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>The ways in which a failure gets into a response, recognised by the shape of types.</summary>
internal static class FailureVehicles
{
    private static readonly string[] Adders =
    [
        "Add",
        "AddRange",
        "Append",
        "AppendFormat",
        "AppendLine",
        "Concat",
        "Enqueue",
        "Push",
        "Insert",
        "InsertRange",
        "TryAdd",
        "AddLast",
        "AddFirst",
        "Prepend",
        "Union",
    ];

    /// <summary>Whether the operation itself puts a failure into a response or makes one to put there.</summary>
    public static bool IsReport(IOperation operation) =>
        operation switch
        {
            IObjectCreationOperation creation => ResponseShape.IsItem(creation.Type),
            IInvocationOperation invocation => AddsItem(invocation) || IsForeign(invocation.TargetMethod) && CarriesItems(invocation.Type?.Awaited()),
            IPropertyReferenceOperation property => !InSource(property.Property) && ResponseShape.IsResponse(property.Property.Type),
            IFieldReferenceOperation field => !InSource(field.Field) && ResponseShape.IsResponse(field.Field.Type),
            _ => false,
        };

    /// <summary>Whether the call adds something to a collection.</summary>
    public static bool IsAdd(IInvocationOperation invocation) => Adders.Contains(invocation.TargetMethod.Name);

    /// <summary>Whether values of the type are failures, lists of failures or responses.</summary>
    public static bool CarriesItems(ITypeSymbol? type) =>
        type is not null && (ResponseShape.IsItem(type) || ResponseShape.IsItem(ElementTypes.Of(type)) || ResponseShape.IsResponse(type));

    private static bool AddsItem(IInvocationOperation invocation)
    {
        if (!IsAdd(invocation))
            return false;
        var receiver =
            invocation.Instance ?? (invocation.TargetMethod.IsExtensionMethod && invocation.Arguments.Length > 0 ? invocation.Arguments[0].Value : null);
        while (receiver is IConversionOperation conversion)
            receiver = conversion.Operand;
        return receiver?.Type is { } type && ResponseShape.IsItem(ElementTypes.Of(type));
    }

    // A library that hands failures back has looked for them; the framework only copies what it is given.
    private static bool IsForeign(IMethodSymbol method) => !InSource(method) && !method.ContainingType.IsIn("System");

    private static bool InSource(ISymbol symbol) => symbol.Locations.Any(location => location.IsInSource);
}
