using System.Text.RegularExpressions;

namespace AtLeastOnce.Runtime.Tests.Rules;

/// <summary>A row of the semantics reference.</summary>
/// <param name="Id">Its id: <c>R-20</c>.</param>
/// <param name="Text">The rest of the row, the marks at its end.</param>
internal sealed record ReferenceRow(string Id, string Text)
{
    /// <summary>Whether AWS documents it (D), or a test against AWS has shown it (O); else it is a field report or inferred.</summary>
    public bool IsDocumentedOrObserved => Regex.IsMatch(Marks, "\\b[DO]\\b");

    // The last column; a row of a table of settings names the same marks there.
    private string Marks => Text[(Text.TrimEnd().TrimEnd('|').LastIndexOf('|') + 1)..];
}

/// <summary>The semantics reference, which lies beside the checkout where it is at hand.</summary>
internal static partial class SharedReference
{
    public const string WhyAbsent = "The semantics reference (shared/esm-semantics.md beside the checkout) is not here.";

    private static readonly string? File = FileAbove();

    public static bool IsHere => File is not null;

    /// <summary>The rows of the sections whose heading begins so: <c>1.1</c> is <c>### 1.1 Parameter table</c>, <c>2</c> all of section 2.</summary>
    public static IReadOnlyList<ReferenceRow> Rows(params string[] sections)
    {
        var rows = new List<ReferenceRow>();
        var (chapter, section) = ("", "");
        foreach (var line in System.IO.File.ReadLines(File!))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                (chapter, section) = (line[3..].Split(' ')[0].TrimEnd('.'), "");
            else if (line.StartsWith("### ", StringComparison.Ordinal))
                section = line[4..].Split(' ')[0];
            else if (Row().Match(line) is { Success: true } match && (sections.Contains(chapter) || sections.Contains(section)))
                rows.Add(new(match.Groups[1].Value, match.Groups[2].Value));
        }

        return rows;
    }

    [GeneratedRegex(@"^\| ([A-Z]-\d+[a-z]?) \|(.*)$")]
    private static partial Regex Row();

    private static string? FileAbove()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "esm-semantics.md");
            if (System.IO.File.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
