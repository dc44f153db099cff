using System.Globalization;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Witness.Tests.Pages;

/// <summary>Every page shows exactly its own rule's finding, exactly its own fix, and a unit test that tells the two apart.</summary>
public class RulePageTests
{
    /// <summary>The ids of all rules of the product.</summary>
    public static TheoryData<string> Rules { get; } = [.. ExampleAnalysis.AllRules.SelectMany(rule => rule.SupportedDiagnostics).Select(descriptor => descriptor.Id).Distinct().Order()];

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
    public async Task Fixed_has_none(string id)
    {
        var found = await ExampleAnalysis.FindAsync(RulePage.Of(id).Fixed, CancellationToken);

        Assert.Empty(found.Select(Text));
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

        Assert.True(failure is Xunit.Sdk.IAssertionException or EsmExpectationException or AwsRefusalException or InvalidDataException or InvalidHandlerException, $"It does not fail as a test does:\n{failure}");
        var said = failure.Message.ReplaceLineEndings("\n").TrimEnd('\n');
        Assert.True(page.Failure is null || page.Failure.TrimEnd('\n') == said, $"The page must show what the test says:\n{said}");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_unit_test_passes_on_fixed(string id)
    {
        var page = RulePage.Of(id);
        using var example = new CompiledExample(page.Fixed, page.Test);

        await example.RunFactsAsync();
    }

    private static string Text(Diagnostic diagnostic) => $"{diagnostic.Id} {diagnostic.Location.GetLineSpan()}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
}
