using AtLeastOnce.Deployment.Readers.Terraform;
using AtLeastOnce.Deployment.Readers.Yaml;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Deployments.Pulumi;

/// <summary>Offsets in the C# files of a program, counted one file after another, and their places.</summary>
/// <param name="cancellationToken">Stops the reading.</param>
internal sealed class SourceMap(CancellationToken cancellationToken)
{
    private readonly FolderMap map = new();
    private readonly Dictionary<SyntaxTree, int> starts = [];

    /// <summary>The places.</summary>
    public PlaceMap Places => map;

    /// <summary>The offsets of a node.</summary>
    public (int Start, int End) SpanOf(SyntaxNode node)
    {
        if (!starts.TryGetValue(node.SyntaxTree, out var start))
        {
            start = map.Add(new(node.SyntaxTree.FilePath, node.SyntaxTree.GetText(cancellationToken).ToString()));
            starts.Add(node.SyntaxTree, start);
        }

        return (start + node.SpanStart, start + node.Span.End);
    }
}
