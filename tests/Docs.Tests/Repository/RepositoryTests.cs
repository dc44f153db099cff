using System.Text.RegularExpressions;
using AtLeastOnce.Docs.Tests.Rules;

namespace AtLeastOnce.Docs.Tests.Repository;

/// <summary>What holds for all files: links lead somewhere, files stay small, and the documents name the command that the build server runs.</summary>
public sealed partial class RepositoryTests
{
    private const int MostLines = 450;
    private const string TestCommand = "dotnet test --solution Analyzers.sln -c Release";

    public static TheoryData<string> Documents => [.. RepositoryFiles.All(".md")];

    // The pages of the rules are asked for by the rules.
    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_relative_link_leads_to_a_file_and_its_heading(string document)
    {
        var folder = Path.GetDirectoryName(RepositoryFiles.PathOf(document))!;
        var broken = Link()
            .Matches(WithoutCode(RepositoryFiles.TextOf(document)!))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(target => !Leads(folder, RepositoryFiles.PathOf(document), target));
        AssertNone(broken.Select(target => $"{document} links to {target}, which is not there."));
    }

    [Fact]
    public void No_source_file_is_longer_than_an_idea() =>
        AssertNone(
            from file in RepositoryFiles.All(".cs")
            let lines = RepositoryFiles.TextOf(file)!.Split('\n').Length - 1
            where lines > MostLines
            select $"{file} has {lines} lines; more than {MostLines} are two ideas."
        );

    [Fact]
    public void The_documents_name_the_test_command_of_the_build_server()
    {
        Assert.Contains(TestCommand, RepositoryFiles.TextOf(".ci/run"), StringComparison.Ordinal);
        Assert.Contains(TestCommand, RepositoryFiles.TextOf("README.md"), StringComparison.Ordinal);
        Assert.Contains(TestCommand, RepositoryFiles.TextOf("CONTRIBUTING.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_factory_that_the_documents_show_for_the_AWS_SDK_is_the_tested_one()
    {
        var shown = Factory().Match(RepositoryFiles.TextOf("docs/semantics.md")!).Value;
        var tested = Factory().Match(RepositoryFiles.TextOf("tests/Runtime.Tests/Invocation/AwsSdkCallTests.cs")!).Value;
        Assert.NotEmpty(shown);
        Assert.Equal(Lines(shown), Lines(tested));

        static IEnumerable<string> Lines(string code) => code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
    }

    private static void AssertNone(IEnumerable<string> complaints)
    {
        var all = string.Join('\n', complaints);
        if (all.Length > 0)
            Assert.Fail(all);
    }

    private static bool Leads(string folder, string document, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? document : Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(parts[0])));
        if (RuleEntry.All.Any(rule => path == Path.GetFullPath(RepositoryFiles.PathOf(rule.Page))))
            return true;
        if (parts.Length == 1)
            return File.Exists(path) || Directory.Exists(path);
        return File.Exists(path)
            && Heading().Matches(WithoutCode(File.ReadAllText(path))).Select(match => AnchorOf(match.Groups["text"].Value)).Contains(parts[1]);
    }

    // As GitHub makes them: lower case, punctuation dropped, spaces as hyphens.
    private static string AnchorOf(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    private static string WithoutCode(string text) => Fence().Replace(text, "");

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"sealed class TrackedHttp.*?false;\s*\n\s*\}", RegexOptions.Singleline)]
    private static partial Regex Factory();
}
