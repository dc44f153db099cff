using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Facts.Suppressions;

/// <summary>
/// <c>#pragma warning disable ALO101</c> without a comment that says why: behind it, or on the line above it. Pragmas that follow each other share the comment above the first.
/// </summary>
internal static class UnexplainedPragmas
{
    /// <summary>The directives of a file, in the order of the text.</summary>
    public static IEnumerable<UnexplainedSuppression> In(CompilationUnitSyntax root)
    {
        if (!root.ContainsDirectives)
            yield break;
        for (var directive = root.GetFirstDirective(IsDisabling); directive is not null; directive = directive.GetNextDirective(IsDisabling))
        {
            var pragma = (PragmaWarningDirectiveTriviaSyntax)directive;
            var ids = IdsOf(pragma);
            if (ids.Count == 0 || SuppressionReasons.IsReason(CommentBehind(pragma), ids) || SuppressionReasons.IsReason(CommentAbove(pragma), ids))
                continue;
            var span = TextSpan.FromBounds(pragma.SpanStart, pragma.ErrorCodes.Last().Span.End);
            yield return new(
                "'#pragma warning disable'",
                string.Join(", ", ids),
                Location.Create(root.SyntaxTree, span),
                "in a comment behind it or on the line above"
            );
        }
    }

    private static bool IsDisabling(SyntaxNode directive) =>
        directive is PragmaWarningDirectiveTriviaSyntax { IsActive: true, DisableOrRestoreKeyword.RawKind: (int)SyntaxKind.DisableKeyword };

    private static List<string> IdsOf(PragmaWarningDirectiveTriviaSyntax pragma) =>
        [.. pragma.ErrorCodes.OfType<IdentifierNameSyntax>().Select(code => code.Identifier.ValueText).Where(id => RuleTitles.Of(id) is not null)];

    private static string CommentBehind(PragmaWarningDirectiveTriviaSyntax pragma) =>
        string.Concat(pragma.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)));

    // The lines of comment that end on the line above; documentation comments speak about the member.
    private static string CommentAbove(PragmaWarningDirectiveTriviaSyntax pragma)
    {
        var trivia = pragma.ParentTrivia.Token.LeadingTrivia;
        var at = trivia.IndexOf(pragma.ParentTrivia);
        while (Before(trivia, ref at) is { } earlier && earlier.GetStructure() is { } structure && IsDisabling(structure)) { }
        var lines = new List<string>();
        for (; at >= 0 && trivia[at].IsKind(SyntaxKind.EndOfLineTrivia); Before(trivia, ref at))
        {
            if (
                Before(trivia, ref at) is not { } comment
                || !(comment.IsKind(SyntaxKind.SingleLineCommentTrivia) || comment.IsKind(SyntaxKind.MultiLineCommentTrivia))
            )
                break;
            lines.Insert(0, comment.ToString());
        }

        return string.Join("\n", lines);
    }

    // The trivia before, without what only moves a line to the right.
    private static SyntaxTrivia? Before(SyntaxTriviaList trivia, ref int at)
    {
        do at--;
        while (at >= 0 && trivia[at].IsKind(SyntaxKind.WhitespaceTrivia));
        return at >= 0 ? trivia[at] : null;
    }
}
