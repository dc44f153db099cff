using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>The response that a handler of SQS messages can return, from the package that its event comes from.</summary>
/// <param name="Response">The response.</param>
/// <param name="Item">One failure.</param>
internal sealed record ResponseTypes(INamedTypeSymbol Response, INamedTypeSymbol Item)
{
    /// <summary>The types beside the handler's event; null in versions of the package that have none.</summary>
    public static ResponseTypes? Of(Handler handler)
    {
        for (var type = handler.EventParameter?.Type; type is not null; type = type.BaseType)
        {
            if (!type.Is("Amazon.Lambda.SQSEvents.SQSEvent"))
                continue;
            var response = type.ContainingAssembly.GetTypeByMetadataName("Amazon.Lambda.SQSEvents.SQSBatchResponse");
            return response is not null && ResponseShape.Of(response).ItemType is { } item ? new(response, item) : null;
        }

        return null;
    }
}
