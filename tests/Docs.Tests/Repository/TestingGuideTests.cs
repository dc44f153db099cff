using System.Text.RegularExpressions;

namespace AtLeastOnce.Docs.Tests.Repository;

/// <summary>The guide to tests shows nothing that has not run.</summary>
public sealed partial class TestingGuideTests
{
    private static readonly IReadOnlyList<string> Samples =
    [
        .. Directory
            .EnumerateFiles(RepositoryFiles.PathOf("samples"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(file => WithoutIndentation(File.ReadAllText(file))),
    ];

    public static TheoryData<string> Examples => [.. Example().Matches(RepositoryFiles.TextOf("docs/testing.md")!).Select(match => match.Groups["text"].Value)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_a_part_of_a_sample(string example) =>
        Assert.Contains(Samples, sample => sample.Contains(WithoutIndentation(example), StringComparison.Ordinal));

    private static string WithoutIndentation(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()));

    [GeneratedRegex(@"```csharp\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
