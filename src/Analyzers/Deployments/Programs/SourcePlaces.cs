using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>Places in C# files.</summary>
internal static class SourcePlaces
{
    /// <summary>The place of a node.</summary>
    public static Place Of(SyntaxNode node)
    {
        var lines = node.SyntaxTree.GetLineSpan(node.Span);
        var (start, end) = (lines.StartLinePosition, lines.EndLinePosition);
        return new(node.SyntaxTree.FilePath, node.SpanStart, node.Span.Length, start.Line, start.Character, end.Line, end.Character);
    }
}
