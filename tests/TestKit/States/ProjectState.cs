using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit;

/// <summary>A file without marks.</summary>
internal sealed record ProjectFile(string Path, SourceText Text)
{
    internal ProjectFile WithText(string text) => this with { Text = SourceText.From(text, Text.Encoding, Text.ChecksumAlgorithm) };
}

/// <summary>A stated project whose marks have been read.</summary>
internal sealed record ProjectState(
    ImmutableArray<ProjectFile> Sources,
    ImmutableArray<ProjectFile> AdditionalFiles,
    ImmutableArray<ProjectFile> ConfigFiles,
    ImmutableArray<MetadataReference> AdditionalReferences,
    ImmutableArray<ExpectedDiagnostic> Expected
)
{
    internal IEnumerable<ProjectFile> Files => [.. Sources, .. AdditionalFiles, .. ConfigFiles];
}
