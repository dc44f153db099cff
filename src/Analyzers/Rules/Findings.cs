using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Rules;

/// <summary>What findings of several rules carry for their fixes.</summary>
internal static class Findings
{
    /// <summary>The properties of a finding about a handler's code.</summary>
    public static ImmutableDictionary<string, string?> About(Handler handler) =>
        ImmutableDictionary<string, string?>.Empty.Add(FindingProperties.Handler, handler.Name).Add(FindingProperties.QueueType, QueueTypeOf(handler));

    // A queue whose type is not known is fixed in two ways.
    private static string? QueueTypeOf(Handler handler) =>
        handler.IsStream
            ? "Stream"
            : handler.ReadsFifo switch
            {
                true => "Fifo",
                false => "Standard",
                null => null,
            };
}
