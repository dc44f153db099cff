using System.Data;
using System.Text;

namespace AtLeastOnce.Runtime.Invocation.Database;

/// <summary>What histories call a command: its verb and what it is about, without the values.</summary>
internal static class SqlText
{
    private const int OtherWords = 3;

    /// <summary>The name: <c>SQL INSERT INTO orders</c>.</summary>
    public static string NameOf(string text, CommandType type)
    {
        if (type == CommandType.StoredProcedure)
            return $"SQL EXEC {text.Trim()}";
        if (type == CommandType.TableDirect)
            return $"SQL SELECT FROM {text.Trim()}";
        var words = Words(text);
        return words is [] ? "SQL" : "SQL " + Summary(words);
    }

    private static string Summary(List<string> words)
    {
        var verb = words[0].ToUpperInvariant();
        return verb switch
        {
            "INSERT" or "REPLACE" or "MERGE" => After(words, "INTO", verb + " INTO"),
            "UPDATE" => words.Count > 1 ? $"UPDATE {words[1]}" : verb,
            "DELETE" => After(words, "FROM", "DELETE FROM"),
            "SELECT" or "WITH" => After(words, "FROM", "SELECT FROM"),
            _ => string.Join(' ', words.Take(OtherWords)),
        };
    }

    // Where the marker is missing, as in MERGE orders or SELECT 1, the verb must do.
    private static string After(List<string> words, string marker, string summary)
    {
        var index = words.FindIndex(word => word.Equals(marker, StringComparison.OrdinalIgnoreCase));
        return index >= 0 && index + 1 < words.Count ? $"{summary} {words[index + 1]}" : words[0].ToUpperInvariant();
    }

    private static List<string> Words(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'')
                i = EndOf(text, i + 1, "'");
            else if (text.AsSpan(i).StartsWith("--", StringComparison.Ordinal))
                i = EndOf(text, i, "\n");
            else if (text.AsSpan(i).StartsWith("/*", StringComparison.Ordinal))
                i = EndOf(text, i, "*/") + 1;
            else if (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '.' or '$' or '#')
            {
                word.Append(text[i]);
                continue;
            }
            else if (text[i] is '"' or '[' or ']' or '`')
            {
                // Quoting marks are no part of a name.
                continue;
            }

            End();
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    private static int EndOf(string text, int from, string mark)
    {
        var end = text.IndexOf(mark, from, StringComparison.Ordinal);
        return end < 0 ? text.Length : end;
    }
}
