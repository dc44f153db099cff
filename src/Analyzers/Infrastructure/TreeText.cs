using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>What a file says, before anything of it is bound.</summary>
internal static class TreeText
{
    /// <summary>Whether a word stands anywhere in the file. Where it does not, a rule about it has nothing to do, which is quick to know.</summary>
    public static bool Mentions(this SyntaxTree tree, string word, CancellationToken cancellationToken) =>
        tree.GetText(cancellationToken).ToString().IndexOf(word, StringComparison.Ordinal) >= 0;
}
