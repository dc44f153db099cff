using System.Text;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>The files in which diagnostics lie, with the marks that would state them.</summary>
internal static class MarkedSource
{
    internal static string Show(ProjectState state, IEnumerable<Diagnostic> actual)
    {
        var all = actual.ToArray();
        var shown = new StringBuilder();
        foreach (var file in state.Files.Except(state.ConfigFiles))
        {
            var marks = all.Where(diagnostic => Place.Of(diagnostic.Location)?.Path == file.Path && diagnostic.Location.SourceSpan.End <= file.Text.Length)
                .ToArray();
            if (marks.Length == 0 && !state.Sources.Contains(file))
                continue;
            shown.Append("--- ").Append(TestPaths.Short(file.Path)).Append('\n').Append(Mark(file.Text.ToString(), marks)).Append('\n');
        }

        return shown.ToString();
    }

    private static string Mark(string text, IReadOnlyCollection<Diagnostic> diagnostics)
    {
        var shown = new StringBuilder();
        for (var at = 0; at <= text.Length; at++)
        {
            foreach (var _ in diagnostics.Where(diagnostic => diagnostic.Location.SourceSpan is { IsEmpty: false } span && span.End == at))
                shown.Append("|}");
            var opening = diagnostics.Where(diagnostic => diagnostic.Location.SourceSpan.Start == at);
            foreach (var diagnostic in opening.OrderByDescending(diagnostic => diagnostic.Location.SourceSpan.Length))
                shown.Append("{|").Append(diagnostic.Id).Append(':').Append(diagnostic.Location.SourceSpan.IsEmpty ? "|}" : "");
            if (at < text.Length)
                shown.Append(text[at]);
        }

        return shown.ToString();
    }
}
