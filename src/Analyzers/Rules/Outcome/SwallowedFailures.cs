using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>Which swallowed failures are findings, for the rules that report them and those that give way.</summary>
internal static class SwallowedFailures
{
    private static readonly string[] OpenWork = ["TODO", "FIXME", "HACK"];

    /// <summary>The swallowed failures of a handler that are findings.</summary>
    public static IEnumerable<RecordFailure> In(Handler handler, BatchFlow flow) =>
        flow.Misread is not null
            ? []
            : flow.FailuresThat(FailureFate.Swallowed).Where(failure => IsFinding(failure) && !(IsElsewhere(handler, failure) && LetsOthersThrough(flow)));

    // A named condition may be dropped on purpose; so may a message that cannot be read, where a comment says so.
    private static bool IsFinding(RecordFailure failure) =>
        failure.Catch switch
        {
            null or { Kind: CatchKind.Named } or { HasFilter: true } => false,
            { Syntax: CatchClauseSyntax clause } => !(IsParsing(failure) && IsExplained(clause)),
            _ => true,
        };

    // A helper of another type that does its best (a notification, a cache) beside work whose failures are let through is meant so.
    private static bool IsElsewhere(Handler handler, RecordFailure failure) =>
        !failure.IsLastResort
        && failure.Calls.Length > 0
        && handler.Type is { } type
        && failure.Catch?.Syntax is { } clause
        && !type.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == clause.SyntaxTree && part.Span.Contains(clause.Span));

    private static bool LetsOthersThrough(BatchFlow flow) => flow.Failures.Any(failure => failure.Fate is FailureFate.Escapes or FailureFate.Reported);

    private static bool IsParsing(RecordFailure failure) =>
        failure.Operation is IInvocationOperation { TargetMethod.Name: var name }
        && (name.StartsWith("Deserialize", StringComparison.Ordinal) || name.StartsWith("Parse", StringComparison.Ordinal))
        && failure.Catch?.Syntax?.Parent is TryStatementSyntax { Block.Statements.Count: 1 };

    // Something that is still to be done explains nothing, and neither does code that was taken out.
    private static bool IsExplained(CatchClauseSyntax clause) =>
        clause
            .DescendantTrivia()
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            .Select(trivia => trivia.ToString().Trim('/', '*', ' ', '\t', '\r', '\n'))
            .Any(comment => comment.Length > 0 && !comment.EndsWith(";", StringComparison.Ordinal) && !OpenWork.Any(word => Mentions(comment, word)));

    private static bool Mentions(string comment, string word) => comment.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
