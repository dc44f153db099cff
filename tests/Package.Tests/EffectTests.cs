using AtLeastOnce.Package.Tests.Building;

namespace AtLeastOnce.Package.Tests;

/// <summary>Effects of the project's own, and the attribute that says that repeating one is harmless.</summary>
public sealed class EffectTests(BuiltConsumers consumers)
{
    [Fact]
    public void An_effect_file_beside_the_project_is_read_and_its_broken_entry_told() =>
        Assert.Equal(["payments.effects.yaml(8,11) warning ALO100", "OrdersFunction.cs(21,23) warning ALO101"], consumers.FindingsOf("OwnEffect"));

    [Fact]
    public void The_finding_says_what_the_file_says() =>
        Assert.StartsWith(
            "Every redelivery charges the customer again: Charge has no guard",
            consumers.MessagesOf("OwnEffect", "ALO101").Single(),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_project_can_name_its_files_itself()
    {
        var result = await consumers.DotnetAsync("OwnEffect", "msbuild", "OwnEffect.csproj", "-getItem:AdditionalFiles", "-p:EnableDefaultLambdaEffects=false");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.DoesNotContain("payments.effects.yaml", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_attribute_marks_is_not_spoken_about() => Assert.Empty(consumers.FindingsOf("IdempotentOperation"));

    [Fact]
    public async Task Without_the_property_there_is_no_attribute()
    {
        var result = await consumers.DotnetAsync(
            "IdempotentOperation",
            "msbuild",
            "IdempotentOperation.csproj",
            "-getItem:Compile",
            "-p:AtLeastOnceAttributes=false"
        );

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.DoesNotContain("IdempotentOperationAttribute", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_attribute_the_effect_is_found()
    {
        var copy = consumers.CopyOf("IdempotentOperation", "OperationWithoutAttribute");
        var file = Path.Combine(copy, "OrdersFunction.cs");
        File.WriteAllText(file, File.ReadAllText(file).Replace("    [IdempotentOperation(", "    // (", StringComparison.Ordinal));

        var result = await consumers.DotnetAsync("OperationWithoutAttribute", "build", "-v", "quiet");

        Assert.Contains("error ALO101", result.Output, StringComparison.Ordinal);
    }
}
