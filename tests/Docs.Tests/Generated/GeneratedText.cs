using AtLeastOnce.Docs.Tests.Repository;

namespace AtLeastOnce.Docs.Tests.Generated;

/// <summary>
/// Text of the repository that is made from the rules. A test that finds it stale prints what belongs there; with <c>ALO_UPDATE=1</c> in the environment it writes it.
/// </summary>
internal static class GeneratedText
{
    private static bool Updates => Environment.GetEnvironmentVariable("ALO_UPDATE") == "1";

    /// <summary>Checks a whole file.</summary>
    public static void CheckFile(string path, string expected) => Check(path, RepositoryFiles.TextOf(path), expected, expected);

    /// <summary>Checks what stands between <c>&lt;!-- name: generated --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
    public static void CheckSection(string path, string name, string expected)
    {
        var (begin, end) = ($"<!-- {name}: generated from the rules, see CONTRIBUTING.md -->\n", $"<!-- /{name} -->");
        var text = RepositoryFiles.TextOf(path) ?? "";
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from)
            Assert.Fail($"{path} needs the lines\n{begin}{end}");
        from += begin.Length;
        Check(path, text[from..to], expected, text[..from] + expected + text[to..]);
    }

    private static void Check(string path, string? actual, string expected, string updated)
    {
        if (actual == expected)
            return;
        if (Updates)
        {
            File.WriteAllText(RepositoryFiles.PathOf(path), updated);
            return;
        }

        Assert.Fail($"{path} is stale. Run these tests with ALO_UPDATE=1, or paste:\n{expected}");
    }
}
