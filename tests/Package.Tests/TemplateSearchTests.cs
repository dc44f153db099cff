using System.Text.Json;
using AtLeastOnce.Package.Tests.Building;

namespace AtLeastOnce.Package.Tests;

/// <summary>Which files the package takes for templates.</summary>
public sealed class TemplateSearchTests(BuiltConsumers consumers)
{
    [Fact]
    public void A_template_above_the_project_is_read() => Assert.Equal(FindingTests.Flaws, consumers.FindingsOf("Upward/src/Orders"));

    [Theory]
    [InlineData("", "template.yaml", "a/template.yml", "a/b/serverless.template", "a/b/fn/template.json")]
    [InlineData("-p:LambdaTemplateSearchLevels=0", "a/b/fn/template.json")]
    [InlineData("-p:LambdaTemplateSearchLevels=1", "a/b/serverless.template", "a/b/fn/template.json")]
    [InlineData("-p:LambdaTemplateSearchLevels=2", "a/template.yml", "a/b/serverless.template", "a/b/fn/template.json")]
    [InlineData("-p:EnableDefaultLambdaTemplates=false")]
    [InlineData("-p:EnableDefaultLambdaTemplates=false -p:NamesTemplates=true", "a/b/fn/infra/queues.yaml", "a/b/fn/cdk.out/stack.template.json")]
    [InlineData("-p:LambdaTemplateSearchLevels=0 -p:NamesTemplates=true", "a/b/fn/infra/queues.yaml", "a/b/fn/cdk.out/stack.template.json")]
    public async Task Templates_are_found_by_name_up_to_three_folders_above_and_can_be_named_and_removed(string option, params string[] expected) =>
        await AssertTemplatesAsync("Templates", option, expected);

    [Fact]
    public async Task A_pattern_for_everything_skips_what_builds_leave_behind()
    {
        var copy = consumers.CopyOf("Templates", "TemplatesWithBuildOutput");
        foreach (var folder in new[] { "bin", "obj", ".aws-sam", "cdk.out" })
        {
            var left = Directory.CreateDirectory(Path.Combine(copy, "a", "b", "fn", "inner", folder, "deep"));
            File.WriteAllText(Path.Combine(left.FullName, "copy.yaml"), "Resources: {}");
        }

        await AssertTemplatesAsync("TemplatesWithBuildOutput", "-p:EnableDefaultLambdaTemplates=false -p:TakesEverything=true", "a/b/fn/infra/queues.yaml");
    }

    [Theory]
    [InlineData("a/b/fn/Own.sln", "a/b/fn/template.json")]
    [InlineData("a/b/Own.slnx", "a/b/serverless.template", "a/b/fn/template.json")]
    [InlineData("a/.git", "a/template.yml", "a/b/serverless.template", "a/b/fn/template.json")]
    public async Task The_search_ends_at_a_solution_or_a_repository(string end, params string[] expected)
    {
        var name = $"TemplatesTo{Path.GetExtension(end)[1..]}";
        File.WriteAllText(Path.Combine(consumers.CopyOf("Templates", name), end), "");

        await AssertTemplatesAsync(name, "", expected);
    }

    private async Task AssertTemplatesAsync(string consumer, string option, params string[] expected)
    {
        var result = await consumers.DotnetAsync(
            consumer,
            ["msbuild", "a/b/fn/Templates.csproj", "-getItem:AdditionalFiles", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]
        );
        Assert.True(result.ExitCode == 0, result.Output);
        using var items = JsonDocument.Parse(result.Output);
        var templates = items
            .RootElement.GetProperty("Items")
            .GetProperty("AdditionalFiles")
            .EnumerateArray()
            .Where(item => item.TryGetProperty("LambdaTemplate", out var marked) && marked.GetString() == "true")
            .Select(item => item.GetProperty("FullPath").GetString()!);
        Assert.Equal(expected.Select(path => consumers.PathOf(consumer, path)).Order(StringComparer.Ordinal), templates.Order(StringComparer.Ordinal));
    }
}
