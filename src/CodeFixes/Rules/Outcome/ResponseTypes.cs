using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>The response that a handler of a batch can return, from the package that its event comes from.</summary>
/// <param name="Response">The response.</param>
/// <param name="Item">One failure.</param>
internal sealed record ResponseTypes(INamedTypeSymbol Response, INamedTypeSymbol Item)
{
    private static readonly (string Event, string Response)[] Packages =
    [
        ("Amazon.Lambda.SQSEvents.SQSEvent", "Amazon.Lambda.SQSEvents.SQSBatchResponse"),
        ("Amazon.Lambda.KinesisEvents.KinesisEvent", "Amazon.Lambda.KinesisEvents.StreamsEventResponse"),
        ("Amazon.Lambda.DynamoDBEvents.DynamoDBEvent", "Amazon.Lambda.DynamoDBEvents.StreamsEventResponse"),
    ];

    /// <summary>The types beside the handler's event; null in versions of the package that have none, and for time windows, whose response carries a state too (W-3).</summary>
    public static ResponseTypes? Of(Handler handler)
    {
        for (var type = handler.EventParameter?.Type; type is not null && !IsWindow(type); type = type.BaseType)
        {
            if (Packages.FirstOrDefault(package => type.Is(package.Event)).Response is not { } name)
                continue;
            var response = type.ContainingAssembly.GetTypeByMetadataName(name);
            return response is not null && ResponseShape.Of(response).ItemType is { } item ? new(response, item) : null;
        }

        return null;
    }

    /// <summary>Whether the type is a response of AWS's packages.</summary>
    public static bool IsResponse(ITypeSymbol? type) => Packages.Any(package => type.Is(package.Response));

    private static bool IsWindow(ITypeSymbol type) =>
        type.Is("Amazon.Lambda.KinesisEvents.KinesisTimeWindowEvent") || type.Is("Amazon.Lambda.DynamoDBEvents.DynamoDBTimeWindowEvent");
}

/// <summary>How a response is made from a list of failures.</summary>
/// <param name="Type">The response's type, as written here.</param>
/// <param name="ListProperty">The property that takes the list; null where a constructor does.</param>
internal sealed record ResponseCreation(string Type, string? ListProperty)
{
    /// <summary>How responses of a type are made.</summary>
    public static ResponseCreation Of(INamedTypeSymbol response, TypeNames names) =>
        new(
            names.Of(response),
            response.InstanceConstructors.Any(constructor =>
                constructor is { DeclaredAccessibility: Accessibility.Public, Parameters: [{ Type: var taken }] }
                && ResponseShape.IsItem(ElementTypes.Of(taken))
            )
                ? null
                : ListPropertyOf(response)
        );

    /// <summary>A response with a list of failures.</summary>
    public string With(string list) => ListProperty is null ? $"new {Type}({list})" : $"new {Type} {{ {ListProperty} = {list} }}";

    private static string? ListPropertyOf(INamedTypeSymbol response) =>
        response
            .GetMembers()
            .OfType<IPropertySymbol>()
            .FirstOrDefault(property =>
                property.SetMethod?.DeclaredAccessibility == Accessibility.Public && ResponseShape.IsItem(ElementTypes.Of(property.Type))
            )
            ?.Name;
}
