using AtLeastOnce.Package.Tests.Building;

namespace AtLeastOnce.Package.Tests;

/// <summary>What a project that references the package is told by its build.</summary>
public sealed class FindingTests(BuiltConsumers consumers)
{
    internal static readonly string[] Flaws =
    [
        "OrdersFunction.cs(12,41) error ALO202",
        "OrdersFunction.cs(23,73) error ALO206",
        "OrdersFunction.cs(25,13) warning ALO204",
        "OrdersFunction.cs(37,23) warning ALO201",
    ];

    [Fact]
    public void A_flawed_handler_beside_its_template_is_told_its_flaws() => Assert.Equal(Flaws, consumers.FindingsOf("Flawed"));

    [Fact]
    public void A_sound_handler_is_told_nothing() => Assert.Empty(consumers.FindingsOf("Clean"));

    [Theory]
    [InlineData("TestProject")]
    [InlineData("XunitProject")]
    public void A_test_project_is_told_nothing(string consumer) => Assert.Empty(consumers.FindingsOf(consumer));

    [Fact]
    public void A_message_names_the_place_in_the_template() =>
        Assert.Equal(
            [
                "'HandleAsync' reports failed messages, but its mapping 'Orders' does not set ReportBatchItemFailures, so Lambda ignores the report and deletes the failed messages (template.yaml(23,9)). Add FunctionResponseTypes: [ReportBatchItemFailures].",
            ],
            consumers.MessagesOf("Flawed", "ALO202")
        );

    [Fact]
    public void The_console_shows_the_help_link() =>
        Assert.Contains(
            "(https://github.com/atleastonce/atleastonce/blob/main/docs/rules/ALO202.md)",
            consumers.Build.LinesWith("Flawed.csproj").Single(line => line.Contains("ALO202", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_log_gives_each_rule_its_help_link()
    {
        var links = consumers.HelpLinksOf("Flawed").Where(link => link.Key.StartsWith("ALO", StringComparison.Ordinal)).ToList();
        Assert.Subset(links.Select(link => link.Key).ToHashSet(), Flaws.Select(flaw => flaw[^6..]).ToHashSet());
        Assert.All(links, link => Assert.Equal($"https://github.com/atleastonce/atleastonce/blob/main/docs/rules/{link.Key}.md", link.Value));
    }

    [Fact]
    public void A_project_gets_the_package_through_the_project_it_references() => Assert.Equal(Flaws, consumers.FindingsOf("Transitive/App"));

    [Fact]
    public void Private_assets_keep_the_package_from_projects_that_reference_its_user() => Assert.Empty(consumers.FindingsOf("Private/App"));

    [Fact]
    public void Another_analyzer_may_bring_another_version_of_the_yaml_parser()
    {
        Assert.Equal(
            [.. Flaws.Append("OrdersFunction.cs(10,14) warning OTHER1").Order(StringComparer.Ordinal)],
            consumers.FindingsOf("TwoYamlParsers").Order(StringComparer.Ordinal)
        );
        Assert.Equal(["Parsed 'key=value' by YamlDotNet 11.0.0.0"], consumers.MessagesOf("TwoYamlParsers", "OTHER1"));
    }
}
