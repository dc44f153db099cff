using AtLeastOnce.Package.Tests.Building;

namespace AtLeastOnce.Package.Tests;

/// <summary>The presets, chosen by the MSBuild property <c>AtLeastOnceMode</c>, and the configuration of the user, which wins.</summary>
public sealed class ModeTests(BuiltConsumers consumers)
{
    // Of a rule that is not graded: advice in every preset, once for the two handlers that come to the loop.
    private const string Advice = "Functions.cs(10,9) note ALO305";

    [Fact]
    public void All_reports_every_rule_with_its_own_severity() => Assert.Equal(FindingTests.Flaws, consumers.FindingsOf("Modes/All"));

    [Fact]
    public void Strict_makes_errors_of_warnings() =>
        Assert.Equal(FindingTests.Flaws.Select(flaw => flaw.Replace("warning", "error", StringComparison.Ordinal)), consumers.FindingsOf("Modes/Strict"));

    [Fact]
    public void A_graded_rule_says_how_grave_each_finding_is() =>
        Assert.Equal(["Functions.cs(7,41) note ALO302", Advice, "Functions.cs(28,35) warning ALO302"], consumers.FindingsOf("Graded/Recommended"));

    [Fact]
    public void Strict_raises_each_finding_of_a_graded_rule_by_one_degree() =>
        Assert.Equal(["Functions.cs(7,41) warning ALO302", Advice, "Functions.cs(28,35) error ALO302"], consumers.FindingsOf("Graded/Strict"));

    [Fact]
    public void None_reports_nothing() => Assert.Empty(consumers.FindingsOf("Modes/None"));

    [Fact]
    public void An_unknown_mode_stops_the_build_and_the_four_are_named() =>
        Assert.Equal(
            [
                $"{consumers.PathOf("Modes/Unknown", "Unknown.csproj")} : error : AtLeastOnceMode is 'Everything', but it must be Recommended, All, Strict or None.",
            ],
            consumers.Build.LinesWith("AtLeastOnceMode")
        );

    [Fact]
    public void The_users_editorconfig_wins_over_the_preset() =>
        Assert.Equal(
            ["Calm.cs(7,23) note ALO201", "Strict.cs(7,23) error ALO201"],
            consumers.FindingsOf("UserConfig/EditorConfig").Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_users_globalconfig_wins_over_the_preset() =>
        Assert.Equal(["OrdersFunction.cs(12,41) warning ALO202"], consumers.FindingsOf("UserConfig/GlobalConfig"));

    [Theory]
    [InlineData("UserConfig/TemplateByEditorConfig", "note")]
    [InlineData("UserConfig/TemplateByGlobalConfig", "warning")]
    public void A_finding_in_a_template_is_configured_by_the_globalconfig_alone(string consumer, string level) =>
        Assert.Equal([$"template.yaml(5,1) {level} ALO500"], consumers.FindingsOf(consumer));
}
