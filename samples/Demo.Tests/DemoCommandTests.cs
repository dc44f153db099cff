namespace AtLeastOnce.Demo.Tests;

public sealed class DemoCommandTests
{
    private const string Samples = "The samples are Orders, ClickStream, TableAudit, AccountCommands, UploadThumbnails, UsageReport.";

    [Theory]
    [InlineData("Orders", "sent 3 = acknowledged 2 + acknowledged although reported as failed 1", "shipped: A, C")]
    [InlineData("ClickStream", "sent 3 = acknowledged 3", "kept: /tea, /spoons")]
    [InlineData("TableAudit", "sent 3 = expired 3", "written: INSERT ada 1,443 times")]
    [InlineData("AccountCommands", "sent 2 = acknowledged 2", "booked: -80, +100")]
    [InlineData("UploadThumbnails", "sent 6 = acknowledged 5 + in flight 1", "in the bucket: 6 pictures")]
    [InlineData("UsageReport", "sent 2 = acknowledged 2", "reports: 2026-01-01T06-00, 2026-01-01T06-01, 2026-01-01T12-00")]
    public async Task A_sample_is_shown_with_findings_timeline_and_ledger(string sample, string ledger, string effects)
    {
        var (exitCode, output, error) = await RunAsync(sample);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.StartsWith($"1. What the analyzers say about samples/{sample}.Flawed:\n\n{sample}Function.cs(", output, StringComparison.Ordinal);
        Assert.Contains("The same handler, the same template:\n\n  00:00:00.000  ", Normalised(output), StringComparison.Ordinal);
        Assert.Contains($"\n\n  ledger: {ledger}\n  {effects}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_name_it_is_the_orders()
    {
        Assert.Equal(await RunAsync("Orders"), await RunAsync());
        Assert.Equal(await RunAsync("Orders"), await RunAsync("orders"));
    }

    [Fact]
    public async Task What_is_lost_is_told_as_a_unit_test_tells_it()
    {
        Assert.Contains(
            "\n3. How a unit test says it:\n\nAtLeastOnce.Runtime.EsmExpectationException: 1 of 3 records was lost.\n",
            (await RunAsync("Orders")).Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("3. How", (await RunAsync("ClickStream")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_lists_the_samples() => Assert.Equal((2, "", $"There is no sample 'Clicks'. {Samples}\n"), await RunAsync("Clicks"));

    [Fact]
    public async Task Two_names_are_one_too_many() =>
        Assert.Equal((2, "", $"One sample is shown at a time, but 2 are named. {Samples}\n"), await RunAsync("Orders", "ClickStream"));

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = await DemoCommand.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    // Schedules begin when their first time has come.
    private static string Normalised(string output) => output.Replace("\n\n  06:00:00.000  ", "\n\n  00:00:00.000  ", StringComparison.Ordinal);
}
