using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>A document as a fix sees it: its text, syntax and meaning, and the handlers that the rules see in it.</summary>
internal sealed class FixTarget
{
    private FixTarget(Document document, SourceText text, SyntaxNode root, AnalysisSession session) =>
        (Document, Text, Root, Session, Model) = (document, text, root, session, session.Models.Of(root.SyntaxTree));

    /// <summary>The document.</summary>
    public Document Document { get; }

    /// <summary>Its text.</summary>
    public SourceText Text { get; }

    /// <summary>Its syntax.</summary>
    public SyntaxNode Root { get; }

    /// <summary>Its meaning.</summary>
    public SemanticModel Model { get; }

    /// <summary>What the rules know of its compilation.</summary>
    public AnalysisSession Session { get; }

    /// <summary>Reads a document; null when no rule speaks about its compilation.</summary>
    public static async Task<FixTarget?> OfAsync(Document document, CancellationToken cancellationToken)
    {
        if (
            await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation
            || AnalysisSession.For(compilation, document.Project.AnalyzerOptions) is not { } session
        )
        {
            return null;
        }

        return new(document, await document.GetTextAsync(cancellationToken).ConfigureAwait(false), root, session);
    }

    /// <summary>The handlers whose name lies in the document.</summary>
    public IEnumerable<Handler> Handlers(CancellationToken cancellationToken) => Session.HandlersIn(Root.SyntaxTree, cancellationToken);
}
