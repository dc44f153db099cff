using AtLeastOnce.Package.Tests.Building;

namespace AtLeastOnce.Package.Tests;

/// <summary>A project of the repository that says <c>UseAtLeastOnceAnalyzers</c> is analysed by what the repository builds.</summary>
public sealed class InRepositoryTests
{
    [Fact]
    public void A_flaw_that_needs_rules_model_and_yaml_parser_is_found() =>
        Assert.Equal(
            ["OrdersFunction.cs(7,41) note ALO202"],
            Finding.ReadAll(Path.Combine(AppContext.BaseDirectory, "findings.sarif")).Select(finding => finding.ToString())
        );
}
