using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>What users say of the queues that feed the handlers of a file, where no template and no attribute says of what type they are.</summary>
internal static class QueueTypes
{
    /// <summary>The key in <c>.editorconfig</c> or a global configuration: <c>true</c> for FIFO queues, <c>false</c> for standard queues.</summary>
    public const string Option = "alo.queues_are_fifo";

    /// <summary>Whether the queues are FIFO queues; null where nothing is set, or something else than <c>true</c> and <c>false</c>.</summary>
    public static bool? AreFifo(AnalyzerConfigOptionsProvider options, SyntaxTree tree) => Read(options.GetOptions(tree)) ?? Read(options.GlobalOptions);

    /// <summary>What is set and is neither <c>true</c> nor <c>false</c>, each text once.</summary>
    public static IEnumerable<string> Unread(AnalyzerConfigOptionsProvider options, SyntaxTree tree) =>
        new[] { options.GetOptions(tree), options.GlobalOptions }
            .Select(set => set.TryGetValue(Option, out var text) && text.Length > 0 && Read(set) is null ? text : null)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    private static bool? Read(AnalyzerConfigOptions options) =>
        options.TryGetValue(Option, out var text) && bool.TryParse(text, out var areFifo) ? areFifo : null;
}
