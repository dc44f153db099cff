using System.Text.RegularExpressions;
using AtLeastOnce.Docs.Tests.Repository;

namespace AtLeastOnce.Docs.Tests.Rules;

/// <summary>A rule is whole: its files, its page, its witness, its line in the release notes, and a fix or the reason why there is none.</summary>
public sealed partial class RuleTests
{
    public static TheoryData<string> Ids => RuleEntry.Ids;

    [Fact]
    public void An_id_belongs_to_one_rule()
    {
        Assert.NotEmpty(RuleEntry.All);
        Assert.Equal(
            RuleEntry.All.Count,
            RuleEntry.Descriptors.Select(rule => (rule.Id, rule.Analyzer, rule.Title, rule.Family, rule.Severity)).Distinct().Count()
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_class_is_sealed_and_its_file_is_where_its_family_is(string id)
    {
        var rule = RuleEntry.Of(id);
        Assert.True(rule.Analyzer.IsSealed);
        Assert.StartsWith(id, rule.Analyzer.Name, StringComparison.Ordinal);
        AssertExists($"src/Analyzers/Rules/{rule.Family}/{rule.Analyzer.Name}.cs");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_has_tests_under_the_same_path(string id)
    {
        var rule = RuleEntry.Of(id);
        AssertExists($"tests/Analyzers.Tests/Rules/{rule.Family}/{rule.Analyzer.Name}Tests.cs");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_has_a_fix_or_says_why_not(string id)
    {
        var rule = RuleEntry.Of(id);
        if (rule.NoFixBecause is { } reason)
        {
            Assert.Empty(rule.Fixes);
            Assert.EndsWith(".", reason, StringComparison.Ordinal);
        }
        else if (rule.Fixes.Count == 0)
        {
            Assert.Fail($"{rule.Analyzer.Name} needs a fix in src/CodeFixes/Rules/{rule.Family}/{rule.Analyzer.Name}Fix.cs, or [NoCodeFix(\"why\")].");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_help_link_leads_to_its_page(string id) => Assert.Equal($"{RepositoryFiles.HelpLinkBase}{id}.md", RuleEntry.Of(id).Descriptor.HelpLinkUri);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_page_begins_with_its_title_its_family_and_its_severity(string id)
    {
        var rule = RuleEntry.Of(id);
        var head = $"# {id}: {rule.Title}\n\n{rule.Family} · {rule.Severity} · {(rule.Fixes.Count > 0 ? "with a fix" : "no fix")}\n";
        var page = RepositoryFiles.TextOf(rule.Page);
        if (page is null || !page.StartsWith(head, StringComparison.Ordinal))
            Assert.Fail($"{rule.Page} must begin with:\n{head}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_has_one_line_in_the_release_notes(string id)
    {
        var rule = RuleEntry.Of(id);
        var lines = new[] { "Shipped", "Unshipped" }
            .SelectMany(name => RepositoryFiles.TextOf($"src/Analyzers/AnalyzerReleases.{name}.md")!.Split('\n'))
            .Where(line => line.StartsWith(id, StringComparison.Ordinal))
            .Select(line => line[..line.LastIndexOf('|')].Trim());
        Assert.Equal([$"{id} | {rule.Family} | {rule.Descriptor.DefaultSeverity}"], lines);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_has_a_witness(string id)
    {
        Assert.SkipUnless(Directory.Exists(RepositoryFiles.PathOf("tests/Witness.Tests")), "The project of the witnesses does not exist yet.");
        Assert.Contains(RepositoryFiles.All(".cs", "tests/Witness.Tests"), file => Regex.IsMatch(RepositoryFiles.TextOf(file)!, $@"\b{id}"));
    }

    [Fact]
    public void The_release_notes_know_no_other_rule()
    {
        var text = RepositoryFiles.TextOf("src/Analyzers/AnalyzerReleases.Shipped.md") + RepositoryFiles.TextOf("src/Analyzers/AnalyzerReleases.Unshipped.md");
        Assert.Empty(ReleaseLine().Matches(text).Select(match => match.Value).Except(RuleEntry.All.Select(rule => rule.Id)));
    }

    [Fact]
    public void There_is_no_page_without_a_rule() => Assert.Empty(RepositoryFiles.All(".md", "docs/rules").Except(RuleEntry.All.Select(rule => rule.Page)));

    [GeneratedRegex(@"^ALO\d{3}(?= \|)", RegexOptions.Multiline)]
    private static partial Regex ReleaseLine();

    private static void AssertExists(string file)
    {
        if (RepositoryFiles.TextOf(file) is null)
            Assert.Fail($"There is no {file}.");
    }
}
