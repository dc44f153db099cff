using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>Changes that a fix makes in the finding's document and in others of its project.</summary>
/// <param name="main">The finding's document.</param>
internal sealed class DocumentEdits(FixTarget main)
{
    private readonly Dictionary<DocumentId, (FixTarget Target, TextEdits Edits, int Position)> others = [];

    /// <summary>The changes of the finding's document.</summary>
    public TextEdits Main { get; } = new();

    /// <summary>The document that declares the syntax, with its changes; null where it is none of the project's, or generated.</summary>
    public async Task<(FixTarget Target, TextEdits Edits)?> InAsync(SyntaxNode syntax, CancellationToken cancellationToken)
    {
        if (syntax.SyntaxTree == main.Root.SyntaxTree)
            return (main, Main);
        if (main.Document.Project.GetDocument(syntax.SyntaxTree) is not { } document || document is SourceGeneratedDocument)
            return null;
        if (!others.TryGetValue(document.Id, out var known))
        {
            if (await FixTarget.OfAsync(document, cancellationToken).ConfigureAwait(false) is not { } target)
                return null;
            others[document.Id] = known = (target, new(), syntax.SpanStart);
        }

        return (known.Target, known.Edits);
    }

    /// <summary>The fix.</summary>
    public FixEdit ToFix()
    {
        foreach (var (target, edits, position) in others.Values)
            UsingDirectives.Add(edits, target, position);
        return new(Main, others.Keys.ToImmutableArray()) { Others = others.Select(pair => (pair.Key, pair.Value.Edits)).ToImmutableArray() };
    }
}
