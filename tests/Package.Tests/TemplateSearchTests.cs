using AtLeastOnce.Package.Tests.Building;

namespace AtLeastOnce.Package.Tests;

/// <summary>Which files the package takes for templates.</summary>
public sealed class TemplateSearchTests(BuiltConsumers consumers)
{
    [Fact]
    public void A_template_above_the_project_is_read() => Assert.Equal(FindingTests.Flaws, consumers.FindingsOf("Upward/src/Orders"));
}
