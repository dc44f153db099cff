using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Words and places that messages of several rules share.</summary>
internal static class Wording
{
    /// <summary>What a message says when no mapping of the handler is known (section 3 of the rules: AWS's defaults hold).</summary>
    public static string Assumption(Handler handler) => handler.Mappings.IsEmpty ? " (No mapping of it was found: AWS's default batch size is 10.)" : "";

    /// <summary>How an asynchronous event comes again, as the subject of a sentence: <c>Lambda retries a failed event twice, and each retry</c>.</summary>
    public static string Retried(Handler handler) =>
        handler.Retries switch
        {
            0 => "Events are delivered at least once, and every redelivery",
            1 => "Lambda retries a failed event once, and the retry",
            2 => "Lambda retries a failed event twice, and each retry",
            _ => "Lambda retries a failed event, and each retry",
        };

    /// <summary>How the handler reaches the failing operation: <c> Reached from 'HandleAsync' → 'OrderService.ShipAsync'.</c>; empty when it is the handler's own.</summary>
    public static string Path(Handler handler, RecordFailure failure) => Path(handler, failure.Path);

    /// <summary>How the handler reaches the last of the methods; empty when there is none.</summary>
    public static string Path(Handler handler, IEnumerable<IMethodSymbol> methods)
    {
        var names = methods.Where(method => method.MethodKind != MethodKind.AnonymousFunction).Select(Name).ToList();
        return names.Count == 0 ? "" : $" Reached from '{handler.Name}' → {string.Join(" → ", names)}.";
    }

    /// <summary>The place of a setting of a template as a location.</summary>
    public static Location ToLocation(this Place place) =>
        place.IsNone
            ? Location.None
            : Location.Create(
                place.Path,
                new TextSpan(place.Start, place.Length),
                new(new(place.StartLine, place.StartColumn), new(place.EndLine, place.EndColumn))
            );

    private static string Name(IMethodSymbol method) =>
        method.MethodKind switch
        {
            MethodKind.Constructor => $"'new {method.ContainingType.Name}'",
            MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation when method.ContainingType is { } type => $"'{type.Name}.{method.OwnName()}'",
            _ => $"'{method.Name}'",
        };
}
