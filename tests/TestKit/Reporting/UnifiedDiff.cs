using System.Globalization;
using System.Text;

namespace AtLeastOnce.TestKit;

/// <summary>The difference of two texts, line by line, in the form of <c>diff -u</c>; a carriage return shows as ␍ and a missing last line end is
/// said.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The difference, or null if the texts are equal.</summary>
    internal static string? Of(string name, string expected, string actual)
    {
        if (expected == actual)
            return null;
        var lines = Edits(Lines(expected), Lines(actual));
        var text = new StringBuilder().Append("--- ").Append(name).Append(" (expected)\n+++ ").Append(name).Append(" (actual)\n");
        for (var at = 0; at < lines.Count; )
        {
            var first = lines.FindIndex(at, line => line.Mark != ' ');
            if (first < 0)
                break;
            var last = first;
            for (var next = first; next < lines.Count && next <= last + (2 * Context); next++)
            {
                if (lines[next].Mark != ' ')
                    last = next;
            }

            var start = Math.Max(at, first - Context);
            at = Math.Min(lines.Count, last + Context + 1);
            AppendHunk(text, lines, start, at);
        }

        return text.ToString();
    }

    private static void AppendHunk(StringBuilder text, List<(char Mark, string Line)> lines, int start, int end)
    {
        var before = lines.Take(start).ToArray();
        var hunk = lines.GetRange(start, end - start);
        text.Append(CultureInfo.InvariantCulture, $"@@ -{Count(before, '+') + 1},{Count(hunk, '+')} +{Count(before, '-') + 1},{Count(hunk, '-')} @@\n");
        foreach (var (mark, line) in hunk)
            text.Append(mark).Append(line).Append('\n');

        // Lines of one side are all but those that only the other side has.
        static int Count(IEnumerable<(char Mark, string Line)> some, char others) => some.Count(line => line.Mark != others);
    }

    private static string[] Lines(string text)
    {
        var lines = text.Replace('\r', '␍').Split('\n');
        if (lines[^1].Length == 0)
            return lines[..^1];
        lines[^1] += "⏎̸ (no line end)";
        return lines;
    }

    /// <summary>The longest common subsequence kept, the rest marked: '-' is only expected, '+' only actual.</summary>
    private static List<(char Mark, string Line)> Edits(string[] expected, string[] actual)
    {
        var common = new int[expected.Length + 1, actual.Length + 1];
        for (var i = expected.Length - 1; i >= 0; i--)
        {
            for (var j = actual.Length - 1; j >= 0; j--)
                common[i, j] = expected[i] == actual[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var edits = new List<(char, string)>();
        var (left, right) = (0, 0);
        while (left < expected.Length || right < actual.Length)
        {
            if (left < expected.Length && right < actual.Length && expected[left] == actual[right])
            {
                edits.Add((' ', expected[left++]));
                right++;
            }
            else if (right == actual.Length || (left < expected.Length && common[left + 1, right] >= common[left, right + 1]))
            {
                edits.Add(('-', expected[left++]));
            }
            else
            {
                edits.Add(('+', actual[right++]));
            }
        }

        return edits;
    }
}
