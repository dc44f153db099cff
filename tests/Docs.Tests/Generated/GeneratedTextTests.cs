using System.Xml.Linq;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Docs.Tests.Repository;

namespace AtLeastOnce.Docs.Tests.Generated;

/// <summary>What is made from the rules is up to date.</summary>
public sealed class GeneratedTextTests
{
    public static TheoryData<string> Modes => [.. Presets.Modes.Keys];

    [Fact]
    public void The_table_of_the_readme() => GeneratedText.CheckSection("README.md", "rules", RuleTables.Overview("docs/rules/"));

    [Fact]
    public void The_index_of_the_documents() => GeneratedText.CheckSection("docs/README.md", "rules", RuleTables.ByFamily("rules/"));

    [Fact]
    public void The_matrix_of_the_witnesses() => GeneratedText.CheckFile(WitnessMatrix.Path, WitnessMatrix.Text());

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_preset_of_a_mode(string mode) => GeneratedText.CheckFile(Presets.PathOf(mode), Presets.TextOf(mode));

    [Fact]
    public void There_is_a_preset_for_each_mode_and_no_other() =>
        Assert.Equal(
            Presets.Modes.Keys.Select(Presets.PathOf).Order(StringComparer.Ordinal),
            RepositoryFiles.All(".globalconfig", "src/Package/configuration")
        );

    [Fact]
    public void Every_option_is_documented_and_its_property_visible_to_the_compiler()
    {
        var options = typeof(LambdaAnalyzer)
            .Assembly.GetTypes()
            .SelectMany(type =>
                type.GetProperties(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
            )
            .Where(property => property.PropertyType == typeof(DeploymentRuleOption))
            .Select(property => (DeploymentRuleOption)property.GetValue(null)!)
            .ToList();
        var props = XDocument.Parse(RepositoryFiles.TextOf("src/Package/buildTransitive/AtLeastOnce.props")!);
        var visible = props.Descendants("CompilerVisibleProperty").SelectMany(item => item.Attribute("Include")!.Value.Split(';')).ToHashSet();
        var documented = RepositoryFiles.TextOf("docs/configuration.md")!;

        Assert.NotEmpty(options);
        Assert.All(
            options,
            option =>
            {
                Assert.Contains(option.Property, visible);
                Assert.Contains($"`{option.Key}`", documented, StringComparison.Ordinal);
                Assert.Contains($"`{option.Property}`", documented, StringComparison.Ordinal);
            }
        );
    }
}
