using System.Text.RegularExpressions;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Claims;

/// <summary>
/// Clauses about the duplicate key of a database. They prove what a statement does not say: that the table has a unique key, which refuses the second insert.
/// </summary>
internal static class DuplicateKeys
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // SQLSTATE of PostgreSQL, numbers of SQL Server, MySQL and SQLite, and what people call it.
    private static readonly Regex Said = new(
        @"\b(23505|2601|2627|1062|1555|2067)\b|UniqueViolation|SqliteErrorCode|SqliteExtendedErrorCode|duplicate|unique",
        Options,
        TimeSpan.FromSeconds(1)
    );
    private static readonly Regex Negated = new(@"!=|\bnot\b|(^|[\s(])!", Options, TimeSpan.FromSeconds(1));

    /// <summary>The first clause around the call that says something about duplicate keys; null when there is none.</summary>
    public static (CatchClauseSyntax Clause, INamedTypeSymbol Type)? ClauseAround(IOperation call, Frame frame)
    {
        var point = call;
        for (var current = frame; current is not null; current = current.Caller)
        {
            var attempts = current
                .Root.Descendants()
                .OfType<ITryOperation>()
                .Where(attempt => attempt.Body.Syntax.SyntaxTree == point.Syntax.SyntaxTree && attempt.Body.Syntax.Span.Contains(point.Syntax.Span))
                .OrderBy(attempt => attempt.Syntax.Span.Length);
            foreach (var clause in attempts.SelectMany(attempt => attempt.Catches))
            {
                if (
                    clause.Syntax is CatchClauseSyntax syntax
                    && clause.ExceptionType is INamedTypeSymbol type
                    && IsOfDatabase(type)
                    && Said.IsMatch($"{syntax.Filter} {syntax.Block}")
                )
                    return (syntax, type);
            }

            if (current.Call is not { } next || current.Method.MethodKind == MethodKind.AnonymousFunction)
                return null;
            point = next;
        }

        return null;
    }

    /// <summary>Whether the clause takes duplicate keys and nothing else, by its filter.</summary>
    public static bool TakesOnlyDuplicates(CatchClauseSyntax clause) =>
        clause.Filter is { FilterExpression: var filter } && Said.IsMatch(filter.ToString()) && !Negated.IsMatch(filter.ToString());

    /// <summary>Whether the clause tells duplicate keys apart, or looks at what the database said.</summary>
    public static bool Mentions(CatchClauseSyntax clause)
    {
        var text = $"{clause.Filter} {clause.Block}";
        return Said.IsMatch(text) || text.IndexOf("SqlState", StringComparison.Ordinal) >= 0 || text.IndexOf("InnerException", StringComparison.Ordinal) >= 0;
    }

    /// <summary>Whether it is an exception of a database, or of a save to one.</summary>
    public static bool IsOfDatabase(ITypeSymbol type) =>
        type.IsOrDerivesFrom("System.Data.Common.DbException") || type.IsOrDerivesFrom(EntityClaims.UpdateException);
}
