using System.Diagnostics;
using System.Text.RegularExpressions;
using AtLeastOnce.Demo;

namespace AtLeastOnce.Docs.Tests.Repository;

/// <summary>What the README shows is what its reader gets.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = RepositoryFiles.TextOf("README.md")!;

    [Fact]
    public async Task The_demo_prints_what_is_shown_of_it()
    {
        var printed = await RunDemoAsync();

        // Parts of the output, in its order.
        var at = 0;
        foreach (var shown in DemoBlock().Match(Readme).Groups["text"].Value.Split("\n\n"))
        {
            var found = printed.IndexOf(shown, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"The demo does not print this (any more, or not here):\n{shown}\n\nIt prints:\n{printed}");
            at = found + shown.Length;
        }

        Assert.True(at > 0, "The README has no <!-- demo --> block.");
    }

    [Fact]
    public void The_test_of_the_handler_is_the_one_of_the_sample()
    {
        var shown = TestBlock().Match(Readme).Groups["text"].Value;
        var sample = RepositoryFiles.TextOf("samples/Orders.Tests/OrdersFunctionTests.cs")!;

        Assert.Contains(string.Join('\n', shown.Split('\n').Select(line => line.Length == 0 ? line : "    " + line)), sample, StringComparison.Ordinal);
    }

    [Fact]
    public void The_commands_name_what_is_there()
    {
        foreach (Match match in Path().Matches(Readme))
            Assert.True(Directory.Exists(RepositoryFiles.PathOf(match.Value)) || File.Exists(RepositoryFiles.PathOf(match.Value)), match.Value);
    }

    private static async Task<string> RunDemoAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SampleAnalysis).Assembly.Location]) { RedirectStandardOutput = true };
        using var demo = Process.Start(start)!;
        var printed = await demo.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await demo.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, demo.ExitCode);
        return printed.ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"<!-- demo[^>]*-->\n```text\n(?<text>.*?)\n```\n<!-- /demo -->", RegexOptions.Singleline)]
    private static partial Regex DemoBlock();

    [GeneratedRegex(@"```csharp\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex TestBlock();

    [GeneratedRegex(@"\bsamples/[\w./]*\w")]
    private static partial Regex Path();
}
