using System.Globalization;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Witness.Tests.Pages;

/// <summary>Every page shows exactly its own rule's finding, exactly its own fix, and a unit test that tells the two apart.</summary>
public class RulePageTests
{
    /// <summary>The ids of all rules of the product.</summary>
    public static TheoryData<string> Rules { get; } =
    [.. ExampleAnalysis.AllRules.SelectMany(rule => rule.SupportedDiagnostics).Select(descriptor => descriptor.Id).Distinct().Order()];

    /// <summary>The ids of the rules whose page shows a comment that suppresses a finding in the template.</summary>
    public static TheoryData<string> RulesSuppressedInTemplates { get; } = [.. RulePage.Ids().Where(id => RulePage.Of(id).Suppression is not null)];

    /// <summary>The further examples of all pages: id and heading.</summary>
    public static TheoryData<string, string> FurtherExamples { get; } =
    [.. RulePage.Ids().SelectMany(id => RulePage.Of(id).FurtherExamples.Select(heading => (id, heading)))];

    /// <summary>The ids of the rules that have a fix.</summary>
    public static TheoryData<string> FixableRules { get; } = [.. ExampleFix.AllFixes.SelectMany(fix => fix.FixableDiagnosticIds).Distinct().Order()];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Flawed_has_this_finding_and_no_other(string id)
    {
        var found = await ExampleAnalysis.FindAsync(RulePage.Of(id).Flawed, CancellationToken);

        Assert.Equal([id], found.Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Flawed_shows_what_the_finding_says(string id)
    {
        var page = RulePage.Of(id);

        var found = Assert.Single(await ExampleAnalysis.FindAsync(page.Flawed, CancellationToken));

        AssertShown(page.Finding, Text(found));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Fixed_has_none(string id)
    {
        var found = await ExampleAnalysis.FindAsync(RulePage.Of(id).Fixed, CancellationToken);

        Assert.Empty(found.Select(Text));
    }

    [Theory]
    [MemberData(nameof(FurtherExamples))]
    public async Task A_further_example_has_this_finding_or_none_and_its_counterpart(string id, string heading)
    {
        var page = RulePage.Of(id);
        var isFlawed = heading.StartsWith("Flawed", StringComparison.Ordinal);

        var found = await ExampleAnalysis.FindAsync(page.Further(heading), CancellationToken);

        Assert.Equal(isFlawed ? [id] : [], found.Select(diagnostic => diagnostic.Id));
        Assert.Contains((isFlawed ? "Fixed" : "Flawed") + heading[heading.IndexOf(':', StringComparison.Ordinal)..], page.FurtherExamples);
    }

    [Theory]
    [MemberData(nameof(FixableRules))]
    public async Task Fixed_is_what_the_fix_makes_of_flawed(string id) => await ExampleFix.VerifyAsync(RulePage.Of(id), CancellationToken);

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_unit_test_fails_on_flawed_and_says_what_the_page_says(string id)
    {
        var page = RulePage.Of(id);
        using var example = new CompiledExample(page.Flawed, page.Test);

        var failure = await Record.ExceptionAsync(example.RunFactsAsync);

        Assert.True(
            failure is Xunit.Sdk.IAssertionException or EsmExpectationException or AwsRefusalException or InvalidDataException or InvalidHandlerException,
            $"It does not fail as a test does:\n{failure}"
        );
        if (page.Failure is not null)
            AssertShown(page.Failure, failure.Message.ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_unit_test_passes_on_fixed(string id)
    {
        var page = RulePage.Of(id);
        using var example = new CompiledExample(page.Fixed, page.Test);

        await example.RunFactsAsync();
    }

    [Theory]
    [MemberData(nameof(RulesSuppressedInTemplates))]
    public async Task The_comment_that_the_page_shows_suppresses_the_finding(string id)
    {
        var page = RulePage.Of(id);
        var shown = page.Suppression!;
        var (comment, target) = (shown[..shown.IndexOf('\n', StringComparison.Ordinal)], shown[(shown.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Assert.Contains($"# alo:disable {id} ", comment, StringComparison.Ordinal);
        Assert.Contains(target, page.Flawed.Template, StringComparison.Ordinal);

        var found = await ExampleAnalysis.FindAsync(
            page.Flawed with
            {
                Template = page.Flawed.Template!.Replace(target, shown, StringComparison.Ordinal),
            },
            CancellationToken
        );

        Assert.Empty(found.Select(Text));
    }

    // As the compiler prints it.
    private static string Text(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        var severity = diagnostic.Severity.ToString().ToLowerInvariant();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(place.Path)}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): {severity} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"
        );
    }

    private static void AssertShown(string? shown, string said) => Assert.True(shown?.TrimEnd('\n') == said.TrimEnd('\n'), $"The page must show this:\n{said}");
}
