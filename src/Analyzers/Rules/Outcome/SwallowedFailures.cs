using AtLeastOnce.Analyzers.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>Which swallowed failures are findings, for the rules that report them and those that give way.</summary>
internal static class SwallowedFailures
{
    /// <summary>
    /// Whether the clause swallows what another delivery could get past. A named condition may be dropped on purpose; so may a message that
    /// cannot be read, where a comment says so.
    /// </summary>
    public static bool IsFinding(RecordFailure failure) => failure.Catch switch
    {
        null or { Kind: CatchKind.Named } or { HasFilter: true } => false,
        { Syntax: CatchClauseSyntax clause } => !(IsParsing(failure) && HasComment(clause)),
        _ => true,
    };

    private static bool IsParsing(RecordFailure failure) =>
        failure.Operation is IInvocationOperation { TargetMethod.Name: var name } && (name.StartsWith("Deserialize", StringComparison.Ordinal) || name.StartsWith("Parse", StringComparison.Ordinal)) &&
        failure.Catch?.Syntax?.Parent is TryStatementSyntax { Block.Statements.Count: 1 };

    private static bool HasComment(CatchClauseSyntax clause) =>
        clause.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));
}
