using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Demo.Tests;

/// <summary>What the analyzers say about each sample, and that they say nothing about its sound variant.</summary>
public sealed class SampleFindingTests
{
    public static TheoryData<string> Samples => [.. DemoCommand.Samples];

    [Theory]
    [InlineData("Orders", "ALO202 Error", "ALO302 Warning", "ALO501 Warning", "ALO205 Warning")]
    [InlineData("ClickStream", "ALO507 Warning", "ALO508 Info", "ALO102 Warning", "ALO204 Warning")]
    [InlineData("TableAudit", "ALO201 Warning", "ALO507 Warning", "ALO508 Info", "ALO102 Warning")]
    [InlineData("AccountCommands", "ALO302 Warning", "ALO501 Info", "ALO305 Info", "ALO101 Warning", "ALO401 Warning")]
    [InlineData("UploadThumbnails", "ALO102 Warning")]
    [InlineData("UsageReport", "ALO102 Warning")]
    public async Task The_flawed_variant_has_these_findings(string sample, params string[] expected)
    {
        var found = await SampleAnalysis.FindAsync(SampleFolder.Of($"{sample}.Flawed"));
        Assert.Equal(expected, found.Select(Text));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task The_sound_variant_has_none(string sample) => Assert.Empty((await SampleAnalysis.FindAsync(SampleFolder.Of(sample))).Select(Text));

    private static string Text(Diagnostic finding) => $"{finding.Id} {finding.Severity}";
}
