using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Effects;

/// <summary>The user's own effect files: additional files named <c>*.effects.yaml</c>, <c>.yml</c> or <c>.json</c>, or just <c>effects.yaml</c>.</summary>
internal static class EffectFiles
{
    private static readonly string[] Endings = ["effects.yaml", "effects.yml", "effects.json"];

    /// <summary>Whether the file is one.</summary>
    public static bool IsEffectFile(AdditionalText file)
    {
        var name = file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1);
        return Endings.Any(ending =>
            name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && (name.Length == ending.Length || name[name.Length - ending.Length - 1] == '.')
        );
    }

    /// <summary>The effects of all files, ordered by path.</summary>
    public static ImmutableArray<Effect> Read(AnalyzerOptions options, CancellationToken cancellationToken) =>
        options
            .AdditionalFiles.Where(IsEffectFile)
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .SelectMany(file => EffectFile.Read(file.Path, file.GetText(cancellationToken)?.ToString() ?? "", cancellationToken).Effects)
            .ToImmutableArray();
}
