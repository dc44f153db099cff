using AtLeastOnce.Package.Tests.Building;

namespace AtLeastOnce.Package.Tests;

/// <summary>A project that references the packed runtime compiles against it and runs with all it needs.</summary>
public sealed class RuntimePackageTests(BuiltConsumers consumers)
{
    [Fact]
    public void It_brings_the_deployment_model_and_the_yaml_parser() =>
        Assert.Equal(
            ["AtLeastOnce.Deployment.dll", "AtLeastOnce.Runtime.dll", "RuntimeUser.dll", "YamlDotNet.dll"],
            Directory
                .EnumerateFiles(Output, "*.dll")
                .Select(path => Path.GetFileName(path))
                .Where(name => !name.StartsWith("Amazon.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task It_runs_a_handler_from_its_template()
    {
        var result = await consumers.DotnetAsync("RuntimeUser", Path.Combine(Output, "RuntimeUser.dll"));
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Equal("shipped order 1, order 2", result.Output.Trim());
    }

    private string Output => consumers.PathOf("RuntimeUser", "bin", "Debug", "net10.0");
}
